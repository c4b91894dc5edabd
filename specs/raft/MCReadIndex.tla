----------------------------- MODULE MCReadIndex -----------------------------
(***************************************************************************)
(* The models of ReadIndex, and its rules broken.                          *)
(***************************************************************************)
EXTENDS ReadIndexRefinesLog, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

OnlyS1(i) == i = s1

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
NewsToS3(i, j, n) == n = 1 /\ j = s3

\* Answers to heartbeats may be lost, and nothing else.
LoseAnswers(m) == m.type = "HeartbeatResponse"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

\* ... and only in term 2.
OnceInTerm2(i, v) == v \notin requested /\ currentTerm[i] = 2

EstablishedInit ==
    /\ Raft!Established(s1)
    /\ reads = [r \in Readers |-> Idle]
    /\ confirmed = [r \in Readers |-> {}]

EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe

\* Not so: a read is done although more has been committed than it saw.
NeverBehind == \A r \in Readers : reads[r].at = "done" => reads[r].saw = Len(chosen)

\* Not so: a read sees more than the noted index says that it must.
NeverAhead == \A r \in Readers : reads[r].at = "done" => reads[r].saw = reads[r].floor

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A leader does not ask whether it still leads.
BrokenUnconfirmed(Q, l) == TRUE

\* A leader takes reads before an entry of its own term is committed.
BrokenMayRead(u, t) == TRUE

\* Any answer is taken for a yes, whatever its term.
BrokenConfirms(m, t) == TRUE

\* An answer counts for all reads that wait, also for those that came after the
\* heartbeat had left.
BrokenCountsFor(r, q) == TRUE

\* Heartbeats and answers say which index was noted, not for which read they are:
\* two reads can have noted the same.
BrokenContext(r, index) == index
BrokenSameIndex(n, q)   == n = reads[q].index
=============================================================================
