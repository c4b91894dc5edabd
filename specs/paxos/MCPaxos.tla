------------------------------ MODULE MCPaxos ------------------------------
(***************************************************************************)
(* The models of Paxos: what they rule out, and the broken rules that its  *)
(* properties must catch.  Each .cfg beside this file is one model.        *)
(***************************************************************************)
EXTENDS Paxos, TLC

CONSTANTS p1, p2, v1, v2    \* names for the proposers and values of a model

\* Odd ballots belong to p1, even ones to p2.
OddEven(b) == IF b % 2 = 1 THEN p1 ELSE p2

\* Every proposer its own value.
OwnValue(p, v) == v = IF p = p1 THEN v1 ELSE v2

Never1(x)   == FALSE
Always1(x)  == TRUE

OnlyAcceptors(n) == n \in Acceptors
OnlyProposers(n) == n \in Proposers

\* One acceptor may crash, and does not come back; learners may crash and recover.
OneAndLearners(n) == n \in Learners \/ n = CHOOSE a \in Acceptors : TRUE
OnlyLearners(n)   == n \in Learners

OnlyToAcceptors(m) == m.type \in {"Prepare", "Accept"}

\* Acceptors are interchangeable.
Symmetry == Permutations(Acceptors)

\* At most one record of a node waits for its fsync.
OneUnsynced == \A n \in Nodes : Len(log[n]) <= durable[n] + 1

(***************************************************************************)
(* Flexible quorums: all must promise, and then any one can choose; and    *)
(* the other way round.                                                    *)
(***************************************************************************)
All    == {Acceptors}
Anyone == {{a} : a \in Acceptors}
Some   == SUBSET Acceptors \ {{}}

(***************************************************************************)
(* Quorums are the sets with one acceptor in them that is in all: the      *)
(* smallest system in which a proposer can be told of different votes.     *)
(***************************************************************************)
WithOne == LET one == CHOOSE a \in Acceptors : TRUE
           IN  {Q \in SUBSET Acceptors : one \in Q}

(***************************************************************************)
(* The lowest ballot needs no phase 1: nobody can have voted below it.     *)
(***************************************************************************)
LowestNeedsNoPhase1(b) == \A c \in Ballots : b <= c

(***************************************************************************)
(* A prepare need not wait for its ballot to be durable.  If a crash loses *)
(* the ballot and it is used again, nothing has been proposed in it: the   *)
(* Accept would have waited.                                               *)
(***************************************************************************)
PrepareAtOnce(type, d, l) == type = "Prepare" \/ d = l

(***************************************************************************)
(* A node that has work to do, for ever, does some.  When nobody crashes   *)
(* and no message is lost that is enough: each message is handled with     *)
(* effect a few times at most, so that a node comes to every one.          *)
(***************************************************************************)
Work(n) ==
    \/ Sync(n)
    \/ n \in Proposers /\ \/ StartBallotWhenIdle(n)
                          \/ \E m \in msgs \cap Promise : HandlePromise(n, m)
                          \/ \E m \in msgs \cap Nack : HandleNack(n, m)
    \/ n \in Acceptors /\ \/ \E m \in msgs \cap Prepare : HandlePrepare(n, m)
                          \/ \E m \in msgs \cap Accept : HandleAccept(n, m)
    \/ n \in Learners /\ \E m \in msgs \cap Accepted : HandleAccepted(n, m)

WeaklyFairSpec == Spec /\ \A n \in Nodes : WF_vars(Work(n))

(***************************************************************************)
(* Stability and Refinement, said in another way that TLC evaluates        *)
(* faster: both are about the disks, and most steps leave these alone.     *)
(***************************************************************************)
QuickStability == [][UNCHANGED diskVars \/ Chosen \subseteq Chosen']_vars
QuickRefinement ==
    V!Init /\ [][UNCHANGED diskVars \/ V!Next \/ UNCHANGED V!vars]_vars

(***************************************************************************)
(* Paxos without the loss of messages implements PaxosMessages, too.       *)
(***************************************************************************)
M == INSTANCE PaxosMessages WITH
        votes    <- [a \in Acceptors |-> VotesIn(Durable(a))],
        promised <- [a \in Acceptors |-> LastBallot(Durable(a))],
        msgs     <- {m \in msgs : m.type \in {"Promise", "Accept"}}

MessagesRefinement == M!Init /\ [][UNCHANGED <<msgs, diskVars>> \/ M!Next \/ UNCHANGED M!vars]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Duelling proposers: Paxos promises no termination, and here is why.     *)
(*                                                                         *)
(* Proposer p1 has its promises; before its Accept arrives, p2 gets the    *)
(* same acceptors to promise a higher ballot; p1 is refused, starts a      *)
(* higher one still, in time to have p2 refused; and so on for ever (Paxos *)
(* Made Simple, section 2.4).  Every node goes on taking steps, no message *)
(* is lost and nobody crashes.                                             *)
(*                                                                         *)
(* Such a run goes through infinitely many ballots, and a model has few.   *)
(* So model duel renumbers: nothing in Paxos depends on ballot numbers but *)
(* their order and their owners, so when nobody has voted and the lowest   *)
(* two ballots are behind everybody, all others may be called two less and *)
(* what is left of the lowest two forgotten (their messages are lost).     *)
(* With that the duel comes back to a state in which it has been, which is *)
(* what TLC looks for.                                                     *)
(***************************************************************************)
Period == 2                 \* OddEven(b + Period) = OddEven(b)

