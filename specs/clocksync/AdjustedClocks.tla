--------------------------- MODULE AdjustedClocks ---------------------------
(***************************************************************************)
(* Drifting clocks, and the adjusted ones that are kept on them.           *)
(*                                                                         *)
(* THE PROBLEM.  All protocols of this folder are built on DriftingClocks. *)
(* Their bounds are no better than what it promises, so that is checked    *)
(* here by itself, without a protocol: how wrong a clock can be, how far   *)
(* two clocks come apart, how long a clock can take to measure a time, and *)
(* that corrections which are slewed never make a clock go back.           *)
(*                                                                         *)
(* SYSTEM MODEL.  Each node has a hardware clock, as DriftingClocks says.  *)
(* From time to time somebody asks for a correction; who, and how it came  *)
(* about, is the business of a protocol.  The adjusted clock follows the   *)
(* hardware clock and all corrections, a tick at a time.                   *)
(*                                                                         *)
(* HOW TO READ IT.  There are two actions, Tick and Adjust.  What clocks   *)
(* said at each moment is history: no node knows it, and only the          *)
(* properties speak of it.                                                 *)
(*                                                                         *)
(* SOURCE.  What a clock with a bounded drift rate is, and how it is       *)
(* amortized, is said in F. Cristian, Probabilistic Clock Synchronization, *)
(* Distributed Computing 3(3), 1989, in the assumptions and in the section *)
(* on adjusting clocks.  DEPARTURES: time is counted in ticks.  The paper  *)
(* slews at a constant rate that is chosen for each correction; here the   *)
(* rate is one tick a tick.                                                *)
(***************************************************************************)
EXTENDS DriftingClocks, Sequences

CONSTANTS
    Start,              \* what hardware clocks may say when real time is 0
    Corrections         \* by how much clocks may be corrected, in ticks

ASSUME Start \subseteq Int /\ Corrections \subseteq Int
ASSUME Period # 1       \* a clock that may always stand still measures nothing

\* Node n may be corrected.  A model can bound how often.
MayAdjust(n) == TRUE

VARIABLES
    now, hardware, steady,  \* see DriftingClocks
    correction,         \* correction[n]: all corrections of n, made or to be made
    clock,              \* clock[n]: the adjusted clock, which programs read
    asked,              \* history: what was to be made of n's correction when one
                        \* was asked for last, and when that was
    said                \* history: said[t + 1] is what hardware clocks said at
                        \* real time t

vars == <<now, hardware, steady, correction, clock, asked, said>>

\* What the adjusted clock is to say, and what is still to be made.
Corrected(n) == hardware[n] + correction[n]
ToMake(n)    == Corrected(n) - clock[n]

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ correction \in [Nodes -> Int] /\ clock \in [Nodes -> Int]
    /\ \A n \in Nodes : asked[n].by \in Int /\ asked[n].at \in 0..now
    /\ Len(said) = now + 1

Init ==
    /\ now = 0
    /\ hardware \in [Nodes -> Start]
    /\ steady = SteadyAtStart
    /\ correction = [n \in Nodes |-> 0]
    /\ clock = hardware
    /\ asked = [n \in Nodes |-> [by |-> 0, at |-> 0]]
    /\ said = <<hardware>>

(***************************************************************************)
(* Real time goes by.  The adjusted clocks follow the hardware clocks, and *)
(* are slewed.                                                             *)
(***************************************************************************)
Tick ==
    /\ now' = now + 1
    /\ \E by \in Steps(steady) :
          /\ hardware' = HardwareAfter(hardware, by)
          /\ steady' = SteadyAfter(steady, by)
          /\ clock' = [n \in Nodes |-> clock[n] + by[n] + Slew(ToMake(n), by[n])]
    /\ said' = Append(said, hardware')
    /\ UNCHANGED <<correction, asked>>

(***************************************************************************)
(* The clock of node n is to be corrected by s, on top of what is still to *)
(* be made.                                                                *)
(***************************************************************************)
Adjust(n, s) ==
    /\ MayAdjust(n)
    /\ correction' = [correction EXCEPT ![n] = @ + s]
    /\ asked' = [asked EXCEPT ![n] = [by |-> ToMake(n) + s, at |-> now]]
    /\ UNCHANGED <<now, hardware, steady, clock, said>>

Next == Tick \/ \E n \in Nodes, s \in Corrections : Adjust(n, s)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES.  What hardware clocks said at real time t, and by how much  *)
(* the one of n has advanced since.                                        *)
(***************************************************************************)
Abs(x) == IF x < 0 THEN -x ELSE x

At(t)       == said[t + 1]
Since(n, t) == hardware[n] - At(t)[n]

(***************************************************************************)
(* A clock gains or loses Drift(e) over any e ticks of real time, at most. *)
(***************************************************************************)
DriftBounded ==
    \A n \in Nodes, t \in 0..now : Abs(Since(n, t) - (now - t)) <= Drift(now - t)

(***************************************************************************)
(* So two clocks come no further apart than by twice as much.              *)
(***************************************************************************)
ApartBounded ==
    \A p, q \in Nodes, t \in 0..now : Abs(Since(p, t) - Since(q, t)) <= 2 * Drift(now - t)

(***************************************************************************)
(* A node that measures r ticks by its own clock knows that no more than   *)
(* Longest(r) have gone by.                                                *)
(***************************************************************************)
LapseBounded ==
    \A n \in Nodes, t \in 0..now : now - t <= Longest(Since(n, t))

(***************************************************************************)
(* The clock that programs read never goes back, and runs ahead of the     *)
(* hardware clock by no more than a tick a tick.                           *)
(***************************************************************************)
NeverBack == [][\A n \in Nodes : clock'[n] >= clock[n]]_vars

NeverJumps ==
    [][\A n \in Nodes : clock'[n] - clock[n] <= hardware'[n] - hardware[n] + 1]_vars

(***************************************************************************)
(* A correction is made in time: a tick of it in each tick in which the    *)
(* hardware clock does not stand still.                                    *)
(***************************************************************************)
MadeInTime ==
    \A n \in Nodes :
        LET e == now - asked[n].at
        IN  ToMake(n) # 0 => Abs(ToMake(n)) + e - Drift(e) <= Abs(asked[n].by)

(***************************************************************************)
(* What is NOT so, and must fail in a model: that clocks that once agreed  *)
(* come less far apart than the bound says, though there was time for      *)
(* several deviations (model clocks-tight); and that a time is measured    *)
(* better than Longest says (clocks-longest-tight).                        *)
(***************************************************************************)
NeverApart ==
    \A p, q \in Nodes :
        now > Period => Abs(Since(p, 0) - Since(q, 0)) < 2 * Drift(now)

NeverLonger ==
    \A n \in Nodes : now > Period => now < Longest(Since(n, 0))

(***************************************************************************)
(* What the models reach: a clock that is to be slewed back has to wait,   *)
(* as its hardware clock stands still; and a correction is asked for       *)
(* before the last one is made.                                            *)
(***************************************************************************)
NeverWaits ==
    \A n \in Nodes : ~(now > 0 /\ ToMake(n) < 0 /\ hardware[n] = At(now - 1)[n])

NeverOnTop ==
    \A n \in Nodes : asked[n].by \in Corrections \cup {0}

THEOREM Spec => /\ []TypeOK /\ []DriftBounded /\ []ApartBounded /\ []LapseBounded
                /\ NeverBack /\ NeverJumps /\ []MadeInTime
=============================================================================
