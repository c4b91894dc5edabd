------------------------------ MODULE Shifting ------------------------------
(***************************************************************************)
(* The argument of shifting: why no algorithm brings clocks closer than    *)
(* u(1 - 1/n).                                                             *)
(*                                                                         *)
(* THE PROBLEM.  LundeliusLynch brings n clocks within u(1 - 1/n), where u *)
(* is the uncertainty of delays.  Is there an algorithm that does better?  *)
(* No model of one algorithm can tell.                                     *)
(*                                                                         *)
(* THE IDEA.  Take an execution, and let everything that one node does     *)
(* happen u earlier in real time.  Then its clock is u further ahead at    *)
(* each moment, messages from it take u longer, and messages to it take u  *)
(* less.  By their clocks no node can tell the two executions apart, so    *)
(* whatever the algorithm is, each node makes the same correction in both. *)
(* If all delays are still possible the algorithm must be good in both;    *)
(* yet in one of them the node ends u further ahead than in the other.     *)
(*                                                                         *)
(* Let messages from lower to higher nodes take the least delay, and all   *)
(* others the largest.  Now shift node 1 by u, then node 2, and so on.     *)
(* Each time all delays stay possible: those from the node were the least, *)
(* and those to it the largest.  That makes n executions.  If clocks ended *)
(* within g in all of them, then node n would end no more than g ahead of  *)
(* node 1 in the first; and in the one in which it was shifted last, each  *)
(* node i no more than g ahead of i + 1, which is g - u without the shift. *)
(* Round the circle that adds up to ng - (n - 1)u, which is no less than   *)
(* 0: so g is u(1 - 1/n) at least.                                         *)
(*                                                                         *)
(* WHAT A MODEL SHOWS.  The corrections are whatever an algorithm might    *)
(* make of what its nodes see, so they are arbitrary, and the same in all  *)
(* executions.  A model takes them all, and finds that each fails in some  *)
(* execution (LowerBound), and that some fail no more than they must       *)
(* (NeverMet, which is violated).  Corrections from 0 to u(n - 1) nths of  *)
(* a tick are enough: only their differences matter, and clocks of which   *)
(* the corrections differ by more are further apart from the beginning.    *)
(*                                                                         *)
(* SYSTEM MODEL.  That of LundeliusLynch.  All messages from one node to   *)
(* another take the same time, so an execution is what clocks said at real *)
(* time 0, and the delays.                                                 *)
(*                                                                         *)
(* UNITS.  Clocks and delays are in ticks; corrections are in nths of a    *)
(* tick.  (The theorem is about any numbers; the model has multiples.)     *)
(*                                                                         *)
(* SOURCE.  J. Lundelius and N. Lynch, An Upper and Lower Bound for Clock  *)
(* Synchronization, Information and Control 62, 1984: shifting, and the    *)
(* lower bound.                                                            *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    N,                  \* how many nodes there are; they are numbered from 1
    MinDelay, MaxDelay, \* of a message, in ticks
    Corrections         \* by how much an algorithm may move a clock, in nths

ASSUME N \in Nat /\ N > 1 /\ Corrections \subseteq Int
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay

Nodes == 1..N
Uncertainty == MaxDelay - MinDelay

(***************************************************************************)
(* The rules of the argument.  A model can replace them by broken ones.    *)
(***************************************************************************)
\* By how much each node is shifted.
By == Uncertainty

\* The delay of a message that took d, when the sender is shifted by s and the
\* receiver by r.
ShiftedDelay(d, s, r) == d + s - r

\* The correction of a node after its shift, which was c before.
StillCorrects(c) == c

VARIABLES
    offset,             \* offset[p]: what p's clock says when real time is 0
    delay,              \* delay[p][q]: what a message from p to q takes
    correction,         \* correction[p]: what p adds to its clock in the end
    shifted,            \* nodes 1 to `shifted` have been shifted
    seen,               \* history: what nodes saw in the first execution
    worst               \* history: how far clocks ended apart, in nths, in that
                        \* execution so far in which they are furthest apart

vars == <<offset, delay, correction, shifted, seen, worst>>

(***************************************************************************)
(* All that node q can see of a message of p: what its clock says when the *)
(* message comes, against what p's clock said when it was sent.            *)
(***************************************************************************)
Sees(off, del) ==
    [p \in Nodes |-> [q \in Nodes |-> off[q] + del[p][q] - off[p]]]

(***************************************************************************)
(* How far apart the corrected clocks are, in nths of a tick.              *)
(***************************************************************************)
Corrected(off, corr, p) == N * off[p] + corr[p]

Spread(off, corr) ==
    LET D == {Corrected(off, corr, p) - Corrected(off, corr, q) : p, q \in Nodes}
    IN  CHOOSE d \in D : \A e \in D : e <= d

TypeOK ==
    /\ offset \in [Nodes -> Nat]
    /\ delay \in [Nodes -> [Nodes -> Nat]]
    /\ correction \in [Nodes -> Int]
    /\ shifted \in 0..(N - 1) /\ worst \in Nat

(***************************************************************************)
(* The first execution, and corrections of some algorithm.                 *)
(***************************************************************************)
Init ==
    /\ offset = [p \in Nodes |-> 0]
    /\ delay = [p \in Nodes |-> [q \in Nodes |-> IF p < q THEN MinDelay
                                                 ELSE IF p > q THEN MaxDelay ELSE 0]]
    /\ correction \in [Nodes -> Corrections]
    /\ shifted = 0
    /\ seen = Sees(offset, delay)
    /\ worst = Spread(offset, correction)

(***************************************************************************)
(* The next execution: that in which the next node is shifted as well.     *)
(***************************************************************************)
Shift(p) ==
    /\ p = shifted + 1 /\ p < N
    /\ shifted' = p
    /\ offset' = [offset EXCEPT ![p] = @ + By]
    /\ delay' = [s \in Nodes |-> [r \in Nodes |->
                    IF s = r THEN 0
                    ELSE ShiftedDelay(delay[s][r], IF s = p THEN By ELSE 0,
                                      IF r = p THEN By ELSE 0)]]
    /\ correction' = [correction EXCEPT ![p] = StillCorrects(@)]
    /\ worst' = LET d == Spread(offset', correction') IN IF d > worst THEN d ELSE worst
    /\ UNCHANGED seen

Next == \E p \in Nodes : Shift(p)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
(***************************************************************************)
(* All delays are possible, in each of the executions.                     *)
(***************************************************************************)
DelaysPossible ==
    \A p, q \in Nodes : p # q => delay[p][q] \in MinDelay..MaxDelay

(***************************************************************************)
(* No node can tell the executions apart.                                  *)
(***************************************************************************)
Indistinguishable == Sees(offset, delay) = seen

(***************************************************************************)
(* So in some execution clocks end u(1 - 1/n) apart at least, which is     *)
(* u(n - 1) nths of a tick, whatever the algorithm is.                     *)
(***************************************************************************)
LowerBound == shifted = N - 1 => worst >= Uncertainty * (N - 1)

(***************************************************************************)
(* What is NOT so: that all algorithms do worse (model shifting-met).      *)
(***************************************************************************)
NeverMet == shifted = N - 1 => worst > Uncertainty * (N - 1)

THEOREM Spec => []TypeOK /\ []DelaysPossible /\ []Indistinguishable /\ []LowerBound
=============================================================================
