------------------------------ MODULE MultiPaxos ------------------------------
(***************************************************************************)
(* MultiPaxos: a replicated log by a stable leader, over disks.            *)
(*                                                                         *)
(* THE PROBLEM.  Servers are to agree on one growing log and to run a      *)
(* state machine through it (module ReplicatedLog), although the network   *)
(* loses, repeats and reorders messages and every server may crash at any  *)
(* time and come back with nothing but its disk.                           *)
(*                                                                         *)
(* THE IDEA.  Each place of the log, an instance, is decided by Paxos.     *)
(* Phase 1 does not depend on what is to be proposed.  So a server that    *)
(* wants to lead goes through it once, for all instances: it asks the      *)
(* others to promise a ballot, and is told all their votes in the          *)
(* instances that it does not know to be decided.  Where somebody has      *)
(* voted it must propose the value of the last vote; an instance in which  *)
(* nobody has, below one in which somebody has, is a gap, which it fills   *)
(* with a no-op; and all that comes after is free.  From then on a request *)
(* takes phase 2 alone: one round of messages, until somebody else leads.  *)
(*                                                                         *)
(* WHAT ELSE A REPLICATED LOG NEEDS.  The leader tells what is chosen      *)
(* (Commit).  One who has missed it asks (CatchUp).  Entries are applied   *)
(* in order, without gaps, and each request takes effect once although the *)
(* log may hold it twice.  A log cannot grow for ever: a snapshot of the   *)
(* state takes the place of its beginning, on disk and for those who ask   *)
(* for what is no longer there.                                            *)
(*                                                                         *)
(* SOURCES.  L. Lamport, The Part-Time Parliament, ACM TOCS 16(2), 1998,   *)
(* section 3.1 (the multi-decree parliament: steps 1 and 2 once for all    *)
(* decrees, and how gaps are filled) and Paxos Made Simple, ACM SIGACT     *)
(* News 32(4), 2001, section 3; T. Chandra, R. Griesemer and J. Redstone,  *)
(* Paxos Made Live, PODC 2007, sections 4.2 (catch-up) and 5.5             *)
(* (snapshots); R. van Renesse and D. Altinbuken, Paxos Made Moderately    *)
(* Complex, ACM Computing Surveys 47(3), 2015 (requests that the log holds *)
(* twice, section 2; state and garbage, section 4).  For quorums of two    *)
(* kinds see module Voting.  The messages and the disks are in module      *)
(* MultiPaxosData; what a server concludes from them, without looking at   *)
(* anything else, is in module MultiPaxosRules, which is to be read before *)
(* this one.  Reconfiguration is module MultiPaxosReconfig.                *)
(*                                                                         *)
(* SYSTEM MODEL.  Asynchronous network, no bound on delays or on how long  *)
(* a server is down.  Servers fail by crashing and lie to nobody.  Disks   *)
(* keep what an fsync has covered.                                         *)
(*                                                                         *)
(* THE GRAIN is that of code: each action is one input (a request, a       *)
(* message, a timer, an fsync that ended) handled by one server in one     *)
(* step.  What the step writes goes to the end of the server's unsynced    *)
(* records, and is durable only after a later Sync.  What it sends, to     *)
(* servers or to clients, leaves only when all that the server has written *)
(* is durable; until then it is held, and a crash loses it.                *)
(*                                                                         *)
(* DURABLE are promises, votes and the last snapshot.  A server that       *)
(* starts a ballot promises it, on disk: that keeps it from ever using it  *)
(* again.  What is chosen is not on disk: it can be found out again.       *)
(*                                                                         *)
(* DEPARTURES from the papers.  A server is proposer, acceptor and learner *)
(* in one, and sends to itself as it does to others.  Who promises a       *)
(* ballot leads no lower one any more.  Refusals are told (Nack).  That a  *)
(* server should lead is decided by no election here: any may start a      *)
(* ballot at any time, and Progress says what follows when it is left      *)
(* alone.  Messages are addressed to all who care for them.  A promise     *)
(* tells votes, and not what its sender knows to be chosen (Part-Time      *)
(* Parliament, section 3.1): to find that out is for CatchUp.  Reads go    *)
(* through the log like all else: neither bureaucrats and inquiries        *)
(* (sections 3.3.3 and 3.3.4) nor master leases (Paxos Made Live, section  *)
(* 5.2) are here.  Nor are disks that lose what they have kept (Paxos Made *)
(* Live, section 5.1).                                                     *)
(***************************************************************************)
EXTENDS MultiPaxosRules

-----------------------------------------------------------------------------
(***************************************************************************)
(* What may go wrong, or happen at all.  A model can rule out each.        *)
(***************************************************************************)
MayRequest(s, c) == TRUE    \* a client may ask server s for c
MayRepeat(s, c)  == TRUE    \* and again, while s is proposing it
MayTimeOut(s, b) == TRUE    \* server s may start ballot b although it is in another
MayNack(s)       == TRUE    \* server s says so when it refuses
MayAsk(s)        == TRUE    \* server s may ask for what it has missed
MaySnapshot(s)   == TRUE    \* server s may take a snapshot
MayDelay(s)      == TRUE    \* an fsync of server s may last longer than a step
MayCrash(s)      == TRUE    \* server s may crash
MayRecover(s)    == TRUE    \* server s may come back
MayLose(m)       == TRUE    \* the network may lose message m

-----------------------------------------------------------------------------
VARIABLES
    \* The network: messages on their way.  Receiving one leaves it there, so
    \* that it can be received again; order means nothing in a set.
    msgs,

    \* The disks.  disk[s] is what survives a crash of server s.  unsynced[s] are
    \* the records that it has written since.  held[s] are the messages that
    \* wait: each for the first `after` unsynced records to be durable.
    disk, unsynced, held,

    \* Volatile: which servers are up.
    up,

    \* In memory, what the disk will be once all is synced.
    promised, votes, snapshot,

    \* Volatile, of every server: what it knows to be chosen, up to where it has
    \* applied it, and the state of its machine: the commands in effect.
    learned, applied, state,

    \* Volatile, of one that leads or wants to, in the ballot that it has
    \* promised: how far it is ("idle", "prepare", "lead"), the promises that it
    \* has, what it has proposed, and who has voted for it.
    phase, promises, proposed, acks,

    \* History, in no server: what clients have asked for and were answered, the
    \* votes that have ever been on a disk, and what is chosen by them.
    invoked, replies, cast, chosen

diskVars    == <<msgs, disk, unsynced, held, replies, cast, chosen>>
memoryVars  == <<promised, votes, snapshot>>
learnerVars == <<learned, applied, state>>
leaderVars  == <<phase, promises, proposed, acks>>
vars        == <<msgs, disk, unsynced, held, up, promised, votes, snapshot, learned, applied,
                 state, phase, promises, proposed, acks, invoked, replies, cast, chosen>>

TypeOK ==
    /\ \A m \in msgs : IsMessage(m)
    /\ \A s \in Servers : IsDisk(disk[s]) /\ \A r \in Range(unsynced[s]) : IsRecord(r)
    /\ \A s \in Servers : \A h \in held[s] : h.after \in 1..Len(unsynced[s]) /\ IsMessage(h.msg)
    /\ up \in [Servers -> BOOLEAN]
    /\ promised \in [Servers -> Ballots \cup {0}]
    /\ votes \in [Servers -> [Instances -> Vote \cup {NoVote}]]
    /\ \A s \in Servers : IsSnapshot(snapshot[s])
    /\ learned \in [Servers -> [Instances -> Entries \cup {None}]]
    /\ applied \in [Servers -> Instances \cup {0}]
    /\ \A s \in Servers : Range(state[s]) \subseteq Commands
    /\ phase \in [Servers -> {"idle", "prepare", "lead"}]
    /\ \A s \in Servers : \A r \in promises[s] :
          r.from \in Servers /\ r.base \in Instances \cup {0} /\ \A w \in r.votes : IsVoteAt(w)
    /\ proposed \in [Servers -> [Instances -> Entries \cup {None}]]
    /\ acks \in [Servers -> [Instances -> SUBSET Servers]]
    /\ invoked \subseteq Commands
    /\ replies \subseteq [cmd : Commands, result : Nat \ {0}]
    /\ cast \subseteq [by : Servers, inst : Instances, bal : Ballots, val : Entries]
    /\ chosen \in [Instances -> SUBSET Entries]

Nobody == [i \in Instances |-> {}]

Init ==
    /\ msgs = {}
    /\ disk = [s \in Servers |-> EmptyDisk]
    /\ unsynced = [s \in Servers |-> <<>>]
    /\ held = [s \in Servers |-> {}]
    /\ up = [s \in Servers |-> TRUE]
    /\ promised = [s \in Servers |-> 0]
    /\ votes = [s \in Servers |-> NoVotes]
    /\ snapshot = [s \in Servers |-> NoSnapshot]
    /\ learned = [s \in Servers |-> Nothing]
    /\ applied = [s \in Servers |-> 0]
    /\ state = [s \in Servers |-> <<>>]
    /\ phase = [s \in Servers |-> "idle"]
    /\ promises = [s \in Servers |-> {}]
    /\ proposed = [s \in Servers |-> Nothing]
    /\ acks = [s \in Servers |-> Nobody]
    /\ invoked = {}
    /\ replies = {}
    /\ cast = {}
    /\ chosen = Nobody

-----------------------------------------------------------------------------
(***************************************************************************)
(* The pieces of which actions are made.                                   *)
(***************************************************************************)

\* Records R of server s have become durable.
BecomeDurable(s, R) ==
    LET new == {[by |-> s, inst |-> R[k].inst, bal |-> R[k].bal, val |-> R[k].val] :
                    k \in {j \in DOMAIN R : R[j].type = "vote"}}
        all == cast \cup new
        I   == {i \in {w.inst : w \in all} : \E w \in new : w.inst <= i}
    IN  /\ disk' = [disk EXCEPT ![s] = WriteAll(@, R)]
        /\ cast' = all
        /\ chosen' = Recount(all, chosen, I)

\* Messages M leave: replies to clients, all others into the network.
Leave(M) ==
    /\ msgs' = msgs \cup {m \in M : m.type # "Reply"}
    /\ replies' = replies \cup {[cmd |-> m.cmd, result |-> m.result] :
                                   m \in {n \in M : n.type = "Reply"}}

