------------------------ MODULE MCHybridLogicalClock ------------------------
(***************************************************************************)
(* The models of HybridLogicalClock, and its rules broken.                 *)
(***************************************************************************)
EXTENDS HybridLogicalClock, Integers, TLC

CONSTANTS
    MaxEvents,          \* so many events a run
    MaxPhysical         \* how far physical clocks go

FewEvents ==
    /\ Len(events) <= MaxEvents
    /\ \A n \in Nodes : pt[n] <= MaxPhysical

\* Nodes are interchangeable.
Symmetry == Permutations(Nodes)

\* The physical clock of a node advances between any two of its events, and
\* before the first.
ATickApart(n) == pt[n] > 0 /\ \A e \in Mine(n) : events[e].pt < pt[n]

(***************************************************************************)
(* The naive clock from which the paper starts: one number, which goes up  *)
(* with every event.  It satisfies the clock condition and runs away.      *)
(***************************************************************************)
NaiveEvent(t, p)      == [l |-> Max(t.l + 1, p), c |-> 0]
NaiveReceipt(t, u, p) == [l |-> Max(Max(t.l + 1, u.l + 1), p), c |-> 0]

\* Broken: c starts again with every receipt.
BrokenNoCounter(t, u, p) == [l |-> Max(Max(t.l, u.l), p), c |-> 0]

\* Broken: the time is the physical clock.
BrokenPhysical(t, u, p) == [l |-> p, c |-> IF p = t.l THEN t.c + 1 ELSE 0]

\* Broken: who receives a message takes over its time, though it be lower.
BrokenBack(t, u, p) == [l |-> u.l, c |-> u.c + 1]

\* Broken: l is kept as how far it is ahead of the physical clock.
BrokenAhead(t, u, p) == [l |-> Max(t.l, u.l) - p, c |-> 0]

\* Broken: c goes on counting when l goes up.
BrokenCountOn(t, p) == [l |-> Max(t.l, p), c |-> t.c + 1]
=============================================================================
