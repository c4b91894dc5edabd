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
(* HOW TO READ IT.  The algorithm is PlusCal.  Every process has one step  *)
(* that it repeats for ever, so each process is one action.                *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node: a request of its user, a    *)
(* message, the user being done.  Entering is a step by itself.            *)
(*                                                                         *)
(* SOURCE.  L. Lamport, Time, Clocks, and the Ordering of Events in a      *)
(* Distributed System, CACM 21(7), 1978, section "Ordering the Events      *)
(* Totally", rules 1 to 5, and conditions I to III.  DEPARTURES: every     *)
(* request is acknowledged (the paper lets a node leave that out when it   *)
(* has sent something later already); and the request with which the paper *)
(* begins, by which one node has the resource at the start, is left out.   *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANT Nodes              \* the nodes, which are numbers

ASSUME Nodes \subseteq Nat

Max(a, b) == IF a >= b THEN a ELSE b

\* The sequence s without its i-th element.
Without(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

Message == [type : {"Request", "Acknowledge", "Release"}, time : Nat]

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* The request that node n made at t comes before the one that o made at u.
Before(t, n, u, o) == t < u \/ (t = u /\ n < o)

\* A node that made its request at t has heard enough from one of which the
\* last message had time u.
HeardEnough(t, u) == u > t

\* The time of the next event of a node of which the clock says c, and of the
\* receipt of a message sent at t: rules IR1 and IR2 of LamportClock.
AfterEvent(c)      == c + 1
AfterReceipt(c, t) == Max(c, t) + 1

\* The acknowledgement, sent when the clock says c, of a request made at t.
Acknowledgement(c, t) == [type |-> "Acknowledge", time |-> c]

\* The message of a channel that may arrive: the first.
MayArrive(i) == i = 1

\* The user of node n may ask for the resource.
MayRequest(n) == TRUE

(* --algorithm LamportMutex {

variables
    \* clock[n] is node n's logical clock; state[n] is "idle", "waiting" or
    \* "critical".
    clock = [n \in Nodes |-> 0],
    state = [n \in Nodes |-> "idle"],

    \* queue[n][o] is the time of o's request in n's queue, or 0;
    \* heard[n][o] the time of the last message of o to n.
    queue = [n \in Nodes |-> [o \in Nodes |-> 0]],
    heard = [n \in Nodes |-> [o \in Nodes |-> 0]],

    \* channel[n][o] holds the messages from n to o, first first.
    channel = [n \in Nodes |-> [o \in Nodes |-> <<>>]];

define {
    \* The channels after n has sent m to all others.
    Broadcast(n, m) ==
        [channel EXCEPT ![n] =
            [o \in Nodes |-> IF o = n THEN <<>> ELSE Append(@[o], m)]]
}

\* Request, rule 1: the node asks for the resource.  It tells everybody, and
\* puts the request into its own queue.
process (Request \in Nodes) {
request:
    while (TRUE) {
        await state[self] = "idle" /\ MayRequest(self);
        state[self] := "waiting";
        clock[self] := AfterEvent(clock[self]);
        queue[self][self] := clock[self];
        channel := Broadcast(self, [type |-> "Request", time |-> clock[self]]);
    }
}

\* ReceiveFrom, rules 2 and 4, for each pair <<n, o>>: node n receives a
\* message of its channel from o.  It puts a request into its queue and
\* acknowledges it, which is an event of its own, or takes one out that is
\* released.  Either way it has
\* heard from o.
fair process (ReceiveFrom \in Nodes \X Nodes) {
receiveFrom:
    while (TRUE) {
        with (n = self[1]; o = self[2];
              i \in {j \in DOMAIN channel[o][n] : MayArrive(j)};
              m = channel[o][n][i]) {
            heard[n][o] := Max(heard[n][o], m.time);
            if (m.type = "Request") {
                clock[n] := AfterEvent(AfterReceipt(clock[n], m.time));
                queue[n][o] := m.time;
                channel[o][n] := Without(channel[o][n], i)
                || channel[n][o] := Append(channel[n][o],
                                           Acknowledgement(clock[n], m.time));
            } else {
                clock[n] := AfterReceipt(clock[n], m.time);
                if (m.type = "Release") { queue[n][o] := 0 };
                channel[o][n] := Without(channel[o][n], i);
            }
        }
    }
}

\* Enter, rule 5: the node is granted the resource, when its request comes
\* before all others in its queue and it has heard something later from
\* everyone.
fair process (Enter \in Nodes) {
enter:
    while (TRUE) {
        await /\ state[self] = "waiting"
              /\ \A o \in Nodes \ {self} :
                    /\ queue[self][o] # 0
                          => Before(queue[self][self], self, queue[self][o], o)
                    /\ HeardEnough(queue[self][self], heard[self][o]);
        state[self] := "critical";
    }
}

\* Release, rule 3: the node is done with the resource, and tells everybody.
fair process (Release \in Nodes) {
release:
    while (TRUE) {
        await state[self] = "critical";
        state[self] := "idle";
        clock[self] := AfterEvent(clock[self]);
        queue[self][self] := 0;
        channel := Broadcast(self, [type |-> "Release", time |-> clock[self]]);
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES clock, state, queue, heard, channel

(* define statement *)
Broadcast(n, m) ==
    [channel EXCEPT ![n] =
        [o \in Nodes |-> IF o = n THEN <<>> ELSE Append(@[o], m)]]


vars == << clock, state, queue, heard, channel >>

ProcSet == (Nodes) \cup (Nodes \X Nodes) \cup (Nodes) \cup (Nodes)

Init == (* Global variables *)
        /\ clock = [n \in Nodes |-> 0]
        /\ state = [n \in Nodes |-> "idle"]
        /\ queue = [n \in Nodes |-> [o \in Nodes |-> 0]]
        /\ heard = [n \in Nodes |-> [o \in Nodes |-> 0]]
        /\ channel = [n \in Nodes |-> [o \in Nodes |-> <<>>]]

Request(self) == /\ state[self] = "idle" /\ MayRequest(self)
                 /\ state' = [state EXCEPT ![self] = "waiting"]
                 /\ clock' = [clock EXCEPT ![self] = AfterEvent(clock[self])]
                 /\ queue' = [queue EXCEPT ![self][self] = clock'[self]]
                 /\ channel' = Broadcast(self, [type |-> "Request", time |-> clock'[self]])
                 /\ heard' = heard

ReceiveFrom(self) == /\ LET n == self[1] IN
                          LET o == self[2] IN
                            \E i \in {j \in DOMAIN channel[o][n] : MayArrive(j)}:
                              LET m == channel[o][n][i] IN
                                /\ heard' = [heard EXCEPT ![n][o] = Max(heard[n][o], m.time)]
                                /\ IF m.type = "Request"
                                      THEN /\ clock' = [clock EXCEPT ![n] = AfterEvent(AfterReceipt(clock[n], m.time))]
                                           /\ queue' = [queue EXCEPT ![n][o] = m.time]
                                           /\ channel' = [channel EXCEPT ![o][n] = Without(channel[o][n], i),
                                                                         ![n][o] = Append(channel[n][o],
                                                                                          Acknowledgement(clock'[n], m.time))]
                                      ELSE /\ clock' = [clock EXCEPT ![n] = AfterReceipt(clock[n], m.time)]
                                           /\ IF m.type = "Release"
                                                 THEN /\ queue' = [queue EXCEPT ![n][o] = 0]
                                                 ELSE /\ TRUE
                                                      /\ queue' = queue
                                           /\ channel' = [channel EXCEPT ![o][n] = Without(channel[o][n], i)]
                     /\ state' = state

Enter(self) == /\ /\ state[self] = "waiting"
                  /\ \A o \in Nodes \ {self} :
                        /\ queue[self][o] # 0
                              => Before(queue[self][self], self, queue[self][o], o)
                        /\ HeardEnough(queue[self][self], heard[self][o])
               /\ state' = [state EXCEPT ![self] = "critical"]
               /\ UNCHANGED << clock, queue, heard, channel >>

Release(self) == /\ state[self] = "critical"
                 /\ state' = [state EXCEPT ![self] = "idle"]
                 /\ clock' = [clock EXCEPT ![self] = AfterEvent(clock[self])]
                 /\ queue' = [queue EXCEPT ![self][self] = 0]
                 /\ channel' = Broadcast(self, [type |-> "Release", time |-> clock'[self]])
                 /\ heard' = heard

Next == (\E self \in Nodes: Request(self))
           \/ (\E self \in Nodes \X Nodes: ReceiveFrom(self))
           \/ (\E self \in Nodes: Enter(self))
           \/ (\E self \in Nodes: Release(self))

Spec == /\ Init /\ [][Next]_vars
        /\ \A self \in Nodes \X Nodes : WF_vars(ReceiveFrom(self))
        /\ \A self \in Nodes : WF_vars(Enter(self))
        /\ \A self \in Nodes : WF_vars(Release(self))

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES, which are the conditions I to III of the paper.  FAIRNESS   *)
(* is in the processes: messages arrive, who may enter does, and who has   *)
(* entered leaves.  Nobody needs to ask.                                   *)
(***************************************************************************)
TypeOK ==
    /\ clock \in [Nodes -> Nat]
    /\ state \in [Nodes -> {"idle", "waiting", "critical"}]
    /\ queue \in [Nodes -> [Nodes -> Nat]]
    /\ heard \in [Nodes -> [Nodes -> Nat]]
    /\ \A n, o \in Nodes : \A i \in DOMAIN channel[n][o] : channel[n][o][i] \in Message

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
