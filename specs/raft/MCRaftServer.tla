---------------------------- MODULE MCRaftServer -----------------------------
(***************************************************************************)
(* The models of RaftServer, and its rules broken.  Each turns on the      *)
(* features that it is about.                                              *)
(***************************************************************************)
EXTENDS RaftServerPromises, RaftServerParts, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model
CONSTANTS c1, c2            \* and for the clients

\* What the refinements need.
ASSUME InOrder

Never1(x)       == FALSE
Never2(x, y)    == FALSE
Never3(x, y, z) == FALSE

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is ruled out.                                                      *)
(***************************************************************************)
\* Who stands by itself, and up to which term.
NoTimeout(i, t)  == FALSE
OneTerm(i, t)    == t <= 1 /\ i = s1
TwoTerms(i, t)   == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2
S2Stands(i, t)   == t <= 2 /\ i = s2
S3Stands(i, t)   == t <= 2 /\ i = s3
OthersStand(i, t) == t <= 2 /\ i # s1

\* s1 leads term 1, and stands again in term 2; s2 in term 2 or 3.
StandAgain(i, t) == (i = s1 /\ t = 2) \/ (i = s2 /\ t \in {2, 3})

\* Each command is asked for once; no log has more than two requests.
Once(i, v)      == v \notin requested
AtMostTwo(i, v) == Cardinality({k \in DOMAIN log[i] : log[i][k].value # NoOp}) < 2

\* A request comes to the leader of term 2.
OnceInTerm2(i, v) == v \notin requested /\ currentTerm[i] = 2

\* A leader sends one entry at a time, and a heartbeat only when it has news of
\* what is committed.
OneByOne(i, j, n) ==
    n = IF matchIndex[i][j] = Len(log[i]) /\ commitIndex[i] > 0 THEN 0 ELSE 1

\* The same, and no heartbeats: what is committed followers learn with the next
\* entry.
OnlyNews(i, j, n) == n = 1

\* The same, and s1 sends to s2 alone.
S1ToS2(i, j, n)     == OneByOne(i, j, n) /\ i = s1 /\ j = s2
NewsFromS1ToS2(i, j, n) == n = 1 /\ i = s1 /\ j = s2

\* Nothing is sent; or by s2 alone, and only once it leads.
S2Sends(i, j, n) == n = 1 /\ i = s2
S2ToS3(i, j, n)  == n = 1 /\ i = s2 /\ j = s3
SendNothing(i, j, n) == FALSE

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

\* Requests: one of each client; one of c1; two of c1.
OneEach == {[client |-> c1, seq |-> 1], [client |-> c2, seq |-> 1]}
OneOfC1 == {[client |-> c1, seq |-> 1]}

\* Who crashes, refuses, falls silent, compacts, reads, beats.
OnlyS1(i) == i = s1
OnlyS2(i) == i = s2
OnlyS3(i) == i = s3
OnlyS1Compacts(i, k) == i = s1
OnlyS2Compacts(i, k) == i = s2
S1Reads(i, r) == i = s1

\* s1 sends heartbeats while real time is 0; is 1.  CONSTRAINTs of time.
S1AtOnce(i) == i = s1 /\ now = 0
S1AtTime1(i) == i = s1 /\ now = 1

\* ... is 1, in term 1.
S1InTerm1(i) == i = s1 /\ now = 1 /\ currentTerm[i] = 1

UpToTime0   == now = 0
UpToTime1   == now <= 1
UpToTime2   == now <= 2

\* Hand-overs, and changes of membership.
ToS2(i, j) == i = s1 /\ j = s2
ToS2S3(i, C, L)   == i = s1 /\ C = {s2, s3} /\ L = {}
ToS1S2(i, C, L)   == i = s1 /\ C = {s1, s2} /\ L = {}
ToS1(i, C, L)     == i = s1 /\ C = {s1} /\ L = {}
AtOnce(k, len) == TRUE

\* s3 stands, and s1 reads, once s1 has left s3 out of its configuration.
S3StandsRemoved(i, t)  == i = s3 /\ t <= 2 /\ ~IsVoter(s3, log[s1])
S1ReadsRemoved(i, r)   == i = s1 /\ ~IsVoter(s3, log[s1])

\* The network loses TimeoutNow and nothing else.
LoseTimeoutNow(m) == m.type = "TimeoutNow"

\* ... or what s1 would hear, and nothing else.
LoseToS1(m) == m.type # "RequestVote" /\ m.to = s1
NotS1(i)    == i # s1

\* One thing after the other, at s1: a request, a snapshot, a promotion of s2; then
\* reads and a hand-over.
RequestFirst(i, v)   == i = s1 /\ Len(log[i]) = 1
ThenSnapshot(i, k)   == i = s1 /\ k = 2
ThenPromote(i, C, L) == ToS1S2(i, C, L) /\ first[i] = 2
ThenRead(i, r)       == i = s1 /\ Len(log[i]) >= 3
ThenHandOver(i, j)   == ToS2(i, j) /\ Len(log[i]) >= 4
ThenBeat(i)          == i = s1 /\ Len(log[i]) >= 4

\* What the model looks at.  CONSTRAINTs.
LogsOfThree == \A i \in Servers : Len(log[i]) <= 3
LogsOfFour  == \A i \in Servers : Len(log[i]) <= 4

(***************************************************************************)
(* s1 leads term 1, and all others have heard from it.                     *)
(***************************************************************************)
EstablishedInit ==
    Raft!Established(s1) /\ OwnInit(IF TracksLeader THEN Servers \ {s1} ELSE {})

EstablishedSpec == EstablishedInit /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Properties of single models.                                            *)
(***************************************************************************)
ElectionSafety     == Raft!ElectionSafety
LeaderCompleteness == Raft!LeaderCompleteness

\* A leader that others hear is not deposed.
S1LeadsOn == role[s1] = "leader"

\* The replicated log, from a state that is not its first.
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex, first, replies>> \/ ReplicatedLog!Next]_vars

