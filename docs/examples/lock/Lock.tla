-------------------------------- MODULE Lock --------------------------------
(***************************************************************************)
(* A lock server.  Clients ask for the lock; the server gives it to one of *)
(* those that have asked, when nobody holds it, in the order in which it   *)
(* has heard of them.                                                      *)
(*                                                                         *)
(* The network is reliable, and each of its messages is delivered once; a  *)
(* client that has the lock gives it back by a message too.                *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANT Clients

VARIABLES
    queue,      \* the clients that the server has heard of, oldest first;
                \* the first of them has the lock, or is about to
    returned,   \* the clients whose message that gives it back is on its way
    state       \* of each client: "idle", "waiting" or "holding"

vars == <<queue, returned, state>>

TypeOK ==
    /\ queue \in Seq(Clients)
    /\ returned \subseteq Clients
    /\ state \in [Clients -> {"idle", "waiting", "holding"}]

Init ==
    /\ queue = <<>>
    /\ returned = {}
    /\ state = [c \in Clients |-> "idle"]

(***************************************************************************)
(* Client c asks for the lock.                                             *)
(***************************************************************************)
Ask(c) ==
    /\ state[c] = "idle"
    /\ state' = [state EXCEPT ![c] = "waiting"]
    /\ UNCHANGED <<queue, returned>>

(***************************************************************************)
(* The server hears of it.                                                 *)
(***************************************************************************)
Enqueue(c) ==
    /\ state[c] = "waiting"
    /\ ~\E i \in DOMAIN queue : queue[i] = c
    /\ queue' = Append(queue, c)
    /\ UNCHANGED <<returned, state>>

(***************************************************************************)
(* Client c learns that the lock is its own.                               *)
(***************************************************************************)
Enter(c) ==
    /\ state[c] = "waiting"
    /\ queue # <<>> /\ Head(queue) = c /\ c \notin returned
    /\ state' = [state EXCEPT ![c] = "holding"]
    /\ UNCHANGED <<queue, returned>>

(***************************************************************************)
(* Client c gives the lock back.                                           *)
(***************************************************************************)
Leave(c) ==
    /\ state[c] = "holding"
    /\ state' = [state EXCEPT ![c] = "idle"]
    /\ returned' = returned \cup {c}
    /\ UNCHANGED queue

(***************************************************************************)
(* The server hears of that, and turns to the next.                        *)
(***************************************************************************)
Dequeue(c) ==
    /\ c \in returned
    /\ queue # <<>> /\ Head(queue) = c
    /\ queue' = Tail(queue)
    /\ returned' = returned \ {c}
    /\ UNCHANGED state

Next == \E c \in Clients : Ask(c) \/ Enqueue(c) \/ Enter(c) \/ Leave(c) \/ Dequeue(c)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* What the lock is for.                                                   *)
(***************************************************************************)
MutualExclusion == Cardinality({c \in Clients : state[c] = "holding"}) <= 1
=============================================================================
