-------------------------------- MODULE Paxos --------------------------------
(***************************************************************************)
(* Single-decree Paxos: consensus by messages, over disks.                 *)
(*                                                                         *)
(* THE PROBLEM.  To choose one value (module Consensus), although the      *)
(* network loses, repeats and reorders messages and every node may crash   *)
(* at any time and come back with nothing but its disk.                    *)
(*                                                                         *)
(* THE IDEA is that of module Voting: a vote for v in ballot b only when   *)
(* no other value can be chosen below b.  A proposer finds out in phase 1: *)
(* it asks the acceptors to promise not to take part below b any more, and *)
(* to tell the last vote that they have cast.  Once a phase 1 quorum has   *)
(* promised, the proposer must propose the value of the last of their      *)
(* votes, and is free only if there is none.  In phase 2 it asks the       *)
(* acceptors to accept, and the value is chosen as soon as a phase 2       *)
(* quorum has: nobody needs to know that yet.  Learners find out.          *)
(*                                                                         *)
(* SOURCES.  L. Lamport, The Part-Time Parliament, ACM TOCS 16(2), 1998,   *)
(* section 2.3 (the basic protocol, steps 1 to 6), and Paxos Made Simple,  *)
(* ACM SIGACT News 32(4), 2001, sections 2.2 to 2.5, whose names are used: *)
(* proposer, acceptor, learner; prepare, promise, accept, accepted.  For   *)
(* quorums of two kinds see module Voting.                                 *)
(*                                                                         *)
(* SYSTEM MODEL.  Asynchronous network, no bound on delays or on how long  *)
(* a node is down.  Nodes fail by crashing and lie to nobody.  Disks keep  *)
(* what an fsync has covered.                                              *)
(*                                                                         *)
(* THE GRAIN is that of code: each action is one input (a request, a       *)
(* message, a timer, an fsync that ended) handled by one node in one step. *)
(* What the step writes goes to the end of the node's log, and is durable  *)
(* only after a later Sync.  What it sends leaves only when all that the   *)
(* node has written is durable; until then the message is held, and a      *)
(* crash loses it.                                                         *)
(*                                                                         *)
(* DURABLE are an acceptor's promises and votes, and the ballots that a    *)
(* proposer has used (Paxos Made Simple, sections 2.2 and 2.5).  A learner *)
(* has nothing to keep: what has been chosen can be found out again.       *)
(*                                                                         *)
(* DEPARTURES from the papers.  An acceptor that refuses says so (Nack):   *)
(* Paxos Made Simple recommends it at the end of section 2.2, the          *)
(* Part-Time Parliament in 2.4, and only speed depends on it.  A prepare   *)
(* that comes again is answered again (there it is ignored), so that it    *)
(* can be resent.  An acceptor votes in a ballot above its promise too, as *)
(* in Paxos Made Simple; in the Part-Time Parliament (step 4) only in the  *)
(* one that it has promised.  A message is addressed to all who care for   *)
(* it: an Accept to all acceptors, not only to those who have promised,    *)
(* and Accepted to all learners (Paxos Made Simple, section 2.3, lets it   *)
(* go to a distinguished learner that tells the others).  Roles are nodes  *)
(* of their own here, and no node plays two (in section 2.5 each process   *)
(* plays all): what is read from a log is read from that of one role.  An  *)
(* acceptor's disk is a log of all that it has promised and voted for, of  *)
(* which the papers need the last.  The distinguished proposer (section    *)
(* 2.4) is not elected by this protocol: Progress says what follows once   *)
(* it is there.                                                            *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Values,             \* the values that clients ask for
    None,               \* no value
    Proposers,          \* the proposers
    Acceptors,          \* the acceptors
    Learners,           \* the learners
    Ballots,            \* the ballot numbers: Nat \ {0}; finite in models
    Owner(_)            \* the proposer to which a ballot number belongs

ASSUME None \notin Values
ASSUME Ballots \subseteq Nat \ {0}
ASSUME \A b \in Ballots : Owner(b) \in Proposers
ASSUME Cardinality(Acceptors) \in Nat \ {0}          \* finitely many, and one at least
ASSUME Proposers \cap Acceptors = {} /\ (Proposers \cup Acceptors) \cap Learners = {}

Nodes == Proposers \cup Acceptors \cup Learners

-----------------------------------------------------------------------------
(***************************************************************************)
(* Quorums.  A model can replace either kind.  Those of the two kinds are  *)
(* to meet (module Voting, QuorumsMeet); without a vote nothing is chosen; *)
(* and a phase 1 quorum and one acceptor more are a phase 1 quorum, since  *)
(* a proposer goes by all promises that it has (module PaxosMessages).     *)
(***************************************************************************)
Majorities == {Q \in SUBSET Acceptors : 2 * Cardinality(Q) > Cardinality(Acceptors)}

Phase1Quorums == Majorities
Phase2Quorums == Majorities

ASSUME \A Q \in Phase1Quorums, A \in SUBSET Acceptors : Q \cup A \in Phase1Quorums
ASSUME {} \notin Phase2Quorums

(***************************************************************************)
(* Votes: a ballot and a value.  NoVote is that of one who has not voted.  *)
(***************************************************************************)
Vote   == [bal : Ballots, val : Values]
NoVote == [bal |-> 0, val |-> None]

(***************************************************************************)
(* Messages.                                                               *)
(*   Prepare   proposer -> acceptors   (1a) promise, for ballot bal        *)
(*   Promise   acceptor -> Owner(bal)  (1b) promised; vote is the last     *)
(*   Accept    proposer -> acceptors   (2a) vote for val in ballot bal     *)
(*   Accepted  acceptor -> learners    (2b) voted                          *)
(*   Nack      acceptor -> Owner(bal)  no: promised ballot `promised`      *)
(***************************************************************************)
Prepare  == [type : {"Prepare"}, bal : Ballots]
Promise  == [type : {"Promise"}, bal : Ballots, from : Acceptors, vote : Vote \cup {NoVote}]
Accept   == [type : {"Accept"}, bal : Ballots, val : Values]
Accepted == [type : {"Accepted"}, bal : Ballots, from : Acceptors, val : Values]
Nack     == [type : {"Nack"}, bal : Ballots, promised : Ballots]

Message == Prepare \cup Promise \cup Accept \cup Accepted \cup Nack

(***************************************************************************)
(* What a log says.  A proposer writes the ballots that it starts; an      *)
(* acceptor its promises, and its votes, each of which is a promise too; a *)
(* learner nothing.                                                        *)
(***************************************************************************)
Record ==
    [type : {"ballot", "promise"}, bal : Ballots]
    \cup [type : {"vote"}, bal : Ballots, val : Values]

LastBallot(l) ==
    LET bs == {l[i].bal : i \in DOMAIN l}
    IN  IF bs = {} THEN 0 ELSE CHOOSE b \in bs : \A c \in bs : c <= b

VotesIn(l) ==
    {[bal |-> l[i].bal, val |-> l[i].val] : i \in {j \in DOMAIN l : l[j].type = "vote"}}

LastVote(l) ==
    IF VotesIn(l) = {} THEN NoVote
    ELSE CHOOSE w \in VotesIn(l) : \A x \in VotesIn(l) : x.bal <= w.bal

-----------------------------------------------------------------------------
(***************************************************************************)
(* The rules on which the protocol stands, each with a name so that a      *)
(* model can replace it by a broken one.                                   *)
(***************************************************************************)
\* What may be proposed after the votes W were told with the promises: the
\* value of the last of them, and what the client wants only if there is none.
MayPropose(W, own) ==
    LET told == W \ {NoVote}
    IN  IF told = {} THEN {own}
        ELSE {w.val : w \in {x \in told : \A y \in told : y.bal <= x.bal}}

\* A message may leave a node that has written l records, d of them durable.
MayLeave(type, d, l) == d = l

\* An acceptor that has promised ballot p may vote in ballot b.
MayAccept(b, p) == b >= p

\* A ballot that needs no phase 1.  None does here; the lowest of all could
\* (Part-Time Parliament, section 2.1: nobody can have voted below it).
NeedsNoPhase1(b) == FALSE

\* What a crash leaves of a log l of which d records are durable.
Survives(l, d) == SubSeq(l, 1, d)

\* What a proposer takes from its log when it recovers: the last ballot used.
RecoverProposer(l) == LastBallot(l)

\* What an acceptor takes from its log when it recovers.
RecoverAcceptor(l) == [promised |-> LastBallot(l), vote |-> LastVote(l)]

(***************************************************************************)
(* What may go wrong, or happen at all.  A model can rule out each.        *)
(***************************************************************************)
MayRequest(p, v) == TRUE    \* a client may ask proposer p for v
MayTimeOut(p)    == TRUE    \* proposer p may tire of a ballot and start another
MayNack(a)       == TRUE    \* acceptor a says so when it refuses
MayCrash(n)      == TRUE    \* node n may crash
MayRecover(n)    == TRUE    \* node n may come back
MayLose(m)       == TRUE    \* the network may lose message m

-----------------------------------------------------------------------------
VARIABLES
    \* The network: messages on their way.  Receiving one leaves it there, so
    \* that it can be received again; order means nothing in a set.
    msgs,

    \* The disks.  log[n] is all that node n has written, of which the first
    \* durable[n] records survive a crash.  held[n] are the messages that wait
    \* for an fsync: each for the first `at` records to be durable.
    log, durable, held,

    \* Volatile: which nodes are up.
    up,

    \* Volatile, of a proposer: the value that a client asked it for, the last
    \* ballot that it has used or heard of, what it is doing in that ballot
    \* ("idle", "prepare", "accept"), the promises it has, and the value that it
    \* proposes.
    request, ballot, phase, promises, value,

    \* Volatile, of an acceptor: its promise and its last vote.
    promised, vote,

    \* Volatile, of a learner: the last vote that it heard of, of each acceptor,
    \* and the value that it knows to be chosen.
    heard, learned,

    \* History, in no node: all values that clients have asked for.
    requested

proposerVars == <<request, ballot, phase, promises, value>>
acceptorVars == <<promised, vote>>
learnerVars  == <<heard, learned>>
diskVars     == <<log, durable>>
vars == <<msgs, log, durable, held, up, request, ballot, phase, promises, value,
          promised, vote, heard, learned, requested>>

Durable(n) == SubSeq(log[n], 1, durable[n])

TypeOK ==
    /\ msgs \subseteq Message
    /\ \A n \in Nodes : \A i \in DOMAIN log[n] : log[n][i] \in Record
    /\ \A n \in Nodes : durable[n] \in 0..Len(log[n])
    /\ \A n \in Nodes : \A h \in held[n] :
          h.msg \in Message /\ h.at \in (durable[n] + 1)..Len(log[n])
    /\ up \in [Nodes -> BOOLEAN]
    /\ request \in [Proposers -> Values \cup {None}]
    /\ ballot \in [Proposers -> Ballots \cup {0}]
    /\ phase \in [Proposers -> {"idle", "prepare", "accept"}]
    /\ \A p \in Proposers : promises[p] \subseteq [from : Acceptors, vote : Vote \cup {NoVote}]
    /\ value \in [Proposers -> Values \cup {None}]
    /\ promised \in [Acceptors -> Ballots \cup {0}]
    /\ vote \in [Acceptors -> Vote \cup {NoVote}]
    /\ heard \in [Learners -> [Acceptors -> Vote \cup {NoVote}]]
    /\ learned \in [Learners -> Values \cup {None}]
    /\ requested \subseteq Values

Init ==
    /\ msgs = {}
    /\ log = [n \in Nodes |-> <<>>]
    /\ durable = [n \in Nodes |-> 0]
    /\ held = [n \in Nodes |-> {}]
    /\ up = [n \in Nodes |-> TRUE]
    /\ request = [p \in Proposers |-> None]
    /\ ballot = [p \in Proposers |-> 0]
    /\ phase = [p \in Proposers |-> "idle"]
    /\ promises = [p \in Proposers |-> {}]
    /\ value = [p \in Proposers |-> None]
    /\ promised = [a \in Acceptors |-> 0]
    /\ vote = [a \in Acceptors |-> NoVote]
    /\ heard = [l \in Learners |-> [a \in Acceptors |-> NoVote]]
    /\ learned = [l \in Learners |-> None]
    /\ requested = {}

(***************************************************************************)
(* Node n appends the records R (a sequence) to its log and sends m: now,  *)
(* if m may leave, or when all that n has written is durable.              *)
(***************************************************************************)
PersistAndSend(n, R, m) ==
    LET l == Len(log[n]) + Len(R)
    IN  /\ log' = [log EXCEPT ![n] = @ \o R]
        /\ IF MayLeave(m.type, durable[n], l)
           THEN /\ msgs' = msgs \cup {m}
                /\ UNCHANGED held
           ELSE /\ held' = [held EXCEPT ![n] = @ \cup {[at |-> l, msg |-> m]}]
                /\ UNCHANGED msgs
        /\ UNCHANGED durable

Send(n, m) == PersistAndSend(n, <<>>, m)

-----------------------------------------------------------------------------
(***************************************************************************)
(* A PROPOSER                                                              *)
(***************************************************************************)

(***************************************************************************)
(* A client asks proposer p for value v.  It proposes what it was asked    *)
(* for first; a crash makes it forget.                                     *)
(***************************************************************************)
Request(p, v) ==
    /\ up[p] /\ request[p] = None /\ MayRequest(p, v)
    /\ request' = [request EXCEPT ![p] = v]
    /\ requested' = requested \cup {v}
    /\ UNCHANGED <<msgs, log, durable, held, up, ballot, phase, promises, value>>
    /\ UNCHANGED <<acceptorVars, learnerVars>>

(***************************************************************************)
(* Phase 1a.  Proposer p starts ballot b, one of its own and higher than   *)
(* any that it has used or heard of, because it is idle or has waited long *)
(* enough for the last.  The ballot is on disk before the message leaves,  *)
(* so that p never uses it again; it would do to have it there before the  *)
(* Accept leaves (model prepare-at-once).  (Part-Time Parliament, step 1;  *)
(* Paxos Made Simple, phase 1 (a).)                                        *)
(***************************************************************************)
StartBallot(p, b) ==
    /\ up[p] /\ request[p] # None
    /\ Owner(b) = p /\ b > ballot[p]
    /\ phase[p] = "idle" \/ MayTimeOut(p)
    /\ ballot' = [ballot EXCEPT ![p] = b]
    /\ promises' = [promises EXCEPT ![p] = {}]
    /\ LET record == <<[type |-> "ballot", bal |-> b]>>
       IN  IF NeedsNoPhase1(b)
           THEN /\ phase' = [phase EXCEPT ![p] = "accept"]
                /\ value' = [value EXCEPT ![p] = request[p]]
                /\ PersistAndSend(p, record, [type |-> "Accept", bal |-> b, val |-> request[p]])
           ELSE /\ phase' = [phase EXCEPT ![p] = "prepare"]
                /\ value' = [value EXCEPT ![p] = None]
                /\ PersistAndSend(p, record, [type |-> "Prepare", bal |-> b])
    /\ UNCHANGED <<up, request, acceptorVars, learnerVars, requested>>

(***************************************************************************)
(* Phase 2a.  Proposer p receives a promise.  With the last one of a       *)
(* phase 1 quorum it proposes: the value of the last vote that it was told *)
(* of, or its own.  A promise for another ballot, or one too many, changes *)
(* nothing.  (Part-Time Parliament, step 3; Paxos Made Simple, phase       *)
(* 2 (a).)                                                                 *)
(***************************************************************************)
HandlePromise(p, m) ==
    /\ up[p] /\ m \in msgs /\ Owner(m.bal) = p
    /\ IF phase[p] = "prepare" /\ m.bal = ballot[p]
       THEN LET all == promises[p] \cup {[from |-> m.from, vote |-> m.vote]}
                who == {r.from : r \in all}
            IN  IF \E Q \in Phase1Quorums : Q \subseteq who
                THEN \E v \in MayPropose({r.vote : r \in all}, request[p]) :
                        /\ phase' = [phase EXCEPT ![p] = "accept"]
                        /\ promises' = [promises EXCEPT ![p] = {}]
                        /\ value' = [value EXCEPT ![p] = v]
                        /\ Send(p, [type |-> "Accept", bal |-> m.bal, val |-> v])
                ELSE /\ promises' = [promises EXCEPT ![p] = all]
                     /\ UNCHANGED <<msgs, log, durable, held, phase, value>>
       ELSE UNCHANGED <<msgs, log, durable, held, phase, promises, value>>
    /\ UNCHANGED <<up, request, ballot, acceptorVars, learnerVars, requested>>

(***************************************************************************)
(* Proposer p hears that an acceptor has promised a higher ballot.  It     *)
(* gives up its own, and the next one that it starts will be higher still. *)
(* (Paxos Made Simple, section 2.2; Part-Time Parliament, section 2.4.)    *)
(***************************************************************************)
HandleNack(p, m) ==
    /\ up[p] /\ m \in msgs /\ Owner(m.bal) = p
    /\ IF m.bal = ballot[p] /\ phase[p] # "idle"
       THEN /\ ballot' = [ballot EXCEPT ![p] = m.promised]
            /\ phase' = [phase EXCEPT ![p] = "idle"]
            /\ promises' = [promises EXCEPT ![p] = {}]
            /\ value' = [value EXCEPT ![p] = None]
       ELSE UNCHANGED <<ballot, phase, promises, value>>
    /\ UNCHANGED <<msgs, log, durable, held, up, request, acceptorVars, learnerVars, requested>>

(***************************************************************************)
(* Proposer p sends again what may have been lost.                         *)
(***************************************************************************)
Resend(p) ==
    /\ up[p] /\ phase[p] # "idle"
    /\ IF phase[p] = "prepare"
       THEN Send(p, [type |-> "Prepare", bal |-> ballot[p]])
       ELSE Send(p, [type |-> "Accept", bal |-> ballot[p], val |-> value[p]])
    /\ UNCHANGED <<up, proposerVars, acceptorVars, learnerVars, requested>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* AN ACCEPTOR                                                             *)
(***************************************************************************)

\* Acceptor a refuses ballot b, and says so or not.
Refuse(a, b) ==
    IF MayNack(a)
    THEN Send(a, [type |-> "Nack", bal |-> b, promised |-> promised[a]])
    ELSE UNCHANGED <<msgs, log, durable, held>>

(***************************************************************************)
(* Phase 1b.  Acceptor a is asked for a promise.  It promises a ballot     *)
(* that is higher than any before, and tells its last vote.  The ballot    *)
(* that it has promised already it promises again, unless it has voted in  *)
(* it; a lower one it refuses.  (Part-Time Parliament, step 2; Paxos Made  *)
(* Simple, phase 1 (b).)                                                   *)
(***************************************************************************)
HandlePrepare(a, m) ==
    /\ up[a] /\ m \in msgs
    /\ LET promise == [type |-> "Promise", bal |-> m.bal, from |-> a, vote |-> vote[a]]
       IN  IF m.bal > promised[a]
           THEN /\ promised' = [promised EXCEPT ![a] = m.bal]
                /\ PersistAndSend(a, <<[type |-> "promise", bal |-> m.bal]>>, promise)
           ELSE /\ UNCHANGED promised
                /\ IF m.bal < promised[a] THEN Refuse(a, m.bal)
                   ELSE IF m.bal > vote[a].bal THEN Send(a, promise)
                   ELSE UNCHANGED <<msgs, log, durable, held>>
    /\ UNCHANGED <<up, proposerVars, vote, learnerVars, requested>>

(***************************************************************************)
(* Phase 2b.  Acceptor a is asked for its vote.  It gives it unless it has *)
(* promised a higher ballot.  A vote that it has given it tells again.     *)
(* (Part-Time Parliament, step 4; Paxos Made Simple, phase 2 (b).)         *)
(***************************************************************************)
HandleAccept(a, m) ==
    /\ up[a] /\ m \in msgs
    /\ LET accepted == [type |-> "Accepted", bal |-> m.bal, from |-> a, val |-> m.val]
           cast     == [bal |-> m.bal, val |-> m.val]
       IN  IF cast = vote[a]
           THEN /\ Send(a, accepted)
                /\ UNCHANGED acceptorVars
           ELSE IF MayAccept(m.bal, promised[a])
           THEN /\ promised' = [promised EXCEPT ![a] = m.bal]
                /\ vote' = [vote EXCEPT ![a] = cast]
                /\ PersistAndSend(a, <<[type |-> "vote", bal |-> m.bal, val |-> m.val]>>, accepted)
           ELSE /\ Refuse(a, m.bal)
                /\ UNCHANGED acceptorVars
    /\ UNCHANGED <<up, proposerVars, learnerVars, requested>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* A LEARNER                                                               *)
(***************************************************************************)

(***************************************************************************)
(* Learner l hears of a vote.  Of each acceptor it keeps the last; once    *)
(* the last votes of a phase 2 quorum are in one ballot, their value is    *)
(* chosen, and l knows it.  (Paxos Made Simple, section 2.3.)              *)
(***************************************************************************)
HandleAccepted(l, m) ==
    /\ up[l] /\ m \in msgs
    /\ IF m.bal > heard[l][m.from].bal
       THEN /\ heard' = [heard EXCEPT ![l][m.from] = [bal |-> m.bal, val |-> m.val]]
            /\ IF \E Q \in Phase2Quorums : \A a \in Q : heard'[l][a].bal = m.bal
               THEN learned' = [learned EXCEPT ![l] = m.val]
               ELSE UNCHANGED learned
       ELSE UNCHANGED learnerVars
    /\ UNCHANGED <<msgs, log, durable, held, up, proposerVars, acceptorVars, requested>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* DISKS, CRASHES AND THE NETWORK                                          *)
(***************************************************************************)

(***************************************************************************)
(* One more record of node n is durable, and the messages that waited for  *)
(* it leave.  An fsync that covers several records is as many of these     *)
(* steps in a row.                                                         *)
(***************************************************************************)
Sync(n) ==
    /\ up[n] /\ durable[n] < Len(log[n])
    /\ durable' = [durable EXCEPT ![n] = @ + 1]
    /\ msgs' = msgs \cup {h.msg : h \in {g \in held[n] : g.at <= durable'[n]}}
    /\ held' = [held EXCEPT ![n] = {g \in @ : g.at > durable'[n]}]
    /\ UNCHANGED <<log, up, proposerVars, acceptorVars, learnerVars, requested>>

