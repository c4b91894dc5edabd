------------------------------ MODULE RaftData -------------------------------
(***************************************************************************)
(* What Raft is made of: logs, messages, and disks.  No variables; module  *)
(* Raft says what happens to them.                                         *)
(*                                                                         *)
(* Names are those of Figure 3.1 of D. Ongaro, Consensus: Bridging Theory  *)
(* and Practice, PhD thesis, Stanford 2014.                                *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Servers,            \* the servers
    Values,             \* the commands that clients ask for
    NoOp,               \* the command that does nothing
    None                \* no server

ASSUME NoOp \notin Values
ASSUME None \notin Servers

-----------------------------------------------------------------------------
(***************************************************************************)
(* Logs.  An entry is a command and the term of the leader that made it.   *)
(* The first entry has index 1.                                            *)
(***************************************************************************)
Entry(t, v) == [term |-> t, value |-> v]

TermAt(l, k) == IF k = 0 THEN 0 ELSE l[k].term
LastTerm(l)  == TermAt(l, Len(l))
UpTo(l, k)   == SubSeq(l, 1, k)

SameEntry(a, b) == a.term = b.term /\ a.value = b.value
IsPrefix(l, m)  == Len(l) <= Len(m) /\ \A k \in DOMAIN l : SameEntry(l[k], m[k])

Min(a, b) == IF a <= b THEN a ELSE b
Max(a, b) == IF a >= b THEN a ELSE b
Largest(S) == CHOOSE x \in S : \A y \in S : y <= x

\* How many entries l and m have in common before the first difference.
Common(l, m) ==
    LET n == Min(Len(l), Len(m))
    IN  IF \A k \in 1..n : SameEntry(l[k], m[k]) THEN n
        ELSE (CHOOSE k \in 1..n : ~SameEntry(l[k], m[k])
                               /\ \A x \in 1..(k - 1) : SameEntry(l[x], m[x])) - 1

(***************************************************************************)
(* Messages (Figure 3.1).  RequestVote goes to all others, the rest to one.*)
(*   RequestVote            vote for me, my log ends so (an extension can  *)
(*                          add fields)                                    *)
(*   RequestVoteResponse    granted, or not                                *)
(*   AppendEntries          entries that follow the one at prev, and what  *)
(*                          is committed; without entries, a heartbeat     *)
(*   AppendEntriesResponse  done: my log agrees with yours up to index; or *)
(*                          refused: go back to index at least             *)
(***************************************************************************)
RequestVote == [type : {"RequestVote"}, term : Nat, from : Servers,
                lastIndex : Nat, lastTerm : Nat]
RequestVoteResponse == [type : {"RequestVoteResponse"}, term : Nat, from : Servers,
                        to : Servers, granted : BOOLEAN]
AppendEntriesResponse == [type : {"AppendEntriesResponse"}, term : Nat, from : Servers,
                          to : Servers, success : BOOLEAN, index : Nat]

IsMessage(m) ==
    CASE m.type = "RequestVote" ->
            [f \in {"type", "term", "from", "lastIndex", "lastTerm"} |-> m[f]] \in RequestVote
      [] m.type = "RequestVoteResponse"   -> m \in RequestVoteResponse
      [] m.type = "AppendEntriesResponse" -> m \in AppendEntriesResponse
      [] m.type = "AppendEntries" ->
            /\ m.term \in Nat /\ m.from \in Servers /\ m.to \in Servers
            /\ m.prev \in Nat /\ m.prevTerm \in Nat /\ m.commit \in Nat
            /\ \A k \in DOMAIN m.entries : m.entries[k].term \in Nat
      [] OTHER -> TRUE      \* of an extension, which has to check it

(***************************************************************************)
(* Disks.  A disk holds a term, the vote in it, and a log.  A server       *)
(* writes records; the disk is what the durable ones come to.              *)
(*   vote     from now on this term, and this vote in it                   *)
(*   entries  what the log says after index `after`                        *)
(***************************************************************************)
\* The records that lead from one term, vote and log to another.
Records(t, v, l, newT, newV, newL) ==
    (IF newT = t /\ newV = v THEN <<>>
     ELSE <<[type |-> "vote", term |-> newT, vote |-> newV]>>)
    \o
    (LET k == Common(l, newL)
     IN  IF k = Len(l) /\ k = Len(newL) THEN <<>>
         ELSE <<[type |-> "entries", after |-> k, entries |-> SubSeq(newL, k + 1, Len(newL))]>>)
=============================================================================
