----------------------------- MODULE NTPDistance -----------------------------
(***************************************************************************)
(* How wrong a clock may be that has the time at third hand: root delay,   *)
(* root dispersion, and the root distance of the Network Time Protocol.    *)
(*                                                                         *)
(* THE PROBLEM.  A node that takes the time from another one cannot tell   *)
(* how good that one's clock is: it may have the time from a third, by a   *)
(* slow network, and a while ago.  In NTP.tla it is known how wrong the    *)
(* servers may be that are right (Accuracy).  How can anybody know?        *)
(*                                                                         *)
(* THE IDEA.  Errors add up along the way from the primary, which has a    *)
(* reference clock, so each node hands on what has come together so far:   *)
(* its root delay, which is the sum of all round trips on the way, and its *)
(* root dispersion, which is all that clocks may have drifted on the way   *)
(* and since.  Half the root delay and the root dispersion make the root   *)
(* distance: by so much a clock can be wrong at most.  It grows until the  *)
(* node asks again.                                                        *)
(*                                                                         *)
(* SYSTEM MODEL.  The clocks of all nodes but the primary are those of     *)
(* DriftingClocks.  A message takes between MinDelay and MaxDelay ticks of *)
(* real time, and a request to a node that does not have the time itself   *)
(* waits there until it has.  None is lost, no node fails, and all are     *)
(* right: falsetickers are in NTP.tla, and who asks whom is decided in     *)
(* NTPStrata.                                                              *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node; Tick is real time going by. *)
(*                                                                         *)
(* UNITS.  Hardware clocks and delays of messages are in ticks, all else   *)
(* in halves of a tick, so that numbers are whole.                         *)
(*                                                                         *)
(* SOURCE.  D. Mills and others, RFC 5905 (2010): root delay and root      *)
(* dispersion in section 7.3, how they are updated and the root distance   *)
(* in section 11 and appendix A.5.5.  DEPARTURES: a question is answered   *)
(* at once, so that T2 and T3 are the same; NTP.tla has both.  Precision   *)
(* and jitter are left out: clocks here are read exactly, and jitter is    *)
(* a measure of the past and no bound.  The RFC lets dispersion grow by    *)
(* PHI in each second; here it is what DriftingClocks allows.  A clock is  *)
(* set at once; how it is slewed is in AdjustedClocks.                     *)
(***************************************************************************)
EXTENDS DriftingClocks

CONSTANTS
    Primary,            \* the node with the reference clock, which is right
    Asks,               \* pairs <<n, m>>: node n takes the time from m
    MinDelay, MaxDelay, \* of a message, in ticks of real time
    Start               \* what hardware clocks may say when real time is 0

ASSUME Primary \notin Nodes
ASSUME Asks \subseteq Nodes \X (Nodes \cup {Primary})
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay
ASSUME Start \subseteq Int /\ Period # 1

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* How many halves a clock may have gained or lost while it advanced by t ticks.
Dispersion(t) == 2 * Drift(Longest(t))

\* How far the server is ahead whose clock showed `time`, for a client whose
\* clock showed t1 when it asked and t4 when it got the answer.
Offset(time, t1, t4) == time - (t1 + t4) \div 2

\* The root delay over a server of root delay d, after a round trip of r.
RootDelay(d, r) == d + r

\* The root dispersion over a server of root dispersion e, when the client's
\* clock advanced by t ticks in the course of the round trip.
RootDispersion(e, t) == e + Dispersion(t)

\* What the root dispersion e of a node has become when its clock has advanced
\* by t ticks.
Aged(e, t) == e + Dispersion(t)

(***************************************************************************)
(* What happens when.  A model can bound it.                               *)
(***************************************************************************)
MayAsk(n) == TRUE       \* node n may ask

VARIABLES
    now, hardware, steady,  \* see DriftingClocks
    correction,         \* correction[n]: what n adds to its hardware clock
    root,               \* root[n]: whether n has the time; its root delay and
                        \* dispersion; its hardware clock when it got them; and
                        \* how often it has asked
    waiting,            \* waiting[n]: n's question is under way
    msgs                \* messages on their way

vars == <<now, hardware, steady, correction, root, waiting, msgs>>

Unset == [set |-> FALSE, delay |-> 0, dispersion |-> 0, at |-> 0, asked |-> 0]

\* What a clock shows, and by how much it is wrong.
Clock(n) == IF n = Primary THEN 2 * now ELSE 2 * hardware[n] + correction[n]
Wrong(n) == Clock(n) - 2 * now

HasTime(n) == IF n = Primary THEN TRUE ELSE root[n].set

\* Root delay and dispersion of node n, as it tells them now.
DelayOf(n)      == IF n = Primary THEN 0 ELSE root[n].delay
DispersionOf(n) == IF n = Primary THEN 0
                   ELSE Aged(root[n].dispersion, hardware[n] - root[n].at)

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ correction \in [Nodes -> Int]
    /\ root \in [Nodes -> [set : BOOLEAN, delay : Nat, dispersion : Nat, at : Int, asked : Nat]]
    /\ waiting \in [Nodes -> BOOLEAN]
    /\ \A m \in msgs : <<m.client, m.server>> \in Asks /\ waiting[m.client] /\ m.sent \in 0..now

Init ==
    /\ now = 0
    /\ hardware \in [Nodes -> Start]
    /\ steady = SteadyAtStart
    /\ correction = [n \in Nodes |-> 0]
    /\ root = [n \in Nodes |-> Unset]
    /\ waiting = [n \in Nodes |-> FALSE]
    /\ msgs = {}

Arrives(m) == now >= m.sent + MinDelay

\* The request m cannot be answered yet.
Waits(m) == m.type = "Request" /\ ~HasTime(m.server)

(***************************************************************************)
(* Real time goes by, unless a message is due.  A request to a node that   *)
(* does not have the time is not: it waits there.                          *)
(***************************************************************************)
Tick ==
    /\ \A m \in msgs : Waits(m) \/ now < m.sent + MaxDelay
    /\ now' = now + 1
    /\ \E by \in Steps(steady) :
          /\ hardware' = HardwareAfter(hardware, by)
          /\ steady' = SteadyAfter(steady, by)
    /\ UNCHANGED <<correction, root, waiting, msgs>>

(***************************************************************************)
(* Node n asks m for the time, at T1.                                      *)
(***************************************************************************)
Ask(n, m) ==
    /\ <<n, m>> \in Asks /\ ~waiting[n] /\ MayAsk(n)
    /\ waiting' = [waiting EXCEPT ![n] = TRUE]
    /\ root' = [root EXCEPT ![n].asked = @ + 1]
    /\ msgs' = msgs \cup {[type |-> "Request", client |-> n, server |-> m, t1 |-> hardware[n],
                           time |-> 0, delay |-> 0, dispersion |-> 0, sent |-> now]}
    /\ UNCHANGED <<now, hardware, steady, correction>>

