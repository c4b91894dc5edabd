---------------------------- MODULE MCCheckQuorum ----------------------------
(***************************************************************************)
(* The models of CheckQuorum, and its rules broken.                        *)
(***************************************************************************)
EXTENDS CheckQuorum, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

\* s1 may stand in term 1, s2 in term 2.
OneTerm(i, t)  == t <= 1 /\ i = s1
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2
ThreeTerms(i, t) == t <= 3 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

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

NotS1(i) == i # s1
OnlyS3(i) == i = s3

\* What is lost is what s1 would hear.
ToS1(m) == m.type # "RequestVote" /\ m.to = s1

EstablishedInit == Raft!Established(s1) /\ active = [i \in Servers |-> {}]
EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe /\ OnlyLeadersHear

\* Each step is one of the replicated log, or leaves it alone.  (Of behaviours
\* that start when it is not empty any more.)
QuickSteps ==
    [][UNCHANGED <<requested, chosen, commitIndex>> \/ RefinesLog!Log!Next]_vars

(***************************************************************************)
(* All others crash, and what they have said is lost.                      *)
(***************************************************************************)
AloneFromThen == EstablishedSpec /\ WF_vars(CheckQuorum(s1))
S1StepsDown   == <>[]Alone(s1) => <>(role[s1] # "leader")

\* Not so: a leader steps down although nobody has been elected after it.
NeverStepsDown == role[s1] = "leader" \/ Cardinality(elected) > 1 \/ ~up[s1]

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A leader never checks.
BrokenMayLeadOn(Q, l) == TRUE

\* A leader counts for ever from whom it has heard once.
BrokenHeardBefore(Q) == Q

\* A leader notes answers, and not those who gave them: that is no set of servers.
BrokenHeardFrom(Q, m) == Q \cup {m}

\* What a leader has heard is not forgotten when it leads no more.
BrokenHeardAfter(Q, r, s) == Q

\* Half of the servers are a quorum, to elect and to commit as well.
BrokenHalf(Q, l) == 2 * Cardinality(Q) >= Cardinality(Servers)
=============================================================================
