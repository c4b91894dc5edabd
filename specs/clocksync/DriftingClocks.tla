--------------------------- MODULE DriftingClocks ---------------------------
(***************************************************************************)
(* Real time, and clocks that follow it badly.                             *)
(*                                                                         *)
(* Real time is discrete, and no node can read it.  Each node has a        *)
(* hardware clock that advances by one tick with each tick of real time,   *)
(* except that now and then it stands still or advances by two.  Between   *)
(* two such deviations of one clock lie at least Period ticks of real      *)
(* time, so that over t ticks of real time a clock gains or loses Drift(t) *)
(* ticks at most.  Period = 0 stands for clocks that do not drift.         *)
(*                                                                         *)
(* Protocols extend this module and keep three variables:                  *)
(*   now          real time                                                *)
(*   hardware[n]  node n's hardware clock                                  *)
(*   steady[n]    real time since its last deviation, at most Period       *)
(* In each tick they choose one of Steps(steady) for all clocks together.  *)
(*                                                                         *)
(* Programs do not read the hardware clock but one that is adjusted, and   *)
(* that never goes back: a correction is slewed, which is to let the clock *)
(* run a little faster or slower until the correction is made.             *)
(*                                                                         *)
(* What protocols may rely on is checked by itself, in AdjustedClocks.     *)
(*                                                                         *)
(* The papers have real numbers, and a bound rho on how much a clock gains *)
(* or loses in each second; a Period of 1/rho ticks is what that becomes   *)
(* when time is counted.                                                   *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Nodes,
    Period              \* the least time between two deviations of a clock

ASSUME Period \in Nat

ClocksTypeOK(now, hardware, steady) ==
    /\ now \in Nat
    /\ hardware \in [Nodes -> Int]
    /\ steady \in [Nodes -> 0..Period]

(***************************************************************************)
(* How much a clock gains or loses over t ticks of real time, at most.     *)
(***************************************************************************)
Drift(t) == IF Period = 0 THEN 0 ELSE (t + Period - 1) \div Period

(***************************************************************************)
(* The most real time that can go by while a clock advances by r: the      *)
(* largest t of which t - Drift(t) is no more than r.  There is none when  *)
(* Period = 1, as a clock that may always stand still measures nothing.    *)
(***************************************************************************)
Longest(r) ==
    IF Period = 0 THEN r ELSE ((r + 1) * Period - 1) \div (Period - 1)

(***************************************************************************)
(* By how much a clock may advance in the next tick.                       *)
(***************************************************************************)
Advances(since) == IF Period > 0 /\ since = Period THEN {0, 1, 2} ELSE {1}

\* By how much each clock may advance in the next tick.
Steps(steady) ==
    {by \in [Nodes -> 0..2] : \A n \in Nodes : by[n] \in Advances(steady[n])}

\* At the start every clock may deviate at once.
SteadyAtStart == [n \in Nodes |-> Period]

(***************************************************************************)
(* What follows when each clock n advances by by[n] in a tick.             *)
(***************************************************************************)
HardwareAfter(hardware, by) == [n \in Nodes |-> hardware[n] + by[n]]

SteadyAfter(steady, by) ==
    [n \in Nodes |-> IF by[n] # 1 THEN (IF Period = 0 THEN 0 ELSE 1)
                     ELSE IF steady[n] < Period THEN steady[n] + 1 ELSE Period]

(***************************************************************************)
(* Slewing: by how much a correction of s that is still to be made is made *)
(* while the hardware clock advances by k.  It is one unit of the adjusted *)
(* clock, and never so that this one goes back.                            *)
(***************************************************************************)
Slew(s, k) == IF s > 0 THEN 1 ELSE IF s < 0 /\ k > 0 THEN -1 ELSE 0
=============================================================================
