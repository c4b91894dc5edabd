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
(* Protocols extend this module, and say with each Pass what else happens  *)
(* when a tick of real time goes by.                                       *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Nodes,
    Period              \* the least time between two deviations of a clock

ASSUME Period \in Nat

VARIABLES
    now,                \* real time
    hardware,           \* hardware[n]: node n's hardware clock
    steady              \* steady[n]: real time since its last deviation, at
                        \* most Period

clockVars == <<now, hardware, steady>>

ClockTypeOK ==
    /\ now \in Nat
    /\ hardware \in [Nodes -> Int]
    /\ steady \in [Nodes -> 0..Period]

(***************************************************************************)
(* How much a clock gains or loses over t ticks of real time, at most.     *)
(***************************************************************************)
Drift(t) == IF Period = 0 THEN 0 ELSE (t + Period - 1) \div Period

(***************************************************************************)
(* By how much the clock of node n may advance in the next tick.           *)
(***************************************************************************)
Advances(n) == IF Period > 0 /\ steady[n] = Period THEN {0, 1, 2} ELSE {1}

ClockInit(start) ==
    /\ now = 0
    /\ hardware \in [Nodes -> start]
    /\ steady = [n \in Nodes |-> Period]

(***************************************************************************)
(* A tick of real time goes by, in which each clock n advances by by[n].   *)
(***************************************************************************)
Pass(by) ==
    /\ \A n \in Nodes : by[n] \in Advances(n)
    /\ now' = now + 1
    /\ hardware' = [n \in Nodes |-> hardware[n] + by[n]]
    /\ steady' = [n \in Nodes |-> IF by[n] # 1 THEN (IF Period = 0 THEN 0 ELSE 1)
                                  ELSE IF steady[n] < Period THEN steady[n] + 1 ELSE Period]
=============================================================================
