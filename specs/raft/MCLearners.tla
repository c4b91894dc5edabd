----------------------------- MODULE MCLearners ------------------------------
(***************************************************************************)
(* The models of Learners, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Learners, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

\* s1 may stand in term 1, s2 in term 2.
OneTerm(i, t)  == t <= 1 /\ i = s1
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* Each command is asked for once.
Once(i, v) == v \notin requested

\* ... and only in term 2.
OnceInTerm2(i, v) == v \notin requested /\ currentTerm[i] = 2

\* A leader sends one entry at a time, and a heartbeat only when it has news of
\* what is committed.
OneByOne(i, j, n) ==
    n = IF matchIndex[i][j] = Len(log[i]) /\ commitIndex[i] > 0 THEN 0 ELSE 1

\* The same, and no heartbeats: what is committed followers learn with the next
\* entry.
OnlyNews(i, j, n) == n = 1

\* ... and s2, when it leads, sends to s3 alone.
NewsOfS2ToS3(i, j, n) == n = 1 /\ (i = s1 \/ j = s3)

\* Entries may be lost on their way, and nothing else.
LoseEntries(m) == m.type = "AppendEntries"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

\* The same, but for s3, whose fsyncs take their time.
SyncAtOnceButS3 ==
    (\E i \in Servers \ {s3} : unsynced[i] # <<>>)
        => \E i \in Servers \ {s3} : unsynced[i] # <<>> /\ disk'[i] # disk[i]

LeaderCompleteness == Raft!LeaderCompleteness

Nontriviality == Raft!Nontriviality

\* Refinement from any state on, and in a way that is faster to evaluate (see
\* RaftRefinesLog).
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex>> \/ ReplicatedLog!Next]_vars

NoFirstEntries(t) == <<>>

EstablishedInit == Raft!Established(s1)
EstablishedSpec == EstablishedInit /\ [][Next]_vars

CONSTANTS s4, s5, s6

PromoteS3(i, j) == i = s1 /\ j = s3
Nobody(i, j)    == FALSE

\* s1 promotes s4.  It sends to s4 alone what has not arrived, and s2 to s3.
PromoteS4(i, j) == i = s1 /\ j = s4
S1ToS4S2ToS3(i, j, n) ==
    /\ <<i, j>> \in {<<s1, s4>>, <<s2, s3>>}
    /\ matchIndex[i][j] < Len(log[i])
    /\ n = IF nextIndex[i][j] <= Len(log[i]) THEN 1 ELSE 0

\* s3 stands in term 2.
S3Stands(i, t) == t = 2 /\ i = s3

\* What the model looks at.  A CONSTRAINT.
AtMostThreeEntries == \A i \in Servers : Len(log[i]) <= 3

\* s1 sends to s4 alone, a learner.
OnlyToS4(i, j, n) == j = s4 /\ OneByOne(i, j, n)

\* s1 promotes s4 and s5; it sends to these alone, what they lack.
PromoteS4S5(i, j) == i = s1 /\ j \in {s4, s5}
ToS4S5(i, j, n) == i = s1 /\ j \in {s4, s5} /\ n = 1

\* ... and s2, when it leads, to s3.
ToS4S5AndS3(i, j, n) == ToS4S5(i, j, n) \/ (i = s2 /\ j = s3 /\ n = 1)

\* Each leader sends its first entry to one other: s1 to s4, s2 to s3.
OneEntryEach(i, j, n) == <<i, j>> \in {<<s1, s4>>, <<s2, s3>>} /\ n = 1

\* s1 promotes s5, s3 promotes s6, and s3 sends to s4 and s6.
PromoteApart(i, j) == <<i, j>> \in {<<s1, s5>>, <<s3, s6>>}
SendApart(i, j, n) == i = s3 /\ j \in {s4, s6} /\ n = 1

\* s1 stands in odd terms, s3 in even ones; s5 does not hear of term 2, and of
\* term 3 only s2 and s5 do.  The last is an ACTION_CONSTRAINT.
S1AndS3(i, t) == t <= 3 /\ i = IF t % 2 = 1 THEN s1 ELSE s3
HeardApart ==
    \A i \in Servers :
        currentTerm'[i] # currentTerm[i] =>
            i \in IF currentTerm'[i] = 2 THEN Servers \ {s5} ELSE {s1, s2, s5}

OnlyS3Crashes(i) == i = s3
OnlyS1Crashes(i) == i = s1

(***************************************************************************)
(* Availability.  s1 reaches s2 alone: s4, a voter, and s3, a learner, are *)
(* cut off for good.  s1 and s2 are a quorum of the voters, so what        *)
(* clients go on asking for is committed, even if somebody asks for the    *)
(* promotion of s3 (thesis, section 4.2.1).                                *)
(***************************************************************************)
OnlyToS2(i, j, n) == j = s2 /\ n = IF matchIndex[i][j] = Len(log[i]) THEN 0 ELSE 1

\* ... and they hear nothing.  An ACTION_CONSTRAINT.
CutOff == \A i \in {s3, s4} : currentTerm'[i] = currentTerm[i]

Work(i) ==
    \/ Sync(i)
    \/ ReceiveRequestVote(i) \/ ReceiveRequestVoteResponse(i)
    \/ ReceiveAppendEntries(i) \/ ReceiveAppendEntriesResponse(i)
    \/ \E j \in Servers : Replicate(i, j)
    \/ \E v \in Values : ClientRequest(i, v)

TwoCutOffSpec ==
    /\ Spec
    /\ WF_vars(Timeout(s1)) /\ WF_vars(Work(s1)) /\ WF_vars(Work(s2))

CommitsAnyway == \A v \in Values : <>(\E k \in DOMAIN chosen : chosen[k].value = v)

(***************************************************************************)
(* What is reached.                                                        *)
(***************************************************************************)
\* Not so: a learner has what is committed.
NeverLearns == \A i \in Servers \ Initial : commitIndex[i] <= 1

\* Not so: a promotion is committed.
NeverPromoted == \A k \in DOMAIN chosen : chosen[k].value \notin Configs

\* Not so: whoever is promoted has all that is committed, even by a leader that
\* does not know that it has been deposed.
NeverPromotedBehind ==
    [][\A i, j \in Servers :
          /\ role[i] = "leader" /\ (role[i] = "leader")'
          /\ j \in Voters(log'[i]) \ Voters(log[i])
          => Raft!IsPrefix(chosen, disk[j].log)]_vars

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Learners count like voters.
BrokenVoterQuorum(Q, l) == 2 * Cardinality(Q) > Cardinality(Voters(l))

\* Learners stand.
BrokenIsVoter(i, l) == TRUE

\* A learner is promoted as soon as somebody asks for it.
BrokenIsCaughtUp(k, len) == TRUE

\* Entries are acknowledged before they are durable.
BrokenAckAtOnce(type, R) == R = <<>> \/ type \in {"AppendEntries", "AppendEntriesResponse"}

\* A promotion starts before the last one is committed.
BrokenIsSettled(k, c) == TRUE

\* A promotion starts before an entry of the leader's own term is committed.
BrokenMayChange(u, t) == TRUE

\* Configurations pass for requests of clients.
BrokenIsNoRequest(v) == v = NoOp
=============================================================================