(***************************************************************************)
(* Server s writes the records R and sends the messages M, each now or     *)
(* when all that s has written is durable.  Assigns diskVars.              *)
(***************************************************************************)
PersistAndSend(s, R, M) ==
    IF MayDelay(s)
    THEN LET all  == unsynced[s] \o R
             Wait == {m \in M : ~MayLeave(m.type, all)}
         IN  /\ unsynced' = [unsynced EXCEPT ![s] = all]
             /\ held' = [held EXCEPT ![s] = @ \cup {[after |-> Len(all), msg |-> m] : m \in Wait}]
             /\ Leave(M \ Wait)
             /\ UNCHANGED <<disk, cast, chosen>>
    ELSE /\ BecomeDurable(s, R)
         /\ Leave(M)
         /\ UNCHANGED <<unsynced, held>>

Send(s, M) == PersistAndSend(s, <<>>, M)

\* Server s promises ballot b, and leads no lower one any more.
StepDown(s, b) ==
    /\ promised' = [promised EXCEPT ![s] = b]
    /\ IF b > promised[s]
       THEN /\ phase' = [phase EXCEPT ![s] = "idle"]
            /\ promises' = [promises EXCEPT ![s] = {}]
            /\ proposed' = [proposed EXCEPT ![s] = Nothing]
            /\ acks' = [acks EXCEPT ![s] = Nobody]
       ELSE UNCHANGED leaderVars

