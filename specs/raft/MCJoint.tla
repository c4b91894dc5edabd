------------------------------- MODULE MCJoint -------------------------------
(***************************************************************************)
(* The models of Joint, and its rules broken.                              *)
(***************************************************************************)
EXTENDS Joint, TLC

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
NewsToS3(i, j, n) == n = 1 /\ j = s3

\* s1 sends to s2, and s2 to s3.
DownTheLine(i, j, n) == n = 1 /\ <<i, j>> \in {<<s1, s2>>, <<s2, s3>>}

\* Entries may be lost on their way, and nothing else.
LoseEntries(m) == m.type = "AppendEntries"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

ElectionSafety == Raft!ElectionSafety
LeaderCompleteness == Raft!LeaderCompleteness

Nontriviality == Raft!Nontriviality

\* Refinement from any state on, and in a way that is faster to evaluate (see
\* RaftRefinesLog).
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex>> \/ ReplicatedLog!Next]_vars

EstablishedInit == Raft!Established(s1)
EstablishedSpec == EstablishedInit /\ [][Next]_vars

CONSTANT s4

NewSet(i, C)   == i = s1 /\ C = {s2, s3}
OnlyS3(i, C)   == i = s1 /\ C = {s3}
AllThree(i, C) == i = s1 /\ C = {s1, s2, s3}

\* What the model looks at.  A CONSTRAINT.
AtMostFourEntries == \A i \in Servers : Len(log[i]) <= 4

\* s1 is asked for s1 alone.
S1Alone(i, C) == i = s1 /\ C = {s1}

\* s1 is asked for s3 and s4 in place of s1 and s2.
AllNew(i, C) == C = {s3, s4}

OnlyS1Crashes(i) == i = s1
OnlyS2Crashes(i) == i = s2

\* s1 leads term 1; s2 and s3 may stand in term 2.
TwoStand(i, t) == t = 2 /\ i \in {s2, s3}

\* s1 may stand in term 2 as well.
S1AndS2Stand(i, t) == t = 2 /\ i \in {s1, s2}

(***************************************************************************)
(* What is reached.                                                        *)
(***************************************************************************)
\* Not so: the new configuration is committed.
NeverDone == \A k \in DOMAIN chosen : chosen[k].value \in Configs => IsJoint(chosen[k].value)

\* Not so: a leader is elected by both sets together.
NeverElectedJointly ==
    \A i \in Servers : role[i] = "leader" /\ IsJoint(Config(log[i])) => currentTerm[i] = 1

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A majority of both sets taken together decides.
BrokenUnion(Q, l) == Majority(Q, JointMembers(l))

\* The new set comes at once.
BrokenFirstStep(c, C) == [old |-> C, new |-> C]

\* The new set alone comes before the joint configuration is committed.
BrokenIsSettled(k, c) == TRUE

\* A server that has left itself out does not stand again.
BrokenStillNeeded(i, l) == i \in JointMembers(l)

\* Configurations pass for requests of clients.
BrokenIsNoRequest(v) == v = NoOp
=============================================================================
