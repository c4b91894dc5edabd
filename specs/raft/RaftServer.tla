----------------------------- MODULE RaftServer ------------------------------
(***************************************************************************)
(* A Raft server that has it all.                                          *)
(*                                                                         *)
(* Module Raft has ten extensions, each of which looks at one part of      *)
(* Ongaro's thesis alone.  A real server has most of them at once, and     *)
(* they meet: a lease is a promise not to vote, and a hand-over asks for   *)
(* votes.  This module joins them, says what happens where they meet, and  *)
(* is the one against which a server is held step by step.                 *)
(*                                                                         *)
(* HOW.  Each extension is an instance, and an action here is an action of *)
(* Raft or of one of them, with what it does to the variables of all       *)
(* others.  What they do then they have named themselves (Rest, Forget,    *)
(* Drop, Fail); all of that which follows when a leader leads no more is   *)
(* Settle, below.  Every action is one step of a server, or of what is     *)
(* around it (Tick, Crash, Lose, Invoke), and has as arguments what a      *)
(* trace can log.                                                          *)
(*                                                                         *)
(* FEATURES are turned on by a constant.  With one feature alone a server  *)
(* does what the extension allows: models server-only-... .  Membership by *)
(* single servers is not here (joint consensus can do all that it can);    *)
(* learners are part of the configuration (module Configurations).         *)
(*                                                                         *)
(* WHERE FEATURES MEET.                                                    *)
(*                                                                         *)
(* 1. Votes.  A server that hears from a leader in time (`heard`) says no  *)
(*    to a pre-vote (9.6).  With CheckQuorum or Lease it also disregards   *)
(*    RequestVote: it does not even take the term from it (4.2.3).  So     *)
(*    does a leader, which hears from itself; it finds out by CheckQuorum  *)
(*    or by a refusal that it is alone.  Without CheckQuorum a leader that *)
(*    nobody answers could keep its followers from electing another for    *)
(*    ever.  So whoever disregards votes should check quorums (6.2); but   *)
(*    safety does not depend on it, and Features may hold Lease without    *)
(*    CheckQuorum, as in most models of leases.  A server that was removed *)
(*    and does not know hears from no leader any more, once what was sent  *)
(*    before is through: entries, snapshots and heartbeats are for the     *)
(*    members of the latest configuration in the leader's log.  It asks    *)
(*    for votes, which any server may ask of any other, member or not      *)
(*    (4.1); those who stay disregard it.                                  *)
(*                                                                         *)
(* 2. Hand-over.  The target stands without a pre-vote, although it hears  *)
(*    from a leader, and its RequestVote has a flag that tells the others  *)
(*    not to disregard it: its leader has told it to (4.2.3).  The flag is *)
(*    a field `transfer`, which no other RequestVote has.                  *)
(*                                                                         *)
(* 3. Hand-over and lease.  TimeoutNow lets another be elected at once,    *)
(*    whatever the others have promised.  So a leader that has sent one    *)
(*    has no lease any more (`told`).  It has none for the rest of its     *)
(*    term, even if it gives up the hand-over and goes on: the message may *)
(*    still be on its way.  It can read by ReadIndex.                      *)
(*                                                                         *)
(* 4. Lease and terms.  In PreVote a server that comes to a newer term has *)
(*    heard from no leader in it.  With a lease that would break its       *)
(*    promise to the leader of the term before, which may not know of the  *)
(*    new term: it goes on to have heard.  And a server that recovers      *)
(*    takes itself to have heard (see Lease).                              *)
(*                                                                         *)
(* 5. Time.  Of the extensions only Lease has clocks.  Where it is on, a   *)
(*    leader is silent for i (LeaderSilent) no sooner than an election     *)
(*    timeout after i has heard from it, by the clock of i.  Elsewhere     *)
(*    LeaderSilent comes when it likes.                                    *)
(*                                                                         *)
(* 6. Heartbeats are one type of message, sent for a read or for the lease *)
(*    alone.  Each answer does all that it can: if the heartbeat was       *)
(*    accepted it confirms the read it was sent for and extends the lease, *)
(*    and any answer in the leader's term counts for CheckQuorum.          *)
(*                                                                         *)
(* 7. Membership.  Whatever counts a quorum (elections, pre-votes,         *)
(*    commitment, CheckQuorum, reads, leases) does so by the latest        *)
(*    configuration in the log of who counts.  That is safe for reads and  *)
(*    leases too: a leader is elected, and commits, by no quorum that does *)
(*    not meet this one.  Learners answer, and count for nothing.          *)
(*                                                                         *)
(* 8. Membership and hand-over.  The target is a voter.  While a hand-over *)
(*    goes on the leader appends nothing, neither requests nor             *)
(*    configurations, so that the target can catch up; nor does it take    *)
(*    reads, of either kind.  A leader whose removal is committed may stop *)
(*    from then on, hand-over or not; if it wants to choose its successor  *)
(*    it hands over earlier.                                               *)
(*                                                                         *)
(* 9. Snapshots stand for a prefix of the log, and hold what follows from  *)
(*    it: the state of the machine, the sessions, and the latest           *)
(*    configuration of the prefix.  A server that recovers, or is sent a   *)
(*    snapshot, goes by the configuration in snapshot and log.  Learners   *)
(*    are sent snapshots like voters.  To be sent one is to hear from the  *)
(*    leader.                                                              *)
(*                                                                         *)
(* 10. Reads that wait at a leader fail when it leads no more, for any     *)
(*    reason.                                                              *)
(*                                                                         *)
(* TO HOLD CODE AGAINST IT.  No server has the variables elected, chosen,  *)
(* requested, replies and floor, nor the `floor` inside reads, nor what is *)
(* left of a read that is done or has failed: these are history.  Nor has  *)
(* it now and steady, which are real time and what is known of clocks, or  *)
(* asked and open, which are the clients' own.  The part of a log of which *)
(* a server has only a snapshot is what was committed: chosen tells it.  A *)
(* server that disregards a message takes no step.                         *)
(***************************************************************************)
EXTENDS Integers, Configurations

CONSTANTS
    Features,           \* what is turned on
    Readers,            \* the reads that there may be
    Clients,            \* with sessions, Values are their requests
    Period,             \* see DriftingClocks
    ElectionTimeout     \* in ticks of a server's own clock

ASSUME Features \subseteq {"PreVote", "CheckQuorum", "Sessions", "ReadIndex", "Lease",
                           "Transfer", "Snapshot", "Membership"}

On(f) == f \in Features

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* PreVote: who asks, whose pre-votes it has, who has heard from a leader.
    asking, preVotes, heard,

    \* Of leaders.  CheckQuorum: whom they have heard; Transfer: to whom they hand
    \* over; and, of this module, whether they have told a server to stand.
    active, target, told,

    \* Snapshot: how much of its log a server has only as a snapshot.
    first,

    \* ReadIndex: what has become of each read, and who has confirmed it.
    reads, confirmed,

    \* Lease: time and clocks, when a server has heard from a leader, and when a
    \* leader sent what others have answered.
    now, hardware, steady, heardAt, ackedAt,

    \* Sessions: what clients have asked for, and were answered.
    asked, open, floor, replies

Raft      == INSTANCE Raft
PreVote   == INSTANCE PreVote
Checks    == INSTANCE CheckQuorum
Transfer  == INSTANCE Transfer
Snapshot  == INSTANCE Snapshot
ReadIndex == INSTANCE ReadIndex
Lease     == INSTANCE Lease
Sessions  == INSTANCE Sessions
Clocks    == INSTANCE DriftingClocks WITH Nodes <- Servers

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

preVars    == <<asking, preVotes, heard>>
leadVars   == <<active, target, told, reads, confirmed, ackedAt>>
clockVars  == <<now, hardware, steady>>
clientVars == <<asked, open, floor, replies>>
outerVars  == <<clockVars, clientVars>>

vars == <<raftVars, preVars, leadVars, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* RULES.  These replace rules of the modules that are joined; to put them *)
(* in place is up to the models, as those of Configurations: IsQuorum <-   *)
(* [Raft] ConfigQuorum, Members <- [Raft] ConfigMembers, MayStand <-       *)
(* [Raft] StillNeeded, IsInternal <- [Raft] IsNoRequest.                   *)
(***************************************************************************)
\* EmptyDisk, Write and RecoveredCommit of Raft.
ServerDisk        == Snapshot!SnapshotDisk
ServerWrite(d, r) == Snapshot!SnapshotWrite(d, r)
ServerCommit(d)   == Snapshot!SnapshotCommit(d)

\* HeardInNewTerm of PreVote: a promise to a leader outlives its term.
KeepsPromise(hasHeard) == hasHeard /\ On("Lease")

(***************************************************************************)
(* The rules of this module.                                               *)
(***************************************************************************)
\* A server that has heard from a leader in time, or leads, disregards a request
\* for its vote, unless the request has the flag of a hand-over.
Disregards(hasHeard, leads, flagged) == (hasHeard \/ leads) /\ ~flagged

\* The request for votes r, of one who was told to stand.
Flagged(r) == [f \in DOMAIN r \cup {"transfer"} |-> IF f = "transfer" THEN TRUE ELSE r[f]]

\* A leader that has told a server to stand, or not, and has target t, may go by
\* its lease.
MayUseLease(hasTold, t) == ~hasTold

\* A leader may append a configuration when the last one is at index k, c is its
\* commit index, and t its target.
MayAppendConfig(k, c, t) == k <= c /\ t = None

\* A leader whose log is l may hand over to server i.
IsTarget(i, l) == IsVoter(i, l)

\* A server of whose log the leader knows that it matches up to index k may be a
\* voter, if the leader's log has len entries.
MayVoteNext(k, len) == k = len

\* What a server has of the sessions and the machine's state s when it goes by a
\* snapshot.
Restored(s) == s

\* A server that recovers takes itself to have heard from a leader, just before it
\* crashed: with leases it may have promised something then.
HeardOnRecovery == On("Lease")

\* What may happen, beside what the modules that are joined say (MaySilence,
\* MayBeat, MayPass, MayTransfer, MayGiveUp, MayCompact and those of Raft).
MayCheck(i)        == TRUE  \* leader i may check whom it has heard
MayPropose(i, C, L) == TRUE \* leader i may be asked for voters C and learners L
MayRead(i, r)      == TRUE  \* leader i may be asked to read by r

-----------------------------------------------------------------------------
\* MESSAGES, TYPES, AND THE FIRST STATE

\* Do I still lead?  For read r, or None; it carries the leader's clock.  To each
\* member of the configuration.
Heartbeats(i, r) ==
    {[type |-> "Heartbeat", term |-> currentTerm[i], from |-> i, to |-> j,
      read |-> r, at |-> hardware[i]] : j \in Raft!Members(log[i]) \ {i}}

IsHeartbeat(m) ==
    /\ m.term \in Nat /\ m.to \in Servers /\ m.read \in Readers \cup {None} /\ m.at \in Int
    /\ m.type = "HeartbeatResponse" => m.accepted \in BOOLEAN

IsFlagged(m) == "transfer" \in DOMAIN m

TypeOK ==
    /\ Raft!TypeOK
    /\ \A m \in msgs :
          /\ m.type \in {"PreVote", "PreVoteResponse"} => m \in PreVote!PreVoteMessage
          /\ m.type = "TimeoutNow" => m \in Transfer!TimeoutNow
          /\ m.type = "InstallSnapshot" => Snapshot!IsInstallSnapshot(m)
          /\ m.type \in {"Heartbeat", "HeartbeatResponse"} => IsHeartbeat(m)
    /\ asking \in [Servers -> BOOLEAN] /\ heard \in [Servers -> BOOLEAN]
    /\ preVotes \in [Servers -> SUBSET Servers]
    /\ active \in [Servers -> SUBSET Servers]
    /\ target \in [Servers -> Servers \cup {None}] /\ told \in [Servers -> BOOLEAN]
    /\ \A i \in Servers : first[i] \in 0..Len(log[i]) /\ disk[i].first \in 0..Len(disk[i].log)
    /\ \A r \in Readers : ReadIndex!IsRead(reads[r])
    /\ confirmed \in [Readers -> SUBSET Servers]
    /\ Clocks!ClocksTypeOK(now, hardware, steady)
    /\ heardAt \in [Servers -> Int] /\ ackedAt \in [Servers -> [Servers -> Int]]
    /\ asked \in [Clients -> Nat] /\ open \in [Clients -> BOOLEAN]
    /\ floor \in [Clients -> Nat]

\* The servers H have heard from a leader, and for the rest nothing has happened
\* yet.
OwnInit(H) ==
    /\ asking = [i \in Servers |-> FALSE]
    /\ preVotes = [i \in Servers |-> {}]
    /\ heard = [i \in Servers |-> i \in H]
    /\ active = [i \in Servers |-> {}]
    /\ target = [i \in Servers |-> None]
    /\ told = [i \in Servers |-> FALSE]
    /\ first = [i \in Servers |-> 0]
    /\ reads = [r \in Readers |-> ReadIndex!Idle]
    /\ confirmed = [r \in Readers |-> {}]
    /\ now = 0
    /\ hardware = [i \in Servers |-> 0]
    /\ steady = Clocks!SteadyAtStart
    /\ heardAt = [i \in Servers |-> 0]
    /\ ackedAt = [i \in Servers |-> Lease!Never]
    /\ asked = [c \in Clients |-> 0]
    /\ open = [c \in Clients |-> FALSE]
    /\ floor = [c \in Clients |-> 0]
    /\ replies = {}

\* With leases, no server votes before an election timeout is over: as after a
\* Recover.
Init == Raft!Init /\ OwnInit(IF On("Lease") THEN Servers ELSE {})

-----------------------------------------------------------------------------
\* WHAT FOLLOWS FOR THE OTHERS

(***************************************************************************)
(* What server i knew as the leader of its term it forgets when that is    *)
(* over.  Settled is what hangs on it but for `active`.                    *)
(***************************************************************************)
Settled(i) ==
    /\ Transfer!Drop(i) /\ ReadIndex!Fail(i) /\ Lease!Drop(i)
    /\ told' = [told EXCEPT ![i] = @ /\ role'[i] = "leader"]

Settle(i) == Checks!Forget(i) /\ Settled(i)

\* Leader i has answer m in its term.
HearsFrom(i, m) ==
    active' = IF On("CheckQuorum") THEN [active EXCEPT ![i] = Checks!HeardFrom(@, m)] ELSE active

\* Server i hears of term t, from somebody.
HearOf(i, t) == PreVote!RestIfNewer(i, t) /\ UNCHANGED heardAt

\* Server i has heard from the leader of term t, if that is not over.
TracksLeader == On("PreVote") \/ On("CheckQuorum") \/ On("Lease")

HearLeader(i, t) ==
    IF t >= currentTerm[i]
    THEN /\ PreVote!Rest(i, TracksLeader)
         /\ heardAt' = [heardAt EXCEPT ![i] = hardware[i]]
    ELSE UNCHANGED <<preVars, heardAt>>

\* The state of the machine at server i, with its sessions: that of its snapshot,
\* and what followed.
State(i) ==
    Sessions!ExecuteAll(
        Restored(Sessions!ExecuteAll(Sessions!NoSessions, UpTo(log[i], first[i]))),
        SubSeq(log[i], first[i] + 1, commitIndex[i]))

-----------------------------------------------------------------------------
\* ELECTIONS

(***************************************************************************)
(* Server i has heard from no leader for the least election timeout.       *)
(***************************************************************************)
LeaderSilent(i) ==
    /\ On("Lease") => Lease!MayElect(hardware[i], heardAt[i])
    /\ PreVote!LeaderSilent(i)
    /\ UNCHANGED <<leadVars, heardAt, first, outerVars>>

(***************************************************************************)
(* The election timer of server i runs out: it asks for pre-votes, or      *)
(* stands at once if it decides alone.                                     *)
(***************************************************************************)
AskForPreVotes(i) ==
    /\ On("PreVote")
    /\ PreVote!AskForPreVotes(i) /\ Settle(i)
    /\ UNCHANGED <<heardAt, first, outerVars>>

HandlePreVote(i, m) ==
    /\ PreVote!HandlePreVote(i, m) /\ Settle(i)
    /\ UNCHANGED <<heardAt, first, outerVars>>

HandlePreVoteResponse(i, m) ==
    /\ PreVote!HandlePreVoteResponse(i, m) /\ Settle(i)
    /\ UNCHANGED <<heardAt, first, outerVars>>

\* Without pre-votes, server i stands at once.
Timeout(i) ==
    /\ ~On("PreVote") /\ ~heard[i]
    /\ Raft!Timeout(i) /\ Settle(i)
    /\ UNCHANGED <<preVars, heardAt, first, outerVars>>

(***************************************************************************)
(* Server i is asked for its vote, and takes notice.                       *)
(***************************************************************************)
HandleRequestVote(i, m) ==
    /\ On("CheckQuorum") \/ On("Lease") =>
          ~Disregards(heard[i], role[i] = "leader", IsFlagged(m))
    /\ Raft!HandleRequestVote(i, m)
    /\ HearOf(i, m.term) /\ Settle(i)
    /\ UNCHANGED <<first, outerVars>>

HandleRequestVoteResponse(i, m) ==
    /\ Raft!HandleRequestVoteResponse(i, m)
    /\ HearOf(i, m.term) /\ Settle(i)
    /\ UNCHANGED <<first, outerVars>>

(***************************************************************************)
(* An election timeout has gone by since leader i checked last: it goes on *)
(* if it has heard from a quorum.                                          *)
(***************************************************************************)
CheckQuorum(i) ==
    /\ On("CheckQuorum") /\ MayCheck(i)
    /\ Checks!CheckQuorum(i) /\ Settled(i)
    /\ UNCHANGED <<preVars, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
\* REQUESTS AND THE LOG

(***************************************************************************)
(* Client c makes its next request (with sessions).                        *)
(***************************************************************************)
Invoke(c) ==
    /\ On("Sessions") /\ Sessions!Invoke(c)
    /\ UNCHANGED <<preVars, leadVars, heardAt, first, clockVars>>

(***************************************************************************)
(* Request v comes to leader i, which does not hand over.                  *)
(***************************************************************************)
ClientRequest(i, v) ==
    /\ Transfer!MayRequestWhile(target[i])
    /\ On("Sessions") => v.seq <= asked[v.client]
    /\ Raft!ClientRequest(i, v)
    /\ UNCHANGED <<preVars, leadVars, heardAt, first, outerVars>>

(***************************************************************************)
(* Leader i answers client c: its last request has taken effect.           *)
(***************************************************************************)
Reply(i, c) ==
    /\ On("Sessions") /\ Sessions!ReplyFrom(i, c, State(i))
    /\ UNCHANGED <<preVars, leadVars, heardAt, first, clockVars>>

(***************************************************************************)
(* Leader i sends server j the next n entries, which it has as entries.    *)
(***************************************************************************)
SendAppendEntries(i, j, n) ==
    /\ Snapshot!SendAppendEntries(i, j, n)
    /\ UNCHANGED <<preVars, leadVars, heardAt, outerVars>>

HandleAppendEntries(i, m) ==
    /\ Raft!HandleAppendEntries(i, m)
    /\ HearLeader(i, m.term) /\ Settle(i)
    /\ UNCHANGED <<first, outerVars>>

HandleAppendEntriesResponse(i, m) ==
    /\ Raft!HandleAppendEntriesResponse(i, m)
    /\ HearOf(i, m.term) /\ Settled(i)
    /\ IF role[i] = "leader" /\ m.term = currentTerm[i]
       THEN HearsFrom(i, m) ELSE Checks!Forget(i)
    /\ UNCHANGED <<first, outerVars>>

-----------------------------------------------------------------------------
\* SNAPSHOTS

(***************************************************************************)
(* Server i takes a snapshot of its state after entry k.                   *)
(***************************************************************************)
Compact(i, k) ==
    /\ On("Snapshot") /\ Snapshot!Compact(i, k)
    /\ UNCHANGED <<preVars, leadVars, heardAt, outerVars>>

(***************************************************************************)
(* Leader i sends its snapshot to server j, voter or learner, which needs  *)
(* what i has only so.                                                     *)
(***************************************************************************)
SendInstallSnapshot(i, j) ==
    /\ Snapshot!SendInstallSnapshot(i, j)
    /\ UNCHANGED <<preVars, leadVars, heardAt, outerVars>>

HandleInstallSnapshot(i, m) ==
    /\ Snapshot!HandleInstallSnapshot(i, m)
    /\ HearLeader(i, m.term) /\ Settle(i)
    /\ UNCHANGED outerVars

-----------------------------------------------------------------------------
\* HAND-OVER

(***************************************************************************)
(* Leader i is told to hand over to server j, a voter.                     *)
(***************************************************************************)
TransferLeadership(i, j) ==
    /\ On("Transfer") /\ IsTarget(j, log[i])
    /\ Transfer!TransferLeadership(i, j)
    /\ UNCHANGED <<preVars, active, told, reads, confirmed, ackedAt, heardAt, first, outerVars>>

(***************************************************************************)
(* The target of leader i has all that i has: it is told to stand.  From   *)
(* now on i has no lease.                                                  *)
(***************************************************************************)
SendTimeoutNow(i) ==
    /\ Transfer!SendTimeoutNow(i)
    /\ told' = [told EXCEPT ![i] = TRUE]
    /\ UNCHANGED <<preVars, active, reads, confirmed, ackedAt, heardAt, first, outerVars>>

(***************************************************************************)
(* Server i is told to stand: at once, without a pre-vote, and by requests *)
(* that are not disregarded.                                               *)
(***************************************************************************)
HandleTimeoutNow(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "TimeoutNow" /\ m.to = i
    /\ IF Transfer!Obeys(m.term, currentTerm[i], role[i]) /\ Raft!MayStand(i, log[i])
       THEN Raft!Stand(i, Flagged(Raft!VoteRequest(i))) /\ PreVote!Rest(i, FALSE)
       ELSE UNCHANGED <<raftVars, preVars>>
    /\ Settle(i)
    /\ UNCHANGED <<heardAt, first, outerVars>>

(***************************************************************************)
(* Leader i has waited for an election timeout: it goes on, without lease  *)
(* if it has told its target to stand.                                     *)
(***************************************************************************)
GiveUp(i) ==
    /\ Transfer!GiveUp(i)
    /\ UNCHANGED <<preVars, active, told, reads, confirmed, ackedAt, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
\* READS AND LEASES

(***************************************************************************)
(* Leader i holds a lease.                                                 *)
(***************************************************************************)
HoldsLease(i) == MayUseLease(told[i], target[i]) /\ Lease!HasLease(i)

(***************************************************************************)
(* A tick of real time goes by.                                            *)
(***************************************************************************)
Tick ==
    /\ On("Lease") /\ Lease!Tick
    /\ UNCHANGED <<preVars, active, target, told, reads, confirmed, first, clientVars>>

(***************************************************************************)
(* Leader i tells all members that it leads, for the sake of its lease.    *)
(***************************************************************************)
SendHeartbeat(i) ==
    /\ On("Lease") /\ up[i] /\ role[i] = "leader" /\ Lease!MayBeat(i)
    /\ Raft!Send(i, Heartbeats(i, None))
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested,
                   preVars, leadVars, heardAt, first, outerVars>>

(***************************************************************************)
(* Read r comes to leader i, which asks whether it still leads; or answers *)
(* at once from its state, if it has a lease.                              *)
(***************************************************************************)
Read(i, r) ==
    /\ On("ReadIndex") /\ MayRead(i, r) /\ Transfer!MayRequestWhile(target[i])
    /\ ReadIndex!Wait(i, r)
    /\ Raft!Send(i, Heartbeats(i, ReadIndex!Context(r, commitIndex[i])))
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested,
                   preVars, active, target, told, ackedAt, heardAt, first, outerVars>>

LeaseRead(i, r) ==
    /\ On("Lease") /\ MayRead(i, r) /\ Transfer!MayRequestWhile(target[i])
    /\ up[i] /\ role[i] = "leader" /\ HoldsLease(i)
    /\ Lease!MayRead(TermAt(log[i], commitIndex[i]), currentTerm[i])
    /\ reads[r] = ReadIndex!Idle
    /\ reads' = [reads EXCEPT ![r] = ReadIndex!Done(Len(chosen), commitIndex[i])]
    /\ UNCHANGED <<raftVars, preVars, active, target, told, confirmed, ackedAt,
                   heardAt, first, outerVars>>

(***************************************************************************)
(* Server i hears a heartbeat.  One of an earlier term it refuses.         *)
(***************************************************************************)
HandleHeartbeat(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "Heartbeat" /\ m.to = i
    /\ ~(role[i] = "leader" /\ m.term = currentTerm[i])            \* ElectionSafety
    /\ LET t == Raft!NewTerm(i, m.term)
       IN  Raft!PersistAndSend(i, t, Raft!NewVote(i, m.term), log[i],
              {[type |-> "HeartbeatResponse", term |-> t, from |-> i, to |-> m.from,
                accepted |-> m.term >= currentTerm[i], read |-> m.read, at |-> m.at]})
    /\ IF m.term >= currentTerm[i] THEN Raft!Become(i, "follower") ELSE UNCHANGED roleVars
    /\ HearLeader(i, m.term) /\ Settle(i)
    /\ UNCHANGED <<disk, up, commitVars, requested, first, outerVars>>

(***************************************************************************)
(* Leader i gets an answer in its term: that counts for CheckQuorum, and,  *)
(* if it says that i still leads, for the read and for the lease.  Or i    *)
(* hears of a later term.                                                  *)
(***************************************************************************)
HandleHeartbeatResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "HeartbeatResponse" /\ m.to = i
    /\ IF role[i] = "leader" /\ m.term = currentTerm[i]
       THEN /\ HearsFrom(i, m)
            /\ ackedAt' =
                  IF On("Lease") /\ Lease!CountsAsHeard(m, currentTerm[i])
                  THEN [ackedAt EXCEPT ![i][m.from] = Max(@, Lease!LeaseStart(m.at, hardware[i]))]
                  ELSE ackedAt
            /\ confirmed' =
                  LET R == {q \in Readers : /\ reads[q].at = "waiting" /\ reads[q].server = i
                                            /\ ReadIndex!Confirms(m, currentTerm[i])
                                            /\ ReadIndex!CountsFor(m.read, q)}
                  IN  [q \in Readers |-> IF q \in R THEN confirmed[q] \cup {m.from}
                                         ELSE confirmed[q]]
            /\ UNCHANGED <<raftVars, preVars, heardAt, reads, target, told>>
       ELSE /\ Raft!HearOf(i, m.term)
            /\ Raft!PersistAndSend(i, Raft!NewTerm(i, m.term), Raft!NewVote(i, m.term), log[i], {})
            /\ HearOf(i, m.term) /\ Settle(i)
            /\ UNCHANGED <<disk, up, commitVars, requested>>
    /\ UNCHANGED <<first, outerVars>>

(***************************************************************************)
(* Leader i answers read r, which a quorum has confirmed.                  *)
(***************************************************************************)
ReadReply(i, r) ==
    /\ ReadIndex!ReadReply(i, r)
    /\ UNCHANGED <<preVars, active, target, told, ackedAt, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
\* MEMBERSHIP

\* Leader i appends configuration c.
AppendConfig(i, c) ==
    /\ MayAppendConfig(ConfigIndex(log[i]), commitIndex[i], target[i])
    /\ Raft!PersistAndSend(i, currentTerm[i], votedFor[i],
          Append(log[i], Entry(currentTerm[i], c)), {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested,
                   preVars, leadVars, heardAt, first, outerVars>>

(***************************************************************************)
(* Leader i is asked to change over to voters C and learners L.  New       *)
(* voters were learners, and have caught up.                               *)
(***************************************************************************)
ChangeConfig(i, C, L) ==
    /\ On("Membership") /\ up[i] /\ role[i] = "leader" /\ MayPropose(i, C, L)
    /\ LET c == Config(log[i])
       IN  /\ ~IsJoint(c) /\ C \cap L = {} /\ <<C, L>> # <<c.new, c.learners>>
           /\ \A j \in C \ c.new : MayVoteNext(matchIndex[i][j], Len(log[i]))
           /\ AppendConfig(i, FirstStep(c, C, L))

(***************************************************************************)
(* Leader i knows that the joint configuration is committed: the new       *)
(* voters alone come next.                                                 *)
(***************************************************************************)
LeaveJoint(i) ==
    /\ up[i] /\ role[i] = "leader" /\ IsJoint(Config(log[i]))
    /\ AppendConfig(i, LastStep(Config(log[i])))

(***************************************************************************)
(* Leader i has committed a configuration in which it does not vote: it    *)
(* has led until here without counting itself, and stops.                  *)
(***************************************************************************)
StepDown(i) ==
    /\ up[i] /\ role[i] = "leader"
    /\ ~IsVoter(i, log[i]) /\ ConfigIndex(log[i]) <= commitIndex[i]
    /\ Raft!Become(i, "follower") /\ Settle(i)
    /\ UNCHANGED <<persistVars, disk, up, commitVars, requested,
                   preVars, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
\* DISKS, CRASHES AND THE NETWORK

Sync(i) ==
    /\ Raft!Sync(i) /\ Settle(i)
    /\ UNCHANGED <<preVars, heardAt, first, outerVars>>

Crash(i) ==
    /\ Raft!Crash(i) /\ PreVote!Rest(i, FALSE) /\ Settle(i)
    /\ first' = [first EXCEPT ![i] = 0]
    /\ UNCHANGED <<heardAt, outerVars>>

(***************************************************************************)
(* Server i comes back with what its disk says: the snapshot, and the log  *)
(* after it.  With leases it may have promised something to a leader.      *)
(***************************************************************************)
Recover(i) ==
    /\ Raft!Recover(i) /\ PreVote!Rest(i, HeardOnRecovery)
    /\ first' = [first EXCEPT ![i] = Snapshot!RecoveredFirst(disk[i])]
    /\ heardAt' = [heardAt EXCEPT ![i] = Lease!HeardBeforeCrash(hardware[i])]
    /\ UNCHANGED <<leadVars, outerVars>>

Lose(m) ==
    /\ Raft!Lose(m)
    /\ UNCHANGED <<preVars, leadVars, heardAt, first, outerVars>>

-----------------------------------------------------------------------------
\* What can be received is what was sent.
ReceivePreVote(i)               == \E m \in Raft!Sent("PreVote") : HandlePreVote(i, m)
ReceivePreVoteResponse(i) ==
    \E m \in Raft!Sent("PreVoteResponse") : HandlePreVoteResponse(i, m)
ReceiveRequestVote(i)           == \E m \in Raft!Sent("RequestVote") : HandleRequestVote(i, m)
ReceiveRequestVoteResponse(i) ==
    \E m \in Raft!Sent("RequestVoteResponse") : HandleRequestVoteResponse(i, m)
ReceiveAppendEntries(i)         == \E m \in Raft!Sent("AppendEntries") : HandleAppendEntries(i, m)
ReceiveAppendEntriesResponse(i) ==
    \E m \in Raft!Sent("AppendEntriesResponse") : HandleAppendEntriesResponse(i, m)
ReceiveInstallSnapshot(i) ==
    \E m \in Raft!Sent("InstallSnapshot") : HandleInstallSnapshot(i, m)
ReceiveTimeoutNow(i)            == \E m \in Raft!Sent("TimeoutNow") : HandleTimeoutNow(i, m)
ReceiveHeartbeat(i)             == \E m \in Raft!Sent("Heartbeat") : HandleHeartbeat(i, m)
ReceiveHeartbeatResponse(i) ==
    \E m \in Raft!Sent("HeartbeatResponse") : HandleHeartbeatResponse(i, m)

Replicate(i, j) == \E n \in 0..Len(log[i]) : SendAppendEntries(i, j, n)
TakeSnapshot(i) == \E k \in DOMAIN log[i] : Compact(i, k)
LoseAny         == \E m \in msgs : Lose(m)

Reconfigure(i) ==
    On("Membership") /\ \E C \in SUBSET Servers \ {{}}, L \in SUBSET Servers : ChangeConfig(i, C, L)

Next ==
    \/ \E i \in Servers : LeaderSilent(i)
    \/ \E i \in Servers : AskForPreVotes(i)
    \/ \E i \in Servers : ReceivePreVote(i)
    \/ \E i \in Servers : ReceivePreVoteResponse(i)
    \/ \E i \in Servers : Timeout(i)
    \/ \E i \in Servers : ReceiveRequestVote(i)
    \/ \E i \in Servers : ReceiveRequestVoteResponse(i)
    \/ \E i \in Servers : CheckQuorum(i)
    \/ \E c \in Clients : Invoke(c)
    \/ \E i \in Servers, v \in Values : ClientRequest(i, v)
    \/ \E i \in Servers, c \in Clients : Reply(i, c)
    \/ \E i, j \in Servers : Replicate(i, j)
    \/ \E i \in Servers : ReceiveAppendEntries(i)
    \/ \E i \in Servers : ReceiveAppendEntriesResponse(i)
    \/ \E i \in Servers : TakeSnapshot(i)
    \/ \E i, j \in Servers : SendInstallSnapshot(i, j)
    \/ \E i \in Servers : ReceiveInstallSnapshot(i)
    \/ \E i, j \in Servers : TransferLeadership(i, j)
    \/ \E i \in Servers : SendTimeoutNow(i)
    \/ \E i \in Servers : ReceiveTimeoutNow(i)
    \/ \E i \in Servers : GiveUp(i)
    \/ Tick
    \/ \E i \in Servers : SendHeartbeat(i)
    \/ \E i \in Servers, r \in Readers : Read(i, r)
    \/ \E i \in Servers, r \in Readers : LeaseRead(i, r)
    \/ \E i \in Servers : ReceiveHeartbeat(i)
    \/ \E i \in Servers : ReceiveHeartbeatResponse(i)
    \/ \E i \in Servers, r \in Readers : ReadReply(i, r)
    \/ \E i \in Servers : Reconfigure(i)
    \/ \E i \in Servers : LeaveJoint(i)
    \/ \E i \in Servers : StepDown(i)
    \/ \E i \in Servers : Sync(i)
    \/ \E i \in Servers : Crash(i)
    \/ \E i \in Servers : Recover(i)
    \/ LoseAny

Spec == Init /\ [][Next]_vars
=============================================================================
