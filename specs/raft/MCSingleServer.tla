--------------------------- MODULE MCSingleServer ----------------------------
(***************************************************************************)
(* The models of SingleServer, and its rules broken.                       *)
(***************************************************************************)
EXTENDS SingleServer, TLC

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

NoFirstEntries(t) == <<>>

EstablishedInit == Raft!Established(s1)
EstablishedSpec == EstablishedInit /\ [][Next]_vars

CONSTANT s4

\* s1 is asked to take s3 in; s2, to leave itself out.
InAndOut(i, C) ==
    \/ i = s1 /\ C = {s1, s2, s3}
    \/ i = s2 /\ C = Config(log[i]) \ {s2}

\* s1 is asked to take s2 in.
S2In(i, C) == i = s1 /\ C = {s1, s2}

\* s1 is asked to leave s4 out; s2, to leave s1 out.
BothOut(i, C) ==
    \/ i = s1 /\ C = {s1, s2, s3}
    \/ i = s2 /\ C = {s2, s3, s4}

\* s1 stands in odd terms, s2 in even ones.
ThreeTerms(i, t) == t <= 3 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* s1 sends to s3, s2 to s4; what has not arrived.
Apart(i, j, n) ==
    /\ <<i, j>> \in {<<s1, s3>>, <<s2, s4>>}
    /\ matchIndex[i][j] < Len(log[i])
    /\ n = IF nextIndex[i][j] <= Len(log[i]) THEN 1 ELSE 0

\* s1 is asked to leave itself out.
S1Out(i, C) == i = s1 /\ C = {s2}

\* s1 is asked for s3 alone.
Swap(i, C) == i = s1 /\ C = {s3}

\* s2 and s3 may stand in term 2.
AnyTwo(i, t) == t = 2 /\ i \in {s2, s3}

\* s1 is asked to leave out s3, and then s2.
S1Alone(i, C) == i = s1 /\ C \in {{s1, s2}, {s1}}

\* s1 is asked to leave itself out, and then s2.
S3Alone(i, C) == i = s1 /\ C \in {{s2, s3}, {s3}}

\* s1 is asked to take s4 in; s2, to leave s1 out.
S4ForS1(i, C) ==
    \/ i = s1 /\ C = {s1, s2, s3, s4}
    \/ i = s2 /\ C = Config(log[i]) \ {s1}

OnlyS1Crashes(i) == i = s1

\* What the model looks at.  CONSTRAINTs.
AtMostThreeEntries == \A i \in Servers : Len(log[i]) <= 3
AtMostFourEntries  == \A i \in Servers : Len(log[i]) <= 4

(***************************************************************************)
(* What is reached.                                                        *)
(***************************************************************************)
\* Not so: a leader that has left itself out steps down.
NeverStepsDown == ~ \E i \in Servers : role[i] = "leader" /\ i \notin Config(log[i])

\* Not so: a new member takes part in a quorum: something is committed for which
\* the others were not enough.
NeverTakesPart ==
    \A k \in DOMAIN chosen : \A C \in Configs :
        chosen[k].value = C => Cardinality(C.config) <= Cardinality(Initial)

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A change starts before an entry of the leader's own term is committed.
BrokenMayChange(u, t) == TRUE

\* A change starts before the last one is committed.
BrokenIsSettled(k, c) == TRUE

\* Any set may follow any other.
BrokenMayFollow(C, D) == C # D

\* Whoever has an entry counts, member or not: so does a leader that has left
\* itself out.
BrokenOutsidersCount(Q, l) == 2 * Cardinality(Q) > Cardinality(Config(l))

\* A server that has left itself out does not stand again.
BrokenStillNeeded(i, l) == i \in Config(l)

\* Configurations pass for requests of clients.
BrokenIsNoRequest(v) == v = NoOp
=============================================================================
