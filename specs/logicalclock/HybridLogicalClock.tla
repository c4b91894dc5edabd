------------------------- MODULE HybridLogicalClock -------------------------
(***************************************************************************)
(* The hybrid logical clock.                                               *)
(*                                                                         *)
(* THE PROBLEM.  A logical clock orders events as they happened, but its   *)
(* numbers mean nothing to a person or a timer.  Physical clocks mean      *)
(* something but go wrong by up to some bound, so that a message may be    *)
(* received before it was sent.  Wanted is a clock that satisfies the      *)
(* clock condition and stays close to physical time.                       *)
(*                                                                         *)
(* THE IDEA.  A time is a pair <<l, c>>, compared by l and then c.  l is   *)
(* the largest physical time of which the node has heard; c counts the     *)
(* events since l last went up.  Nothing is ever added to l, as adding 1   *)
(* for each event would let it run away from physical time (model          *)
(* hybrid-naive), and c stays small because l goes up with the physical    *)
(* clocks.                                                                 *)
(*                                                                         *)
(* SYSTEM MODEL.  As LamportClock; and each node has a physical clock that *)
(* never goes back.  Any two of them differ by at most Epsilon, which some *)
(* other protocol sees to (NTP, or those in specs/clocksync).  This module *)
(* has no other notion of real time.                                       *)
(*                                                                         *)
(* SOURCE.  S. Kulkarni, M. Demirbas, D. Madappa, B. Avva and M. Leone,    *)
(* Logical Physical Clocks, OPODIS 2014: section 3, the HLC algorithm with *)
(* its theorems 1 to 4 and their corollaries, and consistent snapshots by  *)
(* a time.  DEPARTURES: before its first event a node is at <<0, 0>>, as   *)
(* if something had happened there, so that c may be larger by one while l *)
(* is 0.  How the paper masks a physical clock that is far off, by taking  *)
(* no notice of times too far ahead, and how it packs l and c into the 64  *)
(* bits of an NTP timestamp, are left out.                                 *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Nodes,
    Epsilon             \* the bound on how far two physical clocks are apart

ASSUME Epsilon \in Nat \ {0}   \* with 0 no clock could be the first to advance

Max(a, b) == IF a >= b THEN a ELSE b

Time == [l : Nat, c : Nat]

Less(t, u) == t.l < u.l \/ (t.l = u.l /\ t.c < u.c)

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* The time of an event, where the last was t and the physical clock says p.
AfterEvent(t, p) ==
    LET l == Max(t.l, p)
    IN  [l |-> l, c |-> IF l = t.l THEN t.c + 1 ELSE 0]

\* The time of the receipt of a message sent at u.
AfterReceipt(t, u, p) ==
    LET l == Max(Max(t.l, u.l), p)
    IN  [l |-> l,
         c |-> IF l = t.l /\ l = u.l THEN Max(t.c, u.c) + 1
               ELSE IF l = t.l THEN t.c + 1
               ELSE IF l = u.l THEN u.c + 1
               ELSE 0]

\* Node n may have an event.  (A model can ask for a tick of the physical clock
\* between any two.)
MayAct(n) == TRUE

VARIABLES
    pt,                 \* pt[n]: node n's physical clock
    time,               \* time[n]: the time of the last event of node n
    msgs,               \* messages on their way: sent at `time`, by event `event`
    events              \* history: every event, with the set of all before it

vars == <<pt, time, msgs, events>>

TypeOK ==
    /\ pt \in [Nodes -> Nat]
    /\ time \in [Nodes -> Time]
    /\ \A m \in msgs : m.time \in Time /\ m.event \in DOMAIN events
    /\ \A e \in DOMAIN events :
          /\ events[e].node \in Nodes /\ events[e].time \in Time
          /\ events[e].pt \in Nat /\ events[e].past \subseteq 1..(e - 1)

Init ==
    /\ pt = [n \in Nodes |-> 0]
    /\ time = [n \in Nodes |-> [l |-> 0, c |-> 0]]
    /\ msgs = {}
    /\ events = <<>>

Mine(n) == {e \in DOMAIN events : events[e].node = n}
With(E) == E \cup UNION {events[e].past : e \in E}

Record(n, t, also) ==
    events' = Append(events, [node |-> n, time |-> t, pt |-> pt[n],
                              past |-> With(Mine(n) \cup also)])