(***************************************************************************)
(* Node n loses its memory, the messages that it held, and what it wrote   *)
(* and no fsync covered.  (That a part of this survives although no fsync  *)
(* had ended is a Sync, and then a crash before anything is done.)         *)
(***************************************************************************)
Crash(n) ==
    /\ up[n] /\ MayCrash(n)
    /\ up' = [up EXCEPT ![n] = FALSE]
    /\ log' = [log EXCEPT ![n] = Survives(@, durable[n])]
    /\ held' = [held EXCEPT ![n] = {}]
    /\ request' = [p \in Proposers |-> IF p = n THEN None ELSE request[p]]
    /\ ballot' = [p \in Proposers |-> IF p = n THEN 0 ELSE ballot[p]]
    /\ phase' = [p \in Proposers |-> IF p = n THEN "idle" ELSE phase[p]]
    /\ promises' = [p \in Proposers |-> IF p = n THEN {} ELSE promises[p]]
    /\ value' = [p \in Proposers |-> IF p = n THEN None ELSE value[p]]
    /\ promised' = [a \in Acceptors |-> IF a = n THEN 0 ELSE promised[a]]
    /\ vote' = [a \in Acceptors |-> IF a = n THEN NoVote ELSE vote[a]]
    /\ heard' = [l \in Learners |-> IF l = n THEN [a \in Acceptors |-> NoVote] ELSE heard[l]]
    /\ learned' = [l \in Learners |-> IF l = n THEN None ELSE learned[l]]
    /\ UNCHANGED <<msgs, durable, requested>>

