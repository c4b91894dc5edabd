---------------------------- MODULE LamportMutex ----------------------------
(***************************************************************************)
(* Mutual exclusion by logical clocks.                                     *)
(*                                                                         *)
(* THE PROBLEM.  Nodes share a resource that one of them can use at a      *)
(* time.  Requests are to be granted in the order in which they were made: *)
(* if one request happened before another, it is granted first.  There is  *)
(* no scheduler to ask.                                                    *)
(*                                                                         *)
(* THE IDEA.  Requests are ordered by Lamport's total order (module        *)
(* LamportClock): by the time at which they were made, then by node.  Each *)
(* node tells all others of its request and keeps a queue of the requests  *)
(* of which it was told.  It may enter when its own is the first in its    *)
(* queue and it has heard from everybody else something later: channels    *)
(* are first in, first out, so nothing earlier can still come.             *)
(*                                                                         *)
(* SYSTEM MODEL.  That of the paper, and unlike that of all other          *)
(* specifications here: no message is lost or repeated, messages from one  *)
(* node to another arrive in the order in which they were sent, and no     *)
(* node crashes.  One that did would stop everybody, for the algorithm     *)
(* needs an answer from all.                                               *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node: a request of its user, a    *)
(* message, the user being done.  Entering is a step by itself.            *)
(*                                                                         *)
(* SOURCE.  L. Lamport, Time, Clocks, and the Ordering of Events in a      *)
(* Distributed System, CACM 21(7), 1978, section "Ordering the Events      *)
(* Totally", rules 1 to 5.  DEPARTURE: every request is acknowledged.  (The *)
(* paper lets a node leave that out when it has sent something later       *)
(* already.)                                                               *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANT Nodes              \* the nodes, which are numbers

ASSUME Nodes \subseteq Nat

Max(a, b) == IF a >= b THEN a ELSE b

Message == [type : {"Request", "Acknowledge", "Release"}, time : Nat]

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* The request that node n made at t comes before the one that o made at u.
Before(t, n, u, o) == t < u \/ (t = u /\ n < o)

\* A node that made its request at t has heard enough from one of which the
\* last message had time u.
HeardEnough(t, u) == u > t

\* The message of a channel that may arrive: the first.
MayArrive(i) == i = 1

\* The user of node n may ask for the resource.
MayRequest(n) == TRUE

VARIABLES
    clock,              \* clock[n]: node n's logical clock
    state,              \* state[n]: "idle", "waiting" or "critical"
    queue,              \* queue[n][o]: time of o's request in n's queue, or 0
    heard,              \* heard[n][o]: time of the last message of o to n
    channel             \* channel[n][o]: the messages from n to o, first first

vars == <<clock, state, queue, heard, channel>>

TypeOK ==
    /\ clock \in [Nodes -> Nat]
    /\ state \in [Nodes -> {"idle", "waiting", "critical"}]
    /\ queue \in [Nodes -> [Nodes -> Nat]]
    /\ heard \in [Nodes -> [Nodes -> Nat]]
    /\ \A n, o \in Nodes : \A i \in DOMAIN channel[n][o] : channel[n][o][i] \in Message

Init ==
    /\ clock = [n \in Nodes |-> 0]
    /\ state = [n \in Nodes |-> "idle"]
    /\ queue = [n \in Nodes |-> [o \in Nodes |-> 0]]
    /\ heard = [n \in Nodes |-> [o \in Nodes |-> 0]]
    /\ channel = [n \in Nodes |-> [o \in Nodes |-> <<>>]]

\* Node n sends m to all others.
Broadcast(n, m) ==
    channel' = [channel EXCEPT ![n] =
                   [o \in Nodes |-> IF o = n THEN <<>> ELSE Append(@[o], m)]]

(***************************************************************************)
(* Rule 1.  Node n asks for the resource: it tells everybody, and puts the *)
(* request into its own queue.                                             *)
(***************************************************************************)
Request(n) ==
    /\ state[n] = "idle" /\ MayRequest(n)
    /\ clock' = [clock EXCEPT ![n] = @ + 1]
    /\ state' = [state EXCEPT ![n] = "waiting"]
    /\ queue' = [queue EXCEPT ![n][n] = clock'[n]]
    /\ Broadcast(n, [type |-> "Request", time |-> clock'[n]])
    /\ UNCHANGED heard

(***************************************************************************)
(* Rules 2 and 4.  Node n receives the i-th message of its channel from o: *)
(* it puts a request into its queue and acknowledges it, or takes one out  *)
(* that is released.  Either way it has heard from o.                      *)
(***************************************************************************)
Receive(n, o, i) ==
    /\ i \in DOMAIN channel[o][n] /\ MayArrive(i)
    /\ LET m    == channel[o][n][i]
           rest == SubSeq(channel[o][n], 1, i - 1)
                     \o SubSeq(channel[o][n], i + 1, Len(channel[o][n]))
           now  == Max(clock[n], m.time) + 1
       IN  /\ heard' = [heard EXCEPT ![n][o] = Max(@, m.time)]
           /\ queue' = [queue EXCEPT ![n][o] =
                           CASE m.type = "Request"     -> m.time
                             [] m.type = "Release"     -> 0
                             [] m.type = "Acknowledge" -> @]
           /\ IF m.type = "Request"
              THEN /\ clock' = [clock EXCEPT ![n] = now + 1]
                   /\ channel' = [channel EXCEPT ![o][n] = rest,
                                     ![n][o] = Append(@, [type |-> "Acknowledge", time |-> now + 1])]
              ELSE /\ clock' = [clock EXCEPT ![n] = now]
                   /\ channel' = [channel EXCEPT ![o][n] = rest]
    /\ UNCHANGED state