(***************************************************************************)
(* Server s, whose state is st after instance a, knows the log c: it       *)
(* applies what follows without a gap.  One that leads answers the clients *)
(* whose requests take effect, and sees to instances that it could not     *)
(* see to before.  Besides, it writes R and sends M.                       *)
(***************************************************************************)
Learn(s, c, a, st, R, M) ==
    LET n     == KnownUpTo(c, a)
        after == ApplyAll(st, Between(c, a, n))
        leads == phase[s] = "lead"
        due   == IF leads THEN Due(promises[s], c, n, proposed[s]) ELSE {}
        prop  == Proposing(promises[s], due, proposed[s])
        say   == IF leads THEN {ReplyMsg(after[k], after) : k \in (Len(st) + 1)..Len(after)} ELSE {}
    IN  /\ learned' = [learned EXCEPT ![s] = c]
        /\ applied' = [applied EXCEPT ![s] = n]
        /\ state' = [state EXCEPT ![s] = after]
        /\ proposed' = [proposed EXCEPT ![s] = prop]
        /\ PersistAndSend(s, R, M \cup say \cup Accepts(promised[s], due, prop))

-----------------------------------------------------------------------------
(***************************************************************************)
(* A LEADER                                                                *)
(***************************************************************************)

(***************************************************************************)
(* Phase 1a.  Server s starts ballot b, one of its own and higher than any *)
(* that it has promised, because it thinks that nobody leads.  It promises *)
(* the ballot itself.  (Part-Time Parliament, section 3.1: a president is  *)
(* newly elected; Paxos Made Simple, section 3.)                           *)
(***************************************************************************)
StartBallot(s, b) ==
    /\ up[s] /\ Owner(b) = s /\ b > promised[s]
    /\ phase[s] = "idle" \/ MayTimeOut(s, b)
    /\ promised' = [promised EXCEPT ![s] = b]
    /\ phase' = [phase EXCEPT ![s] = IF NeedsNoPhase1(b) THEN "lead" ELSE "prepare"]
    /\ promises' = [promises EXCEPT ![s] = {}]
    /\ proposed' = [proposed EXCEPT ![s] = Nothing]
    /\ acks' = [acks EXCEPT ![s] = Nobody]
    /\ PersistAndSend(s, <<PromiseRecord(b)>>,
          IF NeedsNoPhase1(b) THEN {}
          ELSE {PrepareMsg(b, applied[s]),
                PromiseMsg(b, s, snapshot[s].upTo, VotesAbove(votes[s], applied[s]))})
    /\ UNCHANGED <<up, votes, snapshot, learnerVars, invoked>>