(***************************************************************************)
(* Node n comes back with what its log says, and no more.                  *)
(***************************************************************************)
Recover(n) ==
    /\ ~up[n] /\ MayRecover(n)
    /\ up' = [up EXCEPT ![n] = TRUE]
    /\ ballot' = [p \in Proposers |-> IF p = n THEN RecoverProposer(log[n]) ELSE ballot[p]]
    /\ promised' = [a \in Acceptors |->
                       IF a = n THEN RecoverAcceptor(log[n]).promised ELSE promised[a]]
    /\ vote' = [a \in Acceptors |-> IF a = n THEN RecoverAcceptor(log[n]).vote ELSE vote[a]]
    /\ UNCHANGED <<msgs, log, durable, held, request, phase, promises, value,
                   learnerVars, requested>>

(***************************************************************************)
(* The network loses a message.                                            *)
(***************************************************************************)
Lose(m) ==
    /\ m \in msgs /\ MayLose(m)
    /\ msgs' = msgs \ {m}
    /\ UNCHANGED <<log, durable, held, up, proposerVars, acceptorVars, learnerVars, requested>>

-----------------------------------------------------------------------------
Next ==
    \/ \E p \in Proposers, v \in Values : Request(p, v)
    \/ \E p \in Proposers, b \in Ballots : StartBallot(p, b)
    \/ \E p \in Proposers, m \in Promise : HandlePromise(p, m)
    \/ \E p \in Proposers, m \in Nack : HandleNack(p, m)
    \/ \E p \in Proposers : Resend(p)
    \/ \E a \in Acceptors, m \in Prepare : HandlePrepare(a, m)
    \/ \E a \in Acceptors, m \in Accept : HandleAccept(a, m)
    \/ \E l \in Learners, m \in Accepted : HandleAccepted(l, m)
    \/ \E n \in Nodes : Sync(n)
    \/ \E n \in Nodes : Crash(n)
    \/ \E n \in Nodes : Recover(n)
    \/ \E m \in Message : Lose(m)

