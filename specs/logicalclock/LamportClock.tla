---------------------------- MODULE LamportClock ----------------------------
(***************************************************************************)
(* Lamport's logical clock.                                                *)
(*                                                                         *)
(* THE PROBLEM.  Nodes without a common clock want to say which of two     *)
(* events came first.  What can be observed is only this: an event happens *)
(* before the next one of the same node, and the sending of a message      *)
(* before its receipt; and so on from one to the next.  Two events of      *)
(* which neither happens before the other are concurrent.                  *)
(*                                                                         *)
(* THE IDEA.  Each node counts.  Every event gets the next number; a       *)
(* message carries the number of its sending, and who receives it goes     *)
(* beyond.  Then an event that happens before another has the lower        *)
(* number: the clock condition.  The converse does not hold: of two        *)
(* concurrent events either may have the lower number (model               *)
(* lamport-converse shows it), and VectorClock is for those who need it.   *)
(* Numbers with the node's name to break ties order all events totally.    *)
(*                                                                         *)
(* SYSTEM MODEL.  Asynchronous network: messages may be lost (they are     *)
(* never received), repeated and reordered.  Nodes do not crash: a clock   *)
(* that starts again at 0 would break the clock condition, so one that     *)
(* does crash has to keep its clock on disk.                               *)
(*                                                                         *)
(* THE GRAIN is one event of one node.  The happened-before relation is    *)
(* history: no node knows it, and only the properties speak of it.         *)
(*                                                                         *)
(* SOURCE.  L. Lamport, Time, Clocks, and the Ordering of Events in a      *)
(* Distributed System, CACM 21(7), 1978: the relation in section "The      *)
(* Partial Ordering", rules IR1 and IR2 in "Logical Clocks", the order =>  *)
(* in "Ordering the Events Totally"; mutual exclusion, in the same         *)
(* section, is LamportMutex.  DEPARTURES: the last two sections of the     *)
(* paper are left out: the strong clock condition of the first, which      *)
(* takes in what happens outside of the system (a telephone call between   *)
(* two users), and the physical clocks that satisfy it.  What physical     *)
(* clocks can do is in specs/clocksync, and a clock that is both is        *)
(* HybridLogicalClock.                                                     *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANT Nodes              \* the nodes, which are numbers

ASSUME Nodes \subseteq Nat

Max(a, b) == IF a >= b THEN a ELSE b

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* IR1: the time of the next event of a node whose clock says c.
AfterEvent(c) == c + 1

\* IR2: the time of the receipt of a message sent at time t.
AfterReceipt(c, t) == Max(c, t) + 1

VARIABLES
    clock,              \* clock[n]: the time of the last event of node n
    msgs,               \* messages on their way: sent at `time`, by event `event`
    events              \* history: every event, with the set of all before it

vars == <<clock, msgs, events>>

Time == Nat

TypeOK ==
    /\ clock \in [Nodes -> Time]
    /\ \A m \in msgs : m.time \in Time /\ m.event \in DOMAIN events
    /\ \A e \in DOMAIN events :
          /\ events[e].node \in Nodes /\ events[e].time \in Time
          /\ events[e].past \subseteq 1..(e - 1)

Init ==
    /\ clock = [n \in Nodes |-> 0]
    /\ msgs = {}
    /\ events = <<>>

(***************************************************************************)
(* What node n has seen: its own events, and all that happened before      *)
(* them.  The event that is about to happen comes after these and `also`.  *)
(***************************************************************************)
Mine(n) == {e \in DOMAIN events : events[e].node = n}
With(E) == E \cup UNION {events[e].past : e \in E}

Record(n, t, also) ==
    events' = Append(events, [node |-> n, time |-> t, past |-> With(Mine(n) \cup also)])

(***************************************************************************)
(* Node n does something by itself.                                        *)
(***************************************************************************)
Internal(n) ==
    /\ clock' = [clock EXCEPT ![n] = AfterEvent(@)]
    /\ Record(n, clock'[n], {})
    /\ UNCHANGED msgs

(***************************************************************************)
(* Node n sends a message, with its time.                                  *)
(***************************************************************************)
Send(n) ==
    /\ clock' = [clock EXCEPT ![n] = AfterEvent(@)]
    /\ Record(n, clock'[n], {})
    /\ msgs' = msgs \cup {[time |-> clock'[n], event |-> Len(events) + 1]}

(***************************************************************************)
(* Node n receives message m of another node.                              *)
(***************************************************************************)
Receive(n, m) ==
    /\ m \in msgs /\ events[m.event].node # n
    /\ clock' = [clock EXCEPT ![n] = AfterReceipt(@, m.time)]
    /\ Record(n, clock'[n], {m.event})
    /\ UNCHANGED msgs

ReceiveAny(n) == \E m \in msgs : Receive(n, m)

Next == \E n \in Nodes : Internal(n) \/ Send(n) \/ ReceiveAny(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES, where e -> f is: event e happened before event f.           *)
(***************************************************************************)
HappenedBefore(e, f) == e \in events[f].past

(***************************************************************************)
(* The clock condition: what happened before has the lower time.  (The     *)
(* paper's C1 and C2 are the two steps of which "before" is made: two      *)
(* events of a node, and the sending and the receipt of a message.)        *)
(***************************************************************************)
ClockCondition ==
    \A e, f \in DOMAIN events : HappenedBefore(e, f) => events[e].time < events[f].time

(***************************************************************************)
(* The total order => : by time, and by node where times are equal.  It is *)
(* total, since one node has no two events at a time, and it extends the   *)
(* order in which events happened.                                         *)
(***************************************************************************)
Precedes(e, f) ==
    \/ events[e].time < events[f].time
    \/ events[e].time = events[f].time /\ events[e].node < events[f].node

TotalOrder ==
    \A e, f \in DOMAIN events :
        /\ e # f => Precedes(e, f) \/ Precedes(f, e)
        /\ ~(Precedes(e, f) /\ Precedes(f, e))
        /\ HappenedBefore(e, f) => Precedes(e, f)

(***************************************************************************)
(* What a Lamport clock does NOT promise: that the lower time happened     *)
(* before.  Model lamport-converse asks for it.                            *)
(***************************************************************************)
Converse ==
    \A e, f \in DOMAIN events : events[e].time < events[f].time => HappenedBefore(e, f)

(***************************************************************************)
(* A clock never goes back.                                                *)
(***************************************************************************)
Monotonic == [][\A n \in Nodes : clock[n] <= clock'[n]]_vars

THEOREM Spec => []TypeOK /\ []ClockCondition /\ []TotalOrder /\ Monotonic
=============================================================================
