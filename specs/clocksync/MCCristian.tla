----------------------------- MODULE MCCristian -----------------------------
(***************************************************************************)
(* The models of Cristian, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Cristian

CONSTANT LastTick           \* real time does not go further

InTime == now < LastTick

No == FALSE

\* The client asks until it has a reading.
Unread == ~reading.made

\* The client asks again at once, while it has no reading or one that is no
\* longer new.
Eager == ~reading.made \/ hardware[Client] - reading.at >= Trust

\* Time goes by only while there is something to wait for, and not when the
\* client should have given up: so there is an end to the states although time
\* has none.
Busy == msgs # {} \/ (waiting /\ hardware[Client] - asked <= MaxTrip)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The correction is made at once, by stepping the clock.
BrokenStep(s, k) == s

\* The answer is taken to be as new as if it had taken no time.
BrokenNoTrip(time, r) == 2 * time

\* The answer is taken to be as old as the whole round trip.
BrokenWholeTrip(time, r) == 2 * time + 2 * r

\* Every reading is good enough.
BrokenTakesAll(r) == TRUE

\* The client tries once more often than it may.
BrokenOnceMore(f) == f <= Attempts

\* Any answer is taken for that to the last question.
BrokenAnyAnswer(of, a) == TRUE

\* The client waits for as long as it takes.
BrokenWaits(r) == FALSE
=============================================================================
