----------------------------- MODULE VectorClock -----------------------------
(***************************************************************************)
(* The vector clock.                                                       *)
(*                                                                         *)
(* THE PROBLEM.  To tell from the times of two events whether one happened *)
(* before the other or whether they are concurrent.  LamportClock answers  *)
(* half of it: its clock condition has no converse.                        *)
(*                                                                         *)
(* THE IDEA.  A node keeps a number for every node: how many events of     *)
(* that node it has heard of, its own included.  A message carries the     *)
(* vector of its sending, and who receives it takes the larger number for  *)
(* each node.  One event happened before another exactly if its vector is  *)
(* less or equal everywhere, and not the same.                             *)
(*                                                                         *)
(* SYSTEM MODEL and grain are those of LamportClock.                       *)
(*                                                                         *)
(* SOURCES.  C. Fidge, Timestamps in Message-Passing Systems That Preserve *)
(* the Partial Ordering, Australian Computer Science Conference, 1988; F.  *)
(* Mattern, Virtual Time and Global States of Distributed Systems,         *)
(* Parallel and Distributed Algorithms, 1989: vector time, and the theorem *)
(* that it has the same order as the events.  DEPARTURES: Fidge has        *)
(* synchronous messages, and processes that come and go; Mattern goes on   *)
(* to global snapshots.  Here nodes are fixed, and vectors are compared    *)
(* and nothing else.                                                       *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANT Nodes

Max(a, b) == IF a >= b THEN a ELSE b

Vector == [Nodes -> Nat]

(***************************************************************************)
(* The order of vectors: less or equal everywhere, and not the same.       *)
(***************************************************************************)
Less(v, w) == v # w /\ \A n \in Nodes : v[n] <= w[n]

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* The vector of the next event of node n, after v.
AfterEvent(n, v) == [v EXCEPT ![n] = @ + 1]

\* What a node at v knows when it has received w.
Merge(v, w) == [n \in Nodes |-> Max(v[n], w[n])]

VARIABLES
    vector,             \* vector[n]: the time of the last event of node n
    msgs,               \* messages on their way: sent at `time`, by event `event`
    events              \* history: every event, with the set of all before it

vars == <<vector, msgs, events>>

TypeOK ==
    /\ vector \in [Nodes -> Vector]
    /\ \A m \in msgs : m.time \in Vector /\ m.event \in DOMAIN events
    /\ \A e \in DOMAIN events :
          /\ events[e].node \in Nodes /\ events[e].time \in Vector
          /\ events[e].past \subseteq 1..(e - 1)

Init ==
    /\ vector = [n \in Nodes |-> [o \in Nodes |-> 0]]
    /\ msgs = {}
    /\ events = <<>>

Mine(n) == {e \in DOMAIN events : events[e].node = n}
With(E) == E \cup UNION {events[e].past : e \in E}

Record(n, t, also) ==
    events' = Append(events, [node |-> n, time |-> t, past |-> With(Mine(n) \cup also)])

(***************************************************************************)
(* Node n does something by itself.                                        *)
(***************************************************************************)
Internal(n) ==
    /\ vector' = [vector EXCEPT ![n] = AfterEvent(n, @)]
    /\ Record(n, vector'[n], {})
    /\ UNCHANGED msgs

(***************************************************************************)
(* Node n sends a message, with its vector.                                *)
(***************************************************************************)
Send(n) ==
    /\ vector' = [vector EXCEPT ![n] = AfterEvent(n, @)]
    /\ Record(n, vector'[n], {})
    /\ msgs' = msgs \cup {[time |-> vector'[n], event |-> Len(events) + 1]}

(***************************************************************************)
(* Node n receives message m of another node.                              *)
(***************************************************************************)
Receive(n, m) ==
    /\ m \in msgs /\ events[m.event].node # n
    /\ vector' = [vector EXCEPT ![n] = AfterEvent(n, Merge(@, m.time))]
    /\ Record(n, vector'[n], {m.event})
    /\ UNCHANGED msgs

ReceiveAny(n) == \E m \in msgs : Receive(n, m)

Next == \E n \in Nodes : Internal(n) \/ Send(n) \/ ReceiveAny(n)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
HappenedBefore(e, f) == e \in events[f].past

(***************************************************************************)
(* The clock condition, and its converse: vectors tell what happened       *)
(* before what, and what is concurrent (Mattern).                          *)
(***************************************************************************)
ClockCondition ==
    \A e, f \in DOMAIN events : HappenedBefore(e, f) => Less(events[e].time, events[f].time)

Converse ==
    \A e, f \in DOMAIN events : Less(events[e].time, events[f].time) => HappenedBefore(e, f)

(***************************************************************************)
(* One number tells as much as all: e of node n happened before another    *)
(* event f exactly if f has heard of as many events of n as e has.         *)
(***************************************************************************)
OneNumberTells ==
    \A e, f \in DOMAIN events :
        LET n == events[e].node
        IN  e # f => (HappenedBefore(e, f) <=> events[e].time[n] <= events[f].time[n])

(***************************************************************************)
(* An event's vector counts the events before it, and itself.              *)
(***************************************************************************)
Counts ==
    \A e \in DOMAIN events : \A n \in Nodes :
        LET known == {f \in events[e].past \cup {e} : events[f].node = n}
        IN  events[e].time[n] = Cardinality(known)

(***************************************************************************)
(* What a node knows only grows.                                           *)
(***************************************************************************)
Monotonic == [][\A n, o \in Nodes : vector[n][o] <= vector'[n][o]]_vars

THEOREM Spec => []TypeOK /\ []ClockCondition /\ []Converse /\ []OneNumberTells
                /\ []Counts /\ Monotonic
=============================================================================