(***************************************************************************)
(* FAIRNESS.  A step that a node can take for ever it takes (WF), and a    *)
(* message that is sent again and again is received in the end (SF).  No   *)
(* timeout of a ballot has to occur, and nobody has to crash or to         *)
(* recover.                                                                *)
(***************************************************************************)
StartBallotWhenIdle(p) ==
    phase[p] = "idle" /\ \E b \in Ballots : StartBallot(p, b)

HandlePromiseFrom(p, a, b)  == \E m \in {n \in Promise : n.from = a /\ n.bal = b} : HandlePromise(p, m)
HandlePrepareOf(a, b)       == \E m \in {n \in Prepare : n.bal = b} : HandlePrepare(a, m)
HandleAcceptOf(a, b)        == \E m \in {n \in Accept : n.bal = b} : HandleAccept(a, m)
HandleNackOf(p, b)          == \E m \in {n \in Nack : n.bal = b} : HandleNack(p, m)
HandleAcceptedFrom(l, a, b) == \E m \in {n \in Accepted : n.from = a /\ n.bal = b} : HandleAccepted(l, m)

Fairness ==
    /\ \A n \in Nodes : WF_vars(Sync(n))
    /\ \A p \in Proposers : WF_vars(StartBallotWhenIdle(p)) /\ WF_vars(Resend(p))
    /\ \A p \in Proposers, b \in Ballots : SF_vars(HandleNackOf(p, b))
    /\ \A p \in Proposers, a \in Acceptors, b \in Ballots : SF_vars(HandlePromiseFrom(p, a, b))
    /\ \A a \in Acceptors, b \in Ballots :
          SF_vars(HandlePrepareOf(a, b)) /\ SF_vars(HandleAcceptOf(a, b))
    /\ \A l \in Learners, a \in Acceptors, b \in Ballots : SF_vars(HandleAcceptedFrom(l, a, b))