Lower(m) ==
    IF m.type = "Nack" THEN [m EXCEPT !.bal = @ - Period, !.promised = @ - Period]
                       ELSE [m EXCEPT !.bal = @ - Period]

LowerLog(l) ==
    IF LastBallot(l) <= Period THEN <<>>
    ELSE <<[l[Len(l)] EXCEPT !.bal = @ - Period]>>

Renumber ==
    /\ \A n \in Nodes : durable[n] = Len(log[n]) /\ held[n] = {}
    /\ \A a \in Acceptors : vote[a] = NoVote /\ promised[a] > Period
    /\ \A p \in Proposers : ballot[p] > Period
    /\ msgs' = {Lower(m) : m \in {n \in msgs : n.bal > Period}}
    /\ log' = [n \in Nodes |-> LowerLog(log[n])]
    /\ durable' = [n \in Nodes |-> Len(log'[n])]
    /\ ballot' = [p \in Proposers |-> ballot[p] - Period]
    /\ promised' = [a \in Acceptors |-> promised[a] - Period]
    /\ UNCHANGED <<held, up, request, phase, promises, value, vote, learnerVars, requested>>

(***************************************************************************)
(* Everybody does what there is to do, and clients ask.                    *)
(***************************************************************************)
DuelSpec ==
    /\ Init /\ [][Next \/ Renumber]_vars
    /\ WF_vars(Renumber)
    /\ \A n \in Nodes : WF_vars(Work(n))
    /\ \A p \in Proposers : WF_vars(\E v \in Values : Request(p, v))

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The proposer proposes its own value, whatever it was told.
BrokenOwnValue(W, own) == {own}

\* The value of any vote that it was told of, not of the last.
BrokenAnyVote(W, own) ==
    IF W \ {NoVote} = {} THEN {own} ELSE {w.val : w \in W \ {NoVote}}

\* The proposer proposes nothing.
BrokenMute(W, own) == {}

\* The proposer proposes what it likes.
BrokenInvent(W, own) == Values

\* A promise leaves before it is durable.
BrokenPromiseAtOnce(type, d, l) == type = "Promise" \/ d = l

\* A prepare and an accept leave before their ballot is durable.
BrokenBallotAtOnce(type, d, l) == type \in {"Prepare", "Accept"} \/ d = l

\* A vote is told before it is durable.
BrokenAcceptedAtOnce(type, d, l) == type = "Accepted" \/ d = l

\* Votes are cast below the promise.
BrokenAcceptBelow(b, p) == TRUE

\* A recovered proposer uses its ballots again.
BrokenReuseBallot(l) == 0

\* A recovered acceptor forgets what it has promised beyond its last vote.
BrokenForgetPromise(l) == [promised |-> LastVote(l).bal, vote |-> LastVote(l)]

\* No ballot has a phase 1.
BrokenNoPhase1(b) == TRUE

\* A disk that loses votes in a crash, and keeps the promises that they are.
BrokenSurvives(l, d) ==
    [i \in 1..d |-> IF l[i].type = "vote" THEN [type |-> "promise", bal |-> l[i].bal] ELSE l[i]]

\* A proposer that starts a ballot keeps the promises that it has of another.
BrokenOldPromises(p, b) ==
    /\ up[p] /\ request[p] # None
    /\ Owner(b) = p /\ b > ballot[p]
    /\ phase[p] = "idle" \/ MayTimeOut(p)
    /\ ballot' = [ballot EXCEPT ![p] = b]
    /\ phase' = [phase EXCEPT ![p] = "prepare"]
    /\ value' = [value EXCEPT ![p] = None]
    /\ PersistAndSend(p, <<[type |-> "ballot", bal |-> b]>>, [type |-> "Prepare", bal |-> b])
    /\ UNCHANGED <<up, request, promises, acceptorVars, learnerVars, requested>>

\* A crash of an acceptor leaves the messages that wait for records that it loses:
\* they leave when there are as many records again.
BrokenKeepHeld(n) ==
    /\ n \in Acceptors /\ up[n]
    /\ up' = [up EXCEPT ![n] = FALSE]
    /\ log' = [log EXCEPT ![n] = SubSeq(@, 1, durable[n])]
    /\ promised' = [promised EXCEPT ![n] = 0]
    /\ vote' = [vote EXCEPT ![n] = NoVote]
    /\ UNCHANGED <<msgs, durable, held, proposerVars, learnerVars, requested>>

\* The proposer proposes what is no value.
BrokenNothing(W, own) == {None}
=============================================================================
