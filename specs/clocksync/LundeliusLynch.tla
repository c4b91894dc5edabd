--------------------------- MODULE LundeliusLynch ---------------------------
(***************************************************************************)
(* Clock synchronization by averaging, and the best that is possible.      *)
(*                                                                         *)
(* THE PROBLEM.  Nodes have clocks that run at the same rate and were      *)
(* started at different times.  They exchange messages once, of which each *)
(* takes between MinDelay and MaxDelay, and then each node corrects its    *)
(* clock.  How close can the clocks be brought, whatever the delays were?  *)
(*                                                                         *)
(* THE IDEA.  A node that receives the time of another assumes that the    *)
(* message took the middle of what is possible, which is wrong by u/2 at   *)
(* most, where u = MaxDelay - MinDelay is the uncertainty.  It estimates   *)
(* how far each other clock is ahead of its own, and moves its clock by    *)
(* the average over all n nodes, its own (0) included.  Then any two       *)
(* clocks differ by u(1 - 1/n) at most, and no algorithm can promise less. *)
(*                                                                         *)
(* SYSTEM MODEL.  Real time is discrete, and no node can read it.  Clocks  *)
(* do not drift, no message is lost, nothing fails.  A message takes at    *)
(* least MinDelay and at most MaxDelay ticks of real time.                 *)
(*                                                                         *)
(* UNITS.  Estimates are in halves of a tick and corrected clocks in parts *)
(* of which 2n make a tick, so that all numbers are whole.                 *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node; Tick is real time going by. *)
(* A node corrects its clock in the step in which the last message comes.  *)
(*                                                                         *)
(* SOURCE.  J. Lundelius and N. Lynch, An Upper and Lower Bound for Clock  *)
(* Synchronization, Information and Control 62, 1984: the algorithm and    *)
(* its upper bound; the lower bound, its main theorem, is in Shifting.     *)
(* DEPARTURES: real time is discrete.  The paper lets each pair of nodes   *)
(* have delays of its own; here all have the same.                         *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
    Nodes,              \* the nodes
    MinDelay, MaxDelay, \* of a message, in ticks
    Offsets             \* what a clock may say when real time is 0, in ticks

ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay
ASSUME Offsets \subseteq Int

N == Cardinality(Nodes)
Uncertainty == MaxDelay - MinDelay

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* How long a message is assumed to have taken, in halves of a tick.
AssumedDelay2 == MinDelay + MaxDelay

\* The share of the sum of estimates by which a clock is moved: one nth.
Parts == N

\* To whom node p sends its time, and from whom it waits to hear.
Receivers(p) == Nodes \ {p}
Awaited(p)   == Nodes \ {p}

\* A node may begin when real time is t.  (The paper has nodes that begin
\* when they are told to; the times are bounded in models.)
MayBegin(p, t) == TRUE

VARIABLES
    now,                \* real time, which no node can read
    offset,             \* offset[p]: what p's clock said when real time was 0
    begun,              \* the nodes that have sent their time
    msgs,               \* messages on their way: [from, to, time, sent]
    estimate,           \* estimate[p]: how far others are ahead, in half ticks,
                        \* a function from those of which p has heard
    correction          \* correction[p]: what p adds to its clock, in 2n-ths

vars == <<now, offset, begun, msgs, estimate, correction>>

\* p's clock, which it can read, and its corrected clock, in 2n-ths of a tick.
Clock(p)     == now + offset[p]
Corrected(p) == 2 * N * Clock(p) + correction[p]

HeardOf(p) == DOMAIN estimate[p]
Done(p)    == HeardOf(p) = Awaited(p)

TypeOK ==
    /\ now \in Nat
    /\ offset \in [Nodes -> Offsets]
    /\ begun \subseteq Nodes
    /\ \A m \in msgs : /\ m.from \in Nodes /\ m.to \in Nodes \ {m.from}
                       /\ m.time \in Int /\ m.sent \in 0..now
    /\ \A p \in Nodes : HeardOf(p) \subseteq Nodes \ {p}
    /\ \A p \in Nodes : \A q \in HeardOf(p) : estimate[p][q] \in Int
    /\ correction \in [Nodes -> Int]

Init ==
    /\ now = 0
    /\ offset \in [Nodes -> Offsets]
    /\ begun = {}
    /\ msgs = {}
    /\ estimate = [p \in Nodes |-> [q \in {} |-> 0]]
    /\ correction = [p \in Nodes |-> 0]

(***************************************************************************)
(* Real time goes by, unless a message is due.                             *)
(***************************************************************************)
Tick ==
    /\ \A m \in msgs : now < m.sent + MaxDelay
    /\ now' = now + 1
    /\ UNCHANGED <<offset, begun, msgs, estimate, correction>>

(***************************************************************************)
(* Node p sends its time to all others.                                    *)
(***************************************************************************)
Begin(p) ==
    /\ p \notin begun /\ MayBegin(p, now)
    /\ begun' = begun \cup {p}
    /\ msgs' = msgs \cup {[from |-> p, to |-> q, time |-> Clock(p), sent |-> now] :
                             q \in Receivers(p)}
    /\ UNCHANGED <<now, offset, estimate, correction>>