(***************************************************************************)
(* Time goes by: node n's physical clock advances, within the bound.       *)
(***************************************************************************)
Advance(n) ==
    /\ \A o \in Nodes : pt[n] + 1 <= pt[o] + Epsilon
    /\ pt' = [pt EXCEPT ![n] = @ + 1]
    /\ UNCHANGED <<time, msgs, events>>

(***************************************************************************)
(* Node n does something by itself.                                        *)
(***************************************************************************)
Internal(n) ==
    /\ MayAct(n)
    /\ time' = [time EXCEPT ![n] = AfterEvent(@, pt[n])]
    /\ Record(n, time'[n], {})
    /\ UNCHANGED <<pt, msgs>>

(***************************************************************************)
(* Node n sends a message, with its time.                                  *)
(***************************************************************************)
Send(n) ==
    /\ MayAct(n)
    /\ time' = [time EXCEPT ![n] = AfterEvent(@, pt[n])]
    /\ Record(n, time'[n], {})
    /\ msgs' = msgs \cup {[time |-> time'[n], event |-> Len(events) + 1]}
    /\ UNCHANGED pt

(***************************************************************************)
(* Node n receives message m of another node.                              *)
(***************************************************************************)
Receive(n, m) ==
    /\ MayAct(n) /\ m \in msgs /\ events[m.event].node # n
    /\ time' = [time EXCEPT ![n] = AfterReceipt(@, m.time, pt[n])]
    /\ Record(n, time'[n], {m.event})
    /\ UNCHANGED <<pt, msgs>>

ReceiveAny(n) == \E m \in msgs : Receive(n, m)

Next == \E n \in Nodes : Advance(n) \/ Internal(n) \/ Send(n) \/ ReceiveAny(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
HappenedBefore(e, f) == e \in events[f].past

(***************************************************************************)
(* The clock condition (theorem 1).                                        *)
(***************************************************************************)
ClockCondition ==
    \A e, f \in DOMAIN events : HappenedBefore(e, f) => Less(events[e].time, events[f].time)

(***************************************************************************)
(* l is the largest physical time that the node could have heard of:       *)
(* never less than its own (theorem 2), and always some event's (theorem   *)
(* 3).  Before the first event both are 0.                                 *)
(***************************************************************************)
LargestHeardOf ==
    \A e \in DOMAIN events :
        LET seen == {events[f].pt : f \in events[e].past \cup {e}}
        IN  events[e].time.l \in seen /\ \A p \in seen : p <= events[e].time.l

(***************************************************************************)
(* So l is close to physical time (corollary 1): ahead of the node's own   *)
(* clock by Epsilon at most.                                               *)
(***************************************************************************)
CloseToPhysical == \A n \in Nodes : time[n].l <= pt[n] + Epsilon

(***************************************************************************)
(* A count of c comes from a chain of c events that happened one before    *)
(* the other, all with the same l (theorem 4): each of them has one that   *)
(* counts one less before it.  At <<0, 1>> that is the start.              *)
(***************************************************************************)
CounterChain ==
    \A f \in DOMAIN events :
        LET t == events[f].time
        IN  t.c > 0 =>
                \/ \E g \in events[f].past : events[g].time = [l |-> t.l, c |-> t.c - 1]
                \/ t.l = 0 /\ t.c = 1

(***************************************************************************)
(* So c counts no more than the events that happened before with the same  *)
(* l (corollary 2), plus one for the start at <<0, 0>>.                    *)
(***************************************************************************)
CounterBounded ==
    \A e \in DOMAIN events :
        events[e].time.c <=
            Cardinality({f \in events[e].past : events[f].time.l = events[e].time.l})
            + (IF events[e].time.l = 0 THEN 1 ELSE 0)

(***************************************************************************)
(* When the physical clock of a node advances between any two events of    *)
(* the node, c does not exceed a bound that does not depend on the run     *)
(* (corollary 3).  Models of which MayAct sees to that ask for it; model   *)
(* hybrid-counter-large shows that it needs to be seen to.                 *)
(***************************************************************************)
CounterSmall ==
    \A e \in DOMAIN events : events[e].time.c <= Cardinality(Nodes) * (Epsilon + 1)

(***************************************************************************)
(* Whoever looks at all that has an l of t at most, for some t, sees a     *)
(* consistent snapshot: nothing without what happened before it.           *)
(***************************************************************************)
SnapshotConsistent ==
    \A t \in {events[e].time.l : e \in DOMAIN events} :
        \A f \in DOMAIN events :
            events[f].time.l <= t => \A e \in events[f].past : events[e].time.l <= t

(***************************************************************************)
(* A time never goes back.                                                 *)
(***************************************************************************)
Monotonic == [][\A n \in Nodes : time'[n] = time[n] \/ Less(time[n], time'[n])]_vars

THEOREM Spec => /\ []TypeOK /\ []ClockCondition /\ []LargestHeardOf
                /\ []CloseToPhysical /\ []CounterChain /\ []CounterBounded
                /\ []SnapshotConsistent /\ Monotonic
=============================================================================
