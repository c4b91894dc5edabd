----------------------------- MODULE MCTransfer ------------------------------
(***************************************************************************)
(* The models of Transfer, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Transfer, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

\* s1 may stand in term 1, s2 in term 2.
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* Each command is asked for once.
Once(i, v) == v \notin requested

\* A leader sends one entry at a time, and a heartbeat only when it has news of
\* what is committed.
OneByOne(i, j, n) ==
    n = IF matchIndex[i][j] = Len(log[i]) /\ commitIndex[i] > 0 THEN 0 ELSE 1

\* The same, and no heartbeats: what is committed followers learn with the next
\* entry.
OnlyNews(i, j, n) == n = 1

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

LeaderCompleteness == Raft!LeaderCompleteness

OnlyS3(i) == i = s3

\* s1 hands over to s2, and s2 to s3.
ToS2(i, j)      == i = s1 /\ j = s2
ToTheNext(i, j) == ToS2(i, j) \/ (i = s2 /\ j = s3)

\* Nobody stands but who is told to.
NoTimeout(i, t) == FALSE

\* The same where Timeout is possible, as an ACTION_CONSTRAINT: to obey and to
\* time out at that moment are the same step.
OnlyWhoIsTold ==
    \A i \in Servers :
        currentTerm'[i] > currentTerm[i] /\ votedFor'[i] = i =>
            \E m \in Raft!Sent("TimeoutNow") : m.to = i /\ m.term = currentTerm[i]

\* s1 sends to s3 alone: s2 lacks what s3 has.
OnlyToS3(i, j, n) == j = s3 /\ OneByOne(i, j, n)

EstablishedInit == Raft!Established(s1) /\ target = [i \in Servers |-> None]
EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe /\ OnlyLeadersHandOver

\* Each step is one of Raft.  (Of behaviours that start later than Raft.)
StepsOfRaft == [][Core!Next]_(Core!vars)

\* A hand-over succeeds, when nobody else stands.
Work(i) ==
    \/ Sync(i) \/ SendTimeoutNow(i) \/ ReceiveTimeoutNow(i)
    \/ ReceiveRequestVote(i) \/ ReceiveRequestVoteResponse(i)
    \/ ReceiveAppendEntries(i) \/ ReceiveAppendEntriesResponse(i)
    \/ \E j \in Servers : Replicate(i, j)

WeaklyFairSpec == EstablishedSpec /\ \A i \in Servers : WF_vars(Work(i))

HandOverSucceeds == Succeeds(s1, s2)

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The target is told to stand although it is behind.
BrokenIsCaughtUp(k, len) == TRUE

\* The leader goes on taking requests, and the target may lack what it has taken
\* since it told the target to stand.
BrokenMayRequestWhile(t) == TRUE

\* A server stands whenever it is told to, by a message of any term.
BrokenObeys(u, t, r) == TRUE

\* A leader may be told to hand over to itself.
BrokenTargets(i, l) == Raft!Members(l)

\* A server that leads no more keeps its target.
BrokenTargetAfter(t, leads) == t

\* Servers vote for a candidate that is behind (as one might for a target).
BrokenUpToDate(lastIndex, lastTerm, l) == TRUE

\* Not so: a leader goes on after a hand-over has come to nothing.
NeverGivesUp == [][target[s1] # None /\ role'[s1] = "leader" => target'[s1] = target[s1]]_vars
=============================================================================