RECURSIVE Sum(_, _)
Sum(f, S) ==
    IF S = {} THEN 0
    ELSE LET x == CHOOSE y \in S : TRUE IN f[x] + Sum(f, S \ {x})

(***************************************************************************)
(* Node p receives the time of q.  It estimates how far q's clock is ahead *)
(* of its own; with the last one it moves its clock by the average.        *)
(***************************************************************************)
Receive(p, q) ==
    \E m \in msgs :
        /\ m.to = p /\ m.from = q /\ now >= m.sent + MinDelay
        /\ msgs' = msgs \ {m}
        /\ estimate' = [estimate EXCEPT ![p] =
               [r \in HeardOf(p) \cup {q} |->
                   IF r = q THEN 2 * m.time + AssumedDelay2 - 2 * Clock(p) ELSE @[r]]]
        /\ correction' = [correction EXCEPT ![p] =
               IF HeardOf(p) \cup {q} = Awaited(p)
               THEN (N * Sum(estimate'[p], Nodes \ {p})) \div Parts ELSE 0]
        /\ UNCHANGED <<now, offset, begun>>

Next ==
    \/ Tick
    \/ \E p \in Nodes : Begin(p)
    \/ \E p, q \in Nodes : Receive(p, q)

(***************************************************************************)
(* FAIRNESS.  Time goes by, and all nodes begin.  That a message arrives   *)
(* in time follows: no time goes by when one is due.                       *)
(***************************************************************************)
Spec ==
    /\ Init /\ [][Next]_vars
    /\ WF_vars(Tick)
    /\ \A p \in Nodes : WF_vars(Begin(p))
    /\ \A p, q \in Nodes : WF_vars(Receive(p, q))

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
AllDone == \A p \in Nodes : Done(p)

\* Any two corrected clocks are at most d apart, in 2n-ths of a tick.
Within(d) == \A p, q \in Nodes : Corrected(p) - Corrected(q) <= d

(***************************************************************************)
(* Each estimate is wrong by half the uncertainty at most.                 *)
(***************************************************************************)
EstimatesClose ==
    \A p \in Nodes : \A q \in HeardOf(p) :
        LET wrong == estimate[p][q] - 2 * (offset[q] - offset[p])
        IN  -Uncertainty <= wrong /\ wrong <= Uncertainty

(***************************************************************************)
(* Agreement: once all are done, clocks are u(1 - 1/n) apart at most,      *)
(* which is 2u(n - 1) 2n-ths of a tick.                                    *)
(***************************************************************************)
Agreement == AllDone => Within(2 * Uncertainty * (N - 1))

(***************************************************************************)
(* Validity: corrections are bounded.  No clock is moved further ahead, or *)
(* back, than to the clock that was furthest ahead, or back, and half the  *)
(* uncertainty.                                                            *)
(***************************************************************************)
Validity ==
    \A p \in Nodes :
        Done(p) =>
            /\ \E q \in Nodes : correction[p] <= N * (2 * (offset[q] - offset[p]) + Uncertainty)
            /\ \E q \in Nodes : correction[p] >= N * (2 * (offset[q] - offset[p]) - Uncertainty)

(***************************************************************************)
(* Termination: all are done in the end.                                   *)
(***************************************************************************)
Termination == <>AllDone

(***************************************************************************)
(* What is NOT promised: one 2n-th of a tick better.  Models tight and     *)
(* tight-three ask for it; that they fail shows that the algorithm meets   *)
(* its bound exactly.  (That no algorithm does better is the theorem of    *)
(* the paper, which no model of one algorithm can show: see Shifting.)     *)
(***************************************************************************)
TighterAgreement == AllDone => Within(2 * Uncertainty * (N - 1) - 1)

THEOREM Spec => /\ []TypeOK /\ []EstimatesClose /\ []Agreement /\ []Validity
                /\ Termination
=============================================================================