ReceiveFrom(n, o) == \E i \in DOMAIN channel[o][n] : Receive(n, o, i)

(***************************************************************************)
(* Rule 5.  Node n is granted the resource, when its request comes before  *)
(* all others in its queue and it has heard something later from everyone. *)
(***************************************************************************)
Enter(n) ==
    /\ state[n] = "waiting"
    /\ \A o \in Nodes \ {n} :
          /\ queue[n][o] # 0 => Before(queue[n][n], n, queue[n][o], o)
          /\ HeardEnough(queue[n][n], heard[n][o])
    /\ state' = [state EXCEPT ![n] = "critical"]
    /\ UNCHANGED <<clock, queue, heard, channel>>

(***************************************************************************)
(* Rule 3.  Node n is done with the resource, and tells everybody.         *)
(***************************************************************************)
Release(n) ==
    /\ state[n] = "critical"
    /\ clock' = [clock EXCEPT ![n] = @ + 1]
    /\ state' = [state EXCEPT ![n] = "idle"]
    /\ queue' = [queue EXCEPT ![n][n] = 0]
    /\ Broadcast(n, [type |-> "Release", time |-> clock'[n]])
    /\ UNCHANGED heard

Next ==
    \/ \E n \in Nodes : Request(n) \/ Enter(n) \/ Release(n)
    \/ \E n \in Nodes, o \in Nodes : ReceiveFrom(n, o)

(***************************************************************************)
(* FAIRNESS.  Messages arrive, who may enter does, and who has entered     *)
(* leaves.  Nobody needs to ask.                                           *)
(***************************************************************************)
Spec ==
    /\ Init /\ [][Next]_vars
    /\ \A n \in Nodes : WF_vars(Enter(n)) /\ WF_vars(Release(n))
    /\ \A n, o \in Nodes : WF_vars(ReceiveFrom(n, o))

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES, which are the conditions I to III of the paper.             *)
(***************************************************************************)

(***************************************************************************)
(* Mutual exclusion (I): one node at a time uses the resource.             *)
(***************************************************************************)
MutualExclusion ==
    \A n, o \in Nodes : state[n] = "critical" /\ state[o] = "critical" => n = o

(***************************************************************************)
(* Order (II): who uses the resource made its request before all who wait  *)
(* for it, in the total order, which extends the order in which requests   *)
(* happened (LamportClock, TotalOrder).                                    *)
(***************************************************************************)
GrantedInOrder ==
    \A n, o \in Nodes :
        state[n] = "critical" /\ state[o] = "waiting" =>
            \/ queue[n][n] < queue[o][o]
            \/ queue[n][n] = queue[o][o] /\ n < o

(***************************************************************************)
(* Progress (III): every request is granted.                               *)
(***************************************************************************)
Granted == \A n \in Nodes : state[n] = "waiting" ~> state[n] = "critical"

(***************************************************************************)
(* Times go up along a channel: what "first in, first out" is needed for.  *)
(***************************************************************************)
ChannelsInOrder ==
    \A n, o \in Nodes : \A i, j \in DOMAIN channel[n][o] :
        i < j => channel[n][o][i].time < channel[n][o][j].time

THEOREM Spec => /\ []TypeOK /\ []MutualExclusion /\ []GrantedInOrder
                /\ []ChannelsInOrder /\ Granted
=============================================================================
