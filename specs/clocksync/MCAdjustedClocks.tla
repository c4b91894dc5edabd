-------------------------- MODULE MCAdjustedClocks --------------------------
(***************************************************************************)
(* The models of AdjustedClocks, and the rules of DriftingClocks broken.   *)
(***************************************************************************)
EXTENDS AdjustedClocks, TLC

CONSTANTS
    LastTick,           \* real time does not go further
    Adjustments         \* in each of so many ticks one clock may be corrected

InTime == now < LastTick

\* Corrections back and forth, of two ticks, and no correction at all.
BackAndForth == {-2, 2}
NoCorrection == {}

\* Corrections are asked for early, and one in a tick.
Few(n) ==
    /\ now < Adjustments
    /\ \A o \in Nodes : asked[o].at = now => asked[o].by = 0

\* Nodes are interchangeable.
Symmetry == Permutations(Nodes)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The time since the last deviation is counted on and on.
BrokenCountOn(s, by) == [n \in Nodes |-> IF by[n] # 1 THEN 1 ELSE s[n] + 1]

\* A clock that stands still is not taken to deviate: only one that gains is.
BrokenStandsStill(s, by) ==
    [n \in Nodes |-> IF by[n] = 2 THEN 1 ELSE IF s[n] < Period THEN s[n] + 1 ELSE Period]

\* Drift is counted in full periods: that a clock may deviate at once is
\* forgotten.
BrokenFullPeriods(t) == IF Period = 0 THEN 0 ELSE t \div Period

\* Drift is taken over the time that the clock shows, and not over the time
\* that goes by.
BrokenOwnTime(r) == r + Drift(r)

\* A correction is made at once, by stepping the clock.
BrokenStep(s, k) == s

\* A clock that is ahead is not slowed down.
BrokenForwardOnly(s, k) == IF s > 0 THEN 1 ELSE 0
=============================================================================
