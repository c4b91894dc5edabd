--------------------------- MODULE MCLamportClock ---------------------------
(***************************************************************************)
(* The models of LamportClock, and its rules broken.                       *)
(***************************************************************************)
EXTENDS LamportClock, Integers

CONSTANT MaxEvents          \* so many events a run

FewEvents == Len(events) < MaxEvents

\* Broken: who receives a message takes no notice of its time.
BrokenIgnore(c, t) == c + 1

\* Broken: who receives a message takes over the time, and does not go beyond.
BrokenTakeOver(c, t) == Max(c, t)

\* Broken: only messages count.
BrokenNoTick(c) == c

\* Broken: who receives a message goes on from how far that is ahead, and not
\* from what it says.
BrokenDifference(c, t) == t - c

\* Broken: who receives a message takes over its time, though it be lower.
BrokenBack(c, t) == t + 1
=============================================================================