(***************************************************************************)
(* Phase 2a for all that is left over.  Server s receives a promise.  With *)
(* the last one of a phase 1 quorum it leads: wherever it was told of      *)
(* votes it proposes the value of the last, and no-ops in between.  One    *)
(* that leads counts further promises as long as there are instances for   *)
(* which it has not got enough (after a reconfiguration).  (Part-Time      *)
(* Parliament, section 3.1; Paxos Made Simple, section 3: gaps are filled  *)
(* with commands that do nothing.)                                         *)
(***************************************************************************)
HandlePromise(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Promise" /\ Owner(m.bal) = s
    /\ IF /\ m.bal = promised[s] /\ m.from \notin Who(promises[s])
          /\ \/ phase[s] = "prepare"
             \/ phase[s] = "lead" /\ \E i \in Instances :
                   i > applied[s] /\ ~Covered(promises[s], learned[s], i)
       THEN LET P     == promises[s] \cup {[from |-> m.from, base |-> m.base, votes |-> m.votes]}
                leads == phase[s] = "lead" \/ Covered(P, learned[s], applied[s] + 1)
                due   == IF leads THEN Due(P, learned[s], applied[s], proposed[s]) ELSE {}
                prop  == Proposing(P, due, proposed[s])
            IN  /\ promises' = [promises EXCEPT ![s] = P]
                /\ phase' = [phase EXCEPT ![s] = IF leads THEN "lead" ELSE "prepare"]
                /\ proposed' = [proposed EXCEPT ![s] = prop]
                /\ Send(s, Accepts(m.bal, due, prop))
       ELSE UNCHANGED <<diskVars, phase, promises, proposed>>
    /\ UNCHANGED <<up, memoryVars, learnerVars, acks, invoked>>

(***************************************************************************)
(* Phase 2a for something new.  A client asks server s, which leads, for   *)
(* c, for the first time or again.  What has taken effect is answered at   *)
(* once; all else is proposed at the next free instance.  The leader need  *)
(* not look whether it is proposing c already: the log may hold c twice.   *)
(* (Part-Time Parliament, section 3.1; a server that does not lead sends   *)
(* the client to another, which is no step here.)                          *)
(***************************************************************************)
NextFree(s) ==
    1 + Largest({applied[s], Base(promises[s]), Top(promises[s])}
                \cup {i \in Instances : proposed[s][i] # None \/ learned[s][i] # None})

Request(s, c) ==
    /\ up[s] /\ phase[s] = "lead" /\ MayRequest(s, c)
    /\ invoked' = invoked \cup {c}
    /\ IF c \in Range(state[s])
       THEN /\ Send(s, {ReplyMsg(c, state[s])})
            /\ UNCHANGED proposed
       ELSE LET i == NextFree(s)
            IN  /\ i \in Instances
                /\ MayOpen(learned[s], applied[s], i)
                /\ NeedsNoPhase1(promised[s]) \/ Covered(promises[s], learned[s], i)
                /\ MayRepeat(s, c) \/ c \notin Range(proposed[s])
                /\ proposed' = [proposed EXCEPT ![s][i] = c]
                /\ Send(s, {AcceptMsg(promised[s], i, c)})
    /\ UNCHANGED <<up, memoryVars, learnerVars, phase, promises, acks>>

(***************************************************************************)
(* Server s, which leads, receives a vote.  With the last one of a phase 2 *)
(* quorum the value is chosen: s knows it, applies it when all before it   *)
(* is known, answers the client, and tells everybody.  (Part-Time          *)
(* Parliament, section 2.3, steps 5 and 6.)                                *)
(***************************************************************************)
HandleAccepted(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Accepted" /\ Owner(m.bal) = s
    /\ IF /\ phase[s] = "lead" /\ m.bal = promised[s]
          /\ m.inst > applied[s] /\ learned[s][m.inst] = None
       THEN LET A == acks[s][m.inst] \cup {m.from}
                v == proposed[s][m.inst]
            IN  IF \E Q \in Phase2Quorums(MembersUsed(learned[s], m.inst)) : Q \subseteq A
                THEN /\ acks' = [acks EXCEPT ![s][m.inst] = {}]
                     /\ Learn(s, [learned[s] EXCEPT ![m.inst] = v], applied[s], state[s],
                              <<>>, {CommitMsg(m.inst, v)})
                ELSE /\ acks' = [acks EXCEPT ![s][m.inst] = A]
                     /\ UNCHANGED <<diskVars, learnerVars, proposed>>
       ELSE UNCHANGED <<diskVars, learnerVars, proposed, acks>>
    /\ UNCHANGED <<up, memoryVars, phase, promises, invoked>>

(***************************************************************************)
(* Server s hears that somebody has promised a higher ballot.  It promises *)
(* it too, so that it gives up its own, and the next one that it starts    *)
(* will be higher still.  (Paxos Made Simple, section 2.2; Part-Time       *)
(* Parliament, section 2.4.)                                               *)
(***************************************************************************)
HandleNack(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Nack" /\ Owner(m.bal) = s
    /\ IF phase[s] # "idle" /\ m.bal = promised[s]
       THEN /\ StepDown(s, m.promised)
            /\ PersistAndSend(s, <<PromiseRecord(m.promised)>>, {})
       ELSE UNCHANGED <<diskVars, promised, leaderVars>>
    /\ UNCHANGED <<up, votes, snapshot, learnerVars, invoked>>

(***************************************************************************)
(* Server s sends again what may have been lost.                           *)
(***************************************************************************)
Resend(s) ==
    /\ up[s] /\ phase[s] # "idle"
    /\ IF phase[s] = "prepare"
       THEN Send(s, {PrepareMsg(promised[s], applied[s])})
       ELSE Send(s, Accepts(promised[s], {i \in Instances :
                        i > applied[s] /\ proposed[s][i] # None /\ learned[s][i] = None}, proposed[s]))
    /\ UNCHANGED <<up, memoryVars, learnerVars, leaderVars, invoked>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* AN ACCEPTOR                                                             *)
(***************************************************************************)

\* Server s refuses ballot b, and says so or not.
Refuse(s, b) == Send(s, IF MayNack(s) THEN {NackMsg(b, promised[s])} ELSE {})

(***************************************************************************)
(* Phase 1b.  Server s is asked for a promise.  It promises a ballot that  *)
(* is higher than any before, and tells all its votes in instances that    *)
(* the other does not know to be decided.  The ballot that it has promised *)
(* already it promises again, unless it has voted in it; a lower one it    *)
(* refuses.  (Part-Time Parliament, section 3.1.)                          *)
(***************************************************************************)
HandlePrepare(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Prepare"
    /\ LET promise == PromiseMsg(m.bal, s, snapshot[s].upTo, VotesAbove(votes[s], m.above))
       IN  IF m.bal > promised[s]
           THEN /\ StepDown(s, m.bal)
                /\ PersistAndSend(s, <<PromiseRecord(m.bal)>>, {promise})
           ELSE /\ UNCHANGED <<promised, leaderVars>>
                /\ IF m.bal < promised[s] THEN Refuse(s, m.bal)
                   ELSE IF \A i \in Instances : votes[s][i].bal < m.bal THEN Send(s, {promise})
                   ELSE UNCHANGED diskVars
    /\ UNCHANGED <<up, votes, snapshot, learnerVars, invoked>>

(***************************************************************************)
(* Phase 2b.  Server s is asked for its vote at an instance.  It gives it  *)
(* unless it has promised a higher ballot.  A vote that it has given it    *)
(* tells again.  Of instances before its snapshot it has nothing to say.   *)
(* (Part-Time Parliament, section 2.3, step 4.)                            *)
(***************************************************************************)
HandleAccept(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Accept"
    /\ LET accepted == AcceptedMsg(m.bal, m.inst, s)
           vote     == [bal |-> m.bal, val |-> m.val]
       IN  IF m.inst <= snapshot[s].upTo
           THEN UNCHANGED <<diskVars, promised, votes, leaderVars>>
           ELSE IF vote = votes[s][m.inst]
           THEN /\ Send(s, {accepted})
                /\ UNCHANGED <<promised, votes, leaderVars>>
           ELSE IF MayAccept(m.bal, promised[s])
           THEN /\ StepDown(s, m.bal)
                /\ votes' = [votes EXCEPT ![s][m.inst] = vote]
                /\ PersistAndSend(s, <<VoteRecord(m.bal, m.inst, m.val)>>, {accepted})
           ELSE /\ Refuse(s, m.bal)
                /\ UNCHANGED <<promised, votes, leaderVars>>
    /\ UNCHANGED <<up, snapshot, learnerVars, invoked>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* A REPLICA                                                               *)
(***************************************************************************)

(***************************************************************************)
(* Server s is told what is chosen at an instance (Part-Time Parliament,   *)
(* section 2.3, step 6; a decision, in Paxos Made Moderately Complex).     *)
(***************************************************************************)
HandleCommit(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Commit"
    /\ IF m.inst > applied[s] /\ learned[s][m.inst] = None
       THEN Learn(s, [learned[s] EXCEPT ![m.inst] = m.val], applied[s], state[s], <<>>, {})
       ELSE UNCHANGED <<diskVars, learnerVars, proposed>>
    /\ UNCHANGED <<up, memoryVars, phase, promises, acks, invoked>>

(***************************************************************************)
(* Server s asks for what it may have missed (Paxos Made Live, section     *)
(* 4.2: catch-up).                                                         *)
(***************************************************************************)
CatchUp(s) ==
    /\ up[s] /\ MayAsk(s)
    /\ Send(s, {AskMsg(applied[s])})
    /\ UNCHANGED <<up, memoryVars, learnerVars, leaderVars, invoked>>

(***************************************************************************)
(* Server s answers with all that it knows to be chosen after that         *)
(* instance; with its snapshot, if its log does not go back so far (Paxos  *)
(* Made Live, section 5.5).                                                *)
(***************************************************************************)
HandleAsk(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Ask"
    /\ LET told == [i \in Instances |-> Tell(learned[s][i], votes[s][i].val)]
       IN  Send(s, {CommitMsg(i, told[i]) : i \in {j \in Instances : j > m.above /\ told[j] # None}}
                   \cup IF snapshot[s].upTo > m.above THEN {SnapshotMsg(snapshot[s])} ELSE {})
    /\ UNCHANGED <<up, memoryVars, learnerVars, leaderVars, invoked>>

(***************************************************************************)
(* Server s takes a snapshot of its state: it writes it, and with it gives *)
(* up the votes and entries for which it stands (Paxos Made Live, section  *)
(* 5.5).                                                                   *)
(***************************************************************************)
TakeSnapshot(s) ==
    /\ up[s] /\ MaySnapshot(s)
    /\ LET point == SnapshotPoint(applied[s], votes[s])
           n == [upTo  |-> point,
                 state |-> state[s],
                 kept  |-> {[inst |-> i, val |-> learned[s][i]] :
                               i \in {j \in Instances : j <= point /\ Kept(learned[s][j])}}]
       IN  /\ point > snapshot[s].upTo
           /\ snapshot' = [snapshot EXCEPT ![s] = n]
           /\ votes' = [votes EXCEPT ![s] = VotesAfter(@, point)]
           /\ learned' = [learned EXCEPT ![s] = LogAfter(@, n)]
           /\ PersistAndSend(s, <<SnapshotRecord(n)>>, {})
    /\ UNCHANGED <<up, promised, applied, state, leaderVars, invoked>>

(***************************************************************************)
(* Server s receives a snapshot that is ahead of it: its state jumps       *)
(* there, and it goes on from there.                                       *)
(***************************************************************************)
HandleSnapshot(s, m) ==
    /\ up[s] /\ m \in msgs /\ m.type = "Snapshot"
    /\ LET n == m.snapshot
       IN  IF n.upTo > applied[s]
           THEN /\ snapshot' = [snapshot EXCEPT ![s] = n]
                /\ votes' = [votes EXCEPT ![s] = VotesAfter(@, n.upTo)]
                /\ Learn(s, LogAfter(learned[s], n), n.upTo, n.state, <<SnapshotRecord(n)>>, {})
           ELSE UNCHANGED <<diskVars, learnerVars, votes, snapshot, proposed>>
    /\ UNCHANGED <<up, promised, phase, promises, acks, invoked>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* DISKS, CRASHES AND THE NETWORK                                          *)
(***************************************************************************)

(***************************************************************************)
(* One more record of server s is durable, and the messages that waited    *)
(* for it leave.  An fsync that covers several records is as many of these *)
(* steps in a row.                                                         *)
(***************************************************************************)
Sync(s) ==
    /\ up[s] /\ unsynced[s] # <<>>
    /\ BecomeDurable(s, <<Head(unsynced[s])>>)
    /\ unsynced' = [unsynced EXCEPT ![s] = Tail(@)]
    /\ Leave({h.msg : h \in {g \in held[s] : g.after = 1}})
    /\ held' = [held EXCEPT ![s] = {[h EXCEPT !.after = @ - 1] : h \in {g \in @ : g.after > 1}}]
    /\ UNCHANGED <<up, memoryVars, learnerVars, leaderVars, invoked>>

(***************************************************************************)
(* Server s loses its memory, the messages that it held, and what it wrote *)
(* and no fsync covered.                                                   *)
(***************************************************************************)
Crash(s) ==
    /\ up[s] /\ MayCrash(s)
    /\ up' = [up EXCEPT ![s] = FALSE]
    /\ disk' = [disk EXCEPT ![s] = Survives(@)]
    /\ unsynced' = [unsynced EXCEPT ![s] = <<>>]
    /\ held' = [held EXCEPT ![s] = {}]
    /\ promised' = [promised EXCEPT ![s] = 0]
    /\ votes' = [votes EXCEPT ![s] = NoVotes]
    /\ snapshot' = [snapshot EXCEPT ![s] = NoSnapshot]
    /\ learned' = [learned EXCEPT ![s] = Nothing]
    /\ applied' = [applied EXCEPT ![s] = 0]
    /\ state' = [state EXCEPT ![s] = <<>>]
    /\ phase' = [phase EXCEPT ![s] = "idle"]
    /\ promises' = [promises EXCEPT ![s] = {}]
    /\ proposed' = [proposed EXCEPT ![s] = Nothing]
    /\ acks' = [acks EXCEPT ![s] = Nobody]
    /\ UNCHANGED <<msgs, invoked, replies, cast, chosen>>

(***************************************************************************)
(* Server s comes back with what its disk says, and no more: its state is  *)
(* that of its snapshot.                                                   *)
(***************************************************************************)
Recover(s) ==
    /\ ~up[s] /\ MayRecover(s)
    /\ up' = [up EXCEPT ![s] = TRUE]
    /\ LET d == Recovered(disk[s])
       IN  /\ promised' = [promised EXCEPT ![s] = d.promised]
           /\ votes' = [votes EXCEPT ![s] = d.votes]
           /\ snapshot' = [snapshot EXCEPT ![s] = d.snapshot]
           /\ learned' = [learned EXCEPT ![s] = LogAfter(Nothing, d.snapshot)]
           /\ applied' = [applied EXCEPT ![s] = d.snapshot.upTo]
           /\ state' = [state EXCEPT ![s] = d.snapshot.state]
    /\ UNCHANGED <<diskVars, leaderVars, invoked>>

(***************************************************************************)
(* The network loses a message.                                            *)
(***************************************************************************)
Lose(m) ==
    /\ m \in msgs /\ MayLose(m)
    /\ msgs' = msgs \ {m}
    /\ UNCHANGED <<disk, unsynced, held, up, memoryVars, learnerVars, leaderVars, invoked,
                   replies, cast, chosen>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* All steps.  What can be received is what was sent: the names below are  *)
(* those that a model checker shows.                                       *)
(***************************************************************************)
Sent(type) == {m \in msgs : m.type = type}

ReceivePromise(s)  == \E m \in Sent("Promise") : HandlePromise(s, m)
ReceiveAccepted(s) == \E m \in Sent("Accepted") : HandleAccepted(s, m)
ReceiveNack(s)     == \E m \in Sent("Nack") : HandleNack(s, m)
ReceivePrepare(s)  == \E m \in Sent("Prepare") : HandlePrepare(s, m)
ReceiveAccept(s)   == \E m \in Sent("Accept") : HandleAccept(s, m)
ReceiveCommit(s)   == \E m \in Sent("Commit") : HandleCommit(s, m)
ReceiveAsk(s)      == \E m \in Sent("Ask") : HandleAsk(s, m)
ReceiveSnapshot(s) == \E m \in Sent("Snapshot") : HandleSnapshot(s, m)
LoseAny            == \E m \in msgs : Lose(m)

Next ==
    \/ \E s \in Servers, b \in Ballots : StartBallot(s, b)
    \/ \E s \in Servers : ReceivePromise(s)
    \/ \E s \in Servers, c \in Commands : Request(s, c)
    \/ \E s \in Servers : ReceiveAccepted(s)
    \/ \E s \in Servers : ReceiveNack(s)
    \/ \E s \in Servers : Resend(s)
    \/ \E s \in Servers : ReceivePrepare(s)
    \/ \E s \in Servers : ReceiveAccept(s)
    \/ \E s \in Servers : ReceiveCommit(s)
    \/ \E s \in Servers : CatchUp(s)
    \/ \E s \in Servers : ReceiveAsk(s)
    \/ \E s \in Servers : TakeSnapshot(s)
    \/ \E s \in Servers : ReceiveSnapshot(s)
    \/ \E s \in Servers : Sync(s)
    \/ \E s \in Servers : Crash(s)
    \/ \E s \in Servers : Recover(s)
    \/ LoseAny

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)

(***************************************************************************)
(* MultiPaxos implements the replicated log: what is committed is what is  *)
(* chosen at the first instances, without a gap.                           *)
(***************************************************************************)
Log       == ChosenMap(chosen)
Committed == Between(Log, 0, KnownUpTo(Log, 0))

R == INSTANCE ReplicatedLog WITH
        Replicas <- Servers, Internal <- {NoOp}, log <- Committed

Refinement == R!Spec

(***************************************************************************)
(* Consistency: no two values are chosen at an instance.                   *)
(***************************************************************************)
Consistency == \A i \in Instances : \A v, w \in chosen[i] : v = w

(***************************************************************************)
(* What is chosen is so by all votes that have ever been on a disk: none   *)
(* is chosen later than by its votes, when those who decide change, nor is *)
(* a choice undone by such a change.                                       *)
(***************************************************************************)
ChosenByVotes == \A i \in Instances : chosen[i] = ChosenBy(cast, chosen, i)

(***************************************************************************)
(* Nontriviality: a value is chosen only if a client asked for it, or if   *)
(* it does nothing.                                                        *)
(***************************************************************************)
Nontriviality == \A i \in Instances : chosen[i] \subseteq invoked \cup {NoOp}

(***************************************************************************)
(* Servers know only what is chosen, and have applied only that.           *)
(***************************************************************************)
LearnedIsChosen ==
    \A s \in Servers :
        /\ \A i \in Instances : learned[s][i] # None => learned[s][i] \in chosen[i]
        /\ applied[s] <= Len(Committed)

(***************************************************************************)
(* Each state is the one after as many instances as the server says, in    *)
(* memory and in snapshots.  So all agree, and nothing takes effect twice. *)
(***************************************************************************)
IsStateAfter(st, n) ==
    n <= Len(Committed) /\ st = Effects(SubSeq(Committed, 1, n), Commands)

AppliedAgree ==
    \A s \in Servers :
        /\ IsStateAfter(state[s], applied[s])
        /\ \A n \in {snapshot[s], disk[s].snapshot} : IsStateAfter(n.state, n.upTo)

(***************************************************************************)
(* At most once: no command is in effect twice at a server.                *)
(***************************************************************************)
AtMostOnce ==
    \A s \in Servers : \A i, j \in DOMAIN state[s] : state[s][i] = state[s][j] => i = j

(***************************************************************************)
(* A leader proposes one value at an instance in a ballot.                 *)
(***************************************************************************)
OneProposalPerBallot ==
    \A m, n \in Sent("Accept") : m.bal = n.bal /\ m.inst = n.inst => m.val = n.val

(***************************************************************************)
(* What is chosen can be found: whichever phase 1 quorum promises next has *)
(* a member on whose disk it is, as a vote or in a snapshot.               *)
(***************************************************************************)
ChosenIsDurable ==
    \A i \in Instances : \A v \in chosen[i] :
        \A Q \in Phase1Quorums(Members(Log, i)) :
            \E s \in Q : disk[s].snapshot.upTo >= i \/ disk[s].votes[i].val = v

(***************************************************************************)
(* A server that is up knows what its disk will say.                       *)
(***************************************************************************)
MemoryAgreesWithDisk ==
    \A s \in Servers : up[s] =>
        WriteAll(disk[s], unsynced[s])
            = [promised |-> promised[s], votes |-> votes[s], snapshot |-> snapshot[s]]

(***************************************************************************)
(* Stability: what is committed stays committed, at its place; no promise  *)
(* and no snapshot on disk goes back, whatever crashes.  (What is chosen   *)
(* is a history, and does not look at the disks that there are: a disk     *)
(* that loses votes violates ChosenIsDurable.)                             *)
(***************************************************************************)
Stability ==
    [][/\ IsPrefix(Committed, Committed')
       /\ \A s \in Servers :
             /\ disk[s].promised <= disk'[s].promised
             /\ disk[s].snapshot.upTo <= disk'[s].snapshot.upTo]_vars

(***************************************************************************)
(* LIVENESS.  A server s that is left alone: it is in ballot b for good;   *)
(* and in some set S of servers, which has a quorum of either phase in it, *)
(* all stay up and nobody promises a higher ballot.  Then every request is *)
(* answered of which the client goes on asking (Retry).                    *)
(***************************************************************************)
HasQuorums(S) ==
    \E P \in Phase1Quorums(Servers), Q \in Phase2Quorums(Servers) : P \cup Q \subseteq S

LeftAlone(s, b, S) ==
    /\ phase[s] # "idle" /\ promised[s] = b
    /\ \A t \in S \cup {s} : up[t] /\ promised[t] <= b

Answered(c) == \E r \in replies : r.cmd = c

Progress ==
    \A s \in Servers, b \in Ballots, S \in {T \in SUBSET Servers : HasQuorums(T)} :
        <>[]LeftAlone(s, b, S) => \A c \in Commands : c \in invoked ~> Answered(c)

(***************************************************************************)
(* FAIRNESS.  An fsync ends, a message that a server can handle with       *)
(* effect for ever it handles, and a client asks until it is answered.     *)
(* Each kind of message of each sender in each ballot and at each instance *)
(* counts for itself: a server that had only to do something would be free *)
(* to see to later instances for ever, while a client repeats its request  *)
(* there.  No timeout of a ballot has to occur, and nobody has to crash or *)
(* to recover.                                                             *)
(***************************************************************************)
PromiseFrom(s, t, b) ==
    \E m \in Sent("Promise") : m.from = t /\ m.bal = b /\ HandlePromise(s, m)
AcceptedFrom(s, t, b, i) ==
    \E m \in Sent("Accepted") : m.from = t /\ m.bal = b /\ m.inst = i /\ HandleAccepted(s, m)
NackOf(s, b)      == \E m \in Sent("Nack") : m.bal = b /\ HandleNack(s, m)
PrepareOf(s, b)   == \E m \in Sent("Prepare") : m.bal = b /\ HandlePrepare(s, m)
AcceptAt(s, b, i) == \E m \in Sent("Accept") : m.bal = b /\ m.inst = i /\ HandleAccept(s, m)
CommitAt(s, i)    == \E m \in Sent("Commit") : m.inst = i /\ HandleCommit(s, m)
AskAfter(s, i)    == \E m \in Sent("Ask") : m.above = i /\ HandleAsk(s, m)

Retry(c) == c \in invoked /\ ~Answered(c) /\ \E s \in Servers : Request(s, c)

Fairness ==
    /\ \A s \in Servers : WF_vars(Sync(s)) /\ WF_vars(ReceiveSnapshot(s))
    /\ \A s \in Servers, b \in Ballots : WF_vars(PrepareOf(s, b)) /\ WF_vars(NackOf(s, b))
    /\ \A s, t \in Servers, b \in Ballots : WF_vars(PromiseFrom(s, t, b))
    /\ \A s \in Servers, b \in Ballots, i \in Instances : WF_vars(AcceptAt(s, b, i))
    /\ \A s, t \in Servers, b \in Ballots, i \in Instances : WF_vars(AcceptedFrom(s, t, b, i))
    /\ \A s \in Servers, i \in Instances : WF_vars(CommitAt(s, i))
    /\ \A s \in Servers, i \in Instances \cup {0} : WF_vars(AskAfter(s, i))
    /\ \A c \in Commands : WF_vars(Retry(c))

FairSpec == Spec /\ Fairness

\* No message is lost.  (Where some are, Resend and CatchUp have to be fair too,
\* and each message that is sent again and again has to arrive: see Paxos,
\* Fairness.)
NothingLost == [][msgs \subseteq msgs']_vars

THEOREM QuorumsMeet /\ Spec =>
    /\ []TypeOK /\ []Consistency /\ []ChosenByVotes /\ []Nontriviality /\ []LearnedIsChosen
    /\ []AppliedAgree /\ []AtMostOnce /\ []OneProposalPerBallot /\ []ChosenIsDurable
    /\ []MemoryAgreesWithDisk /\ Stability /\ Refinement

\* The log must not come to an end before every request has got a place.  (That of
\* a model has one; it is long enough for all that its few ballots and commands can
\* come to.)
THEOREM QuorumsMeet /\ Instances = Nat \ {0} /\ FairSpec /\ NothingLost => Progress
=============================================================================