\* The same with reads.
QuickReadsRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex, first, reads>> \/ LogReads!ReadNext]_vars

\* A hand-over succeeds, when nobody else stands.
Work(i) ==
    \/ Sync(i) \/ SendTimeoutNow(i) \/ ReceiveTimeoutNow(i)
    \/ ReceiveRequestVote(i) \/ ReceiveRequestVoteResponse(i)
    \/ ReceiveAppendEntries(i) \/ ReceiveAppendEntriesResponse(i)
    \/ \E j \in Servers : Replicate(i, j)

WeaklyFairSpec == EstablishedSpec /\ \A i \in Servers : WF_vars(Work(i))

HandOverSucceeds == Transfer!Succeeds(s1, s2)

\* A leader that goes on checking steps down, once all others have crashed for good
\* and what they have said is lost.
AloneFromThen == EstablishedSpec /\ WF_vars(CheckQuorum(s1))
S1StepsDown   == <>[]Checks!Alone(s1) => <>(role[s1] # "leader")

(***************************************************************************)
(* What is reached: each of these is violated.                             *)
(***************************************************************************)
\* s2 is elected although all had heard from s1: by a hand-over.
NeverHandedOver == \A e \in elected : e.leader # s2

\* A request for votes reaches one who disregards it.
NeverDisregarded ==
    \A m \in Raft!Sent("RequestVote"), i \in Servers \ {s1} :
        ~(heard[i] /\ ~IsFlagged(m) /\ m.term > currentTerm[i])

\* A server has given up a hand-over after it has told its target to stand.
NeverGoesOn == \A i \in Servers : told[i] => target[i] # None

\* A server goes by a configuration that it has only as a snapshot.
NeverConfiguredBySnapshot ==
    \A i \in Servers : ConfigIndex(log[i]) > 0 => ConfigIndex(log[i]) > first[i]

\* A learner puts a snapshot in place of a log that lacks it.
NeverLearnsBySnapshot ==
    [][\A i \in Servers : first'[i] > Len(log[i]) => IsVoter(i, log'[i])]_vars

\* A leader confirms a read while its configuration is joint.
NeverReadJointly ==
    [][\A i \in Servers : IsJoint(Config(log[i])) => \A r \in Readers :
          reads[r].at = "waiting" /\ reads[r].server = i => reads'[r].at # "done"]_vars

\* A read that waits fails because its leader hands over.
IsFlaggedSent == \E m \in Raft!Sent("RequestVote") : IsFlagged(m)
NeverFailsByHandOver == \A r \in Readers : reads[r].at = "failed" => ~IsFlaggedSent

\* A request that a server has only as a snapshot is committed again.
NeverRetriedAfterSnapshot ==
    \A i \in Servers : \A a \in 1..first[i], b \in (first[i] + 1)..commitIndex[i] :
        log[i][a].value \in Values => log[i][a].value # log[i][b].value

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A leader keeps its lease when it hands over.
BrokenLeaseStays(hasTold, t) == TRUE

\* A leader that gives up a hand-over has its lease again.
BrokenLeaseReturns(hasTold, t) == t = None

\* A server that comes to a newer term forgets that it had heard from a leader,
\* as without leases.
BrokenForgetPromise(hasHeard) == FALSE

\* Leases that do not allow for drift.
BrokenLeaseLength == ElectionTimeout

\* A server that recovers has heard from nobody, as without leases.
BrokenHeardOnRecovery == FALSE

\* Requests for votes are disregarded although they have the flag of a hand-over.
BrokenIgnoreFlag(hasHeard, leads, flagged) == hasHeard \/ leads

\* No request for votes is disregarded.
BrokenDisregardNobody(hasHeard, leads, flagged) == FALSE

\* Any answer in the leader's term counts for its lease, a refusal of an earlier
\* heartbeat too.
BrokenCountsAsHeard(m, t) == m.term = t

\* A leader sends to all servers, whatever the configuration.
BrokenMembers(l) == Servers

\* A snapshot holds the state of the machine and no configuration.
BrokenImage(l, k) ==
    [x \in 1..k |-> IF l[x].value \in Configs THEN [l[x] EXCEPT !.value = NoOp] ELSE l[x]]

\* A snapshot holds the state of the machine and no sessions.
BrokenRestored(s) == [s EXCEPT !.last = Sessions!NoSessions.last]

\* The new voters alone confirm a read.
BrokenConfirmedByNew(Q, l) == Majority(Q, Config(l).new)

\* A leader leads on whomever it has heard.
BrokenLeadOn(Q, l) == TRUE

\* Learners count for CheckQuorum.
BrokenCountAll(Q, l) == 2 * Cardinality(Q) > Cardinality(Config(l).new)

\* A learner may be handed over to, and stands when it is told to.
BrokenIsTarget(i, l)     == i \in ConfigMembers(l)
BrokenAnyoneStands(i, l) == TRUE

\* Reads fail when the term of their leader is over, and not when it stops leading
\* before.
BrokenOnlyByTerm(leads, u, t) == u # t

\* The first index after a snapshot is taken for committed.
BrokenCommit(d) == d.first + 1

\* A leader appends a configuration before the last one is committed.
BrokenAppendConfig(k, c, t) == TRUE

\* A leader appends a configuration while it hands over.
BrokenAppendMeanwhile(k, c, t) == k <= c

\* A learner that lacks entries may become a voter.
BrokenMayVoteNext(k, len) == TRUE

\* A server that its latest configuration leaves out does not stand.
BrokenMayStand(i, l) == IsVoter(i, l)
=============================================================================
