----------------------------- MODULE MCCristian -----------------------------
(***************************************************************************)
(* The models of Cristian, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Cristian

CONSTANT LastTick           \* real time does not go further

InTime == now < LastTick

\* Broken: the correction is made at once, by stepping the clock.
BrokenStep(s, k) == s

\* Broken: the answer is taken to be as new as if it had taken no time.
BrokenNoTrip(time, r) == 2 * time

\* Broken: the answer is taken to be as old as the whole round trip.
BrokenWholeTrip(time, r) == 2 * time + 2 * r
=============================================================================
