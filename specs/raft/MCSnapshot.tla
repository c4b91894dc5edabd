----------------------------- MODULE MCSnapshot ------------------------------
(***************************************************************************)
(* The models of Snapshot, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Snapshot, TLC

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

\* ... and nothing to s1.
NewsToOthers(i, j, n) == n = 1 /\ j # s1

\* Commands come to leaders of term 1 only.
OnceInTerm1(i, v) == v \notin requested /\ currentTerm[i] = 1

\* Snapshots may be lost on their way, and nothing else.
LoseSnapshots(m) == m.type = "InstallSnapshot"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

StateMachineSafety == Raft!StateMachineSafety
ChosenIsDurable == Raft!ChosenIsDurable

OnlyS1Compacts(i, k) == i = s1
OnlyS2Compacts(i, k) == i = s2

\* s2 crashes, and is the one that is behind.
OnlyS2Crashes(i) == i = s2

OnlyFollowersCrash(i) == i # s1

EstablishedInit == Raft!Established(s1) /\ first = [i \in Servers |-> 0]
EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe

\* Refinement from any state on, and in a way that is faster to evaluate (see
\* RaftRefinesLog).
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex>> \/ ReplicatedLog!Next]_vars

\* Not so: a follower puts a snapshot in place of a log that lacks it.
NeverInstalls ==
    [][\A i \in Servers : up[i] /\ first'[i] > first[i] => first'[i] <= Len(log[i])]_vars

\* Not so: a server recovers from a snapshot.
NeverRecovers == [][\A i \in Servers : ~up[i] => first'[i] = 0]_vars

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A snapshot is taken of what is not committed.
BrokenMaySnapshot(k, c) == TRUE

\* A snapshot takes the place of the whole log, whatever follows in it.
BrokenKeepsRest(log0, l) == FALSE

\* A server that recovers does not know that its snapshot is committed.
BrokenSnapshotCommit(d) == 0

\* A server that recovers takes its snapshot for entries that it has.
BrokenRecoveredFirst(d) == 0

\* Every snapshot that arrives is installed, also an old one.
BrokenIsNews(n, c) == TRUE

\* A log that is as long as the snapshot is kept as it is, conflicts and all.
BrokenInstall(log0, l) == IF Len(l) <= Len(log0) THEN log0 ELSE l

\* How far a snapshot goes is on disk before the snapshot is.
BrokenWrite(d, r) ==
    IF r.type = "snapshot" THEN [d EXCEPT !.first = Len(r.entries)] ELSE SnapshotWrite(d, r)
=============================================================================