(***************************************************************************)
(* Node m gets the request of n, and answers its time, at T2 and T3, with  *)
(* its root delay and dispersion.  Who does not have the time answers as   *)
(* soon as it has.  For the client this is a round trip like any other,    *)
(* though a long one.                                                      *)
(***************************************************************************)
Answer(m, n) ==
    /\ HasTime(m)
    /\ \E r \in msgs :
          /\ r.type = "Request" /\ r.client = n /\ r.server = m /\ Arrives(r)
          /\ msgs' = (msgs \ {r}) \cup
                 {[r EXCEPT !.type = "Answer", !.time = Clock(m), !.delay = DelayOf(m),
                            !.dispersion = DispersionOf(m), !.sent = now]}
    /\ UNCHANGED <<now, hardware, steady, correction, root, waiting>>

(***************************************************************************)
(* The answer is there, at T4.  Node n sets its clock by the offset, and   *)
(* adds the round trip to the root delay and its drift to the dispersion.  *)
(***************************************************************************)
Read(n) ==
    \E a \in msgs :
        LET t  == hardware[n] - a.t1        \* the round trip, in ticks
            t1 == 2 * a.t1 + correction[n]
        IN  /\ a.type = "Answer" /\ a.client = n /\ Arrives(a)
            /\ msgs' = msgs \ {a}
            /\ waiting' = [waiting EXCEPT ![n] = FALSE]
            /\ correction' = [correction EXCEPT ![n] = @ + Offset(a.time, t1, Clock(n))]
            /\ root' = [root EXCEPT ![n] =
                   [set |-> TRUE, delay |-> RootDelay(a.delay, 2 * t),
                    dispersion |-> RootDispersion(a.dispersion, t),
                    at |-> hardware[n], asked |-> root[n].asked]]
            /\ UNCHANGED <<now, hardware, steady>>

Next ==
    \/ Tick
    \/ \E n \in Nodes, m \in Nodes \cup {Primary} : Ask(n, m) \/ Answer(m, n)
    \/ \E n \in Nodes : Read(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Abs(x) == IF x < 0 THEN -x ELSE x

(***************************************************************************)
(* The root distance, twice: root delay, and twice the root dispersion.    *)
(***************************************************************************)
Distance2(n) == DelayOf(n) + 2 * DispersionOf(n)

(***************************************************************************)
(* A clock is wrong by the root distance at most, however far its node is  *)
(* from the primary.                                                       *)
(***************************************************************************)
WithinDistance ==
    \A n \in Nodes : HasTime(n) => 2 * Abs(Wrong(n)) <= Distance2(n)

(***************************************************************************)
(* What is NOT so: that a clock is always better than its distance says    *)
(* (model distance-tight).  That is when clocks do not drift.  With drift  *)
(* the distance is a little loose, as each Dispersion is rounded up by     *)
(* itself.                                                                 *)
(***************************************************************************)
Better ==
    \A n \in Nodes : HasTime(n) /\ Distance2(n) > 0 => 2 * Abs(Wrong(n)) < Distance2(n)

(***************************************************************************)
(* What the models reach: a node that has the time at third hand; one that *)
(* has asked again; and a request that waits at its server for longer than *)
(* messages take.                                                          *)
(***************************************************************************)
NeverThirdHand ==
    \A n \in Nodes : root[n].set => <<n, Primary>> \in Asks
NeverAgain ==
    \A n \in Nodes : root[n].set => root[n].asked < 2
NeverWaits ==
    \A m \in msgs : now <= m.sent + MaxDelay

THEOREM Spec => []TypeOK /\ []WithinDistance
=============================================================================
