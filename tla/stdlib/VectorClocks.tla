---------------------------- MODULE VectorClocks ----------------------------
(* Vector clocks, and sorting a log by them.                                 *)
EXTENDS Naturals, Sequences, Functions

\* c happened before d, or is d: no component of c is ahead.
LOCAL Before(c, d) ==
  \A n \in DOMAIN c : c[n] =< (IF n \in DOMAIN d THEN d[n] ELSE 0)

\* No entry of the log happened before one that precedes it, or has its clock.
IsCausalOrder(log, clock(_)) ==
  \A i, j \in 1..Len(log) : i < j => ~Before(clock(log[j]), clock(log[i]))

\* The log in an order that respects causality: an entry comes when all that
\* happened before it have come. node is the node of an entry, domain the nodes
\* of its clock.
CausalOrder(log, clock(_), node(_), domain(_)) ==
  LET RECURSIVE sort(_)
      sort(S) ==
        IF S = {} THEN <<>>
        ELSE LET first == CHOOSE i \in S : \A j \in S \ {i} :
                            \/ ~Before(clock(log[j]), clock(log[i]))
                            \/ clock(log[j]) = clock(log[i]) /\ i < j
             IN  <<log[first]>> \o sort(S \ {first})
  IN  sort(1..Len(log))
=============================================================================