Spec     == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)

(***************************************************************************)
(* Paxos implements voting: the votes are those on the acceptors' disks.   *)
(* What is not on disk yet, nobody has been told.                          *)
(***************************************************************************)
V == INSTANCE Voting WITH
        votes    <- [a \in Acceptors |-> VotesIn(Durable(a))],
        promised <- [a \in Acceptors |-> LastBallot(Durable(a))]

Refinement == V!Spec

(***************************************************************************)
(* The values chosen: those for which a phase 2 quorum has voted in one    *)
(* ballot, by the acceptors' disks.                                        *)
(***************************************************************************)
Chosen == V!chosen

(***************************************************************************)
(* Consistency: no two values are chosen.                                  *)
(***************************************************************************)
Consistency == \A v, w \in Chosen : v = w

(***************************************************************************)
(* Nontriviality: a value is chosen only if a client asked for it.         *)
(***************************************************************************)
Nontriviality == Chosen \subseteq requested

(***************************************************************************)
(* Learners learn only what is chosen (Paxos Made Simple, section 2.1, the *)
(* third of its requirements).                                             *)
(***************************************************************************)
LearnedIsChosen == \A l \in Learners : learned[l] # None => learned[l] \in Chosen

(***************************************************************************)
(* A node that is up knows what its log says: recovery forgets nothing     *)
(* and invents nothing.                                                    *)
(***************************************************************************)
LogAgreesWithMemory ==
    /\ \A a \in Acceptors : up[a] =>
          promised[a] = LastBallot(log[a]) /\ vote[a] = LastVote(log[a])
    /\ \A p \in Proposers : up[p] => ballot[p] >= LastBallot(log[p])

(***************************************************************************)
(* A proposer proposes one value in a ballot: what makes the ballot a name *)
(* for the value.                                                          *)
(***************************************************************************)
OneProposalPerBallot ==
    \A m, n \in msgs :
        m.type = "Accept" /\ n.type = "Accept" /\ m.bal = n.bal => m.val = n.val

(***************************************************************************)
(* Stability: what is chosen stays chosen, whatever crashes.               *)
(***************************************************************************)
Stability == [][Chosen \subseteq Chosen']_vars

(***************************************************************************)
(* LIVENESS.  A proposer p that is left alone: it is in some ballot b for  *)
(* good; and in some set S of acceptors, which has a quorum of either kind *)
(* in it, all stay up and nobody promises a higher ballot.  Then a value   *)
(* is chosen, and every learner that stays up in the end knows it in the   *)
(* end.  To see to it that one proposer is left alone is what a leader     *)
(* election is for (Paxos Made Simple, section 2.4), and none is perfect   *)
(* (see Consensus, FairSpec).                                              *)
(***************************************************************************)
HasQuorums(S) == \E P \in Phase1Quorums, Q \in Phase2Quorums : P \cup Q \subseteq S

LeftAlone(p, b, S) ==
    /\ phase[p] # "idle" /\ ballot[p] = b
    /\ \A n \in S \cup {p} : up[n]
    /\ \A a \in S : promised[a] <= b

Progress ==
    \A p \in Proposers, b \in Ballots, S \in {A \in SUBSET Acceptors : HasQuorums(A)} :
        <>[]LeftAlone(p, b, S) =>
            /\ <>(Chosen # {})
            /\ \A l \in Learners : <>[]up[l] => <>[](learned[l] # None)

(***************************************************************************)
(* What Paxos does NOT promise: that a value is chosen although proposers  *)
(* go on overtaking each other.  Model duel asks for it.                   *)
(***************************************************************************)
AlwaysChooses == <>(Chosen # {})

THEOREM V!QuorumsMeet /\ Spec =>
    /\ []TypeOK /\ []Consistency /\ []Nontriviality /\ []LearnedIsChosen
    /\ []LogAgreesWithMemory /\ []OneProposalPerBallot /\ Stability /\ Refinement
THEOREM V!QuorumsMeet /\ FairSpec => Progress
=============================================================================
