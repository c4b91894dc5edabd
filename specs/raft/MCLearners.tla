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

NoFirstEntries(t) == <<>>

EstablishedSpec == Raft!Established(s1) /\ [][Next]_vars

CONSTANT s4

PromoteS3(i, j) == i = s1 /\ j = s3
Nobody(i, j)    == FALSE

\* s3 stands in term 2.
S3Stands(i, t) == t = 2 /\ i = s3

\* What the model looks at.  A CONSTRAINT.
AtMostThreeEntries == \A i \in Servers : Len(log[i]) <= 3

\* s1 sends to s4 alone, a learner.
OnlyToS4(i, j, n) == j = s4 /\ OneByOne(i, j, n)

(***************************************************************************)
(* What is reached.                                                        *)
(***************************************************************************)
\* Not so: a learner has what is committed.
NeverLearns == \A i \in Servers \ Initial : commitIndex[i] <= 1

\* Not so: a promotion is committed.
NeverPromoted == \A k \in DOMAIN chosen : chosen[k].value \notin Configs

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Learners count like voters.
BrokenVoterQuorum(Q, l) == 2 * Cardinality(Q) > Cardinality(Voters(l))

\* Learners stand.
BrokenIsVoter(i, l) == TRUE
=============================================================================
