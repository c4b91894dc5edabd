------------------------------- MODULE MCLease -------------------------------
(***************************************************************************)
(* The models of Lease, and its rules broken.                              *)
(***************************************************************************)
EXTENDS LeaseRefinesLog, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

\* s1 may stand in term 1, s2 in term 2.
OneTerm(i, t)  == t <= 1 /\ i = s1
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* s1 may stand in odd terms, s2 in even ones.
FourTerms(i, t) == t <= 4 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* Each command is asked for once.
Once(i, v) == v \notin requested

\* ... and only in term 2.
OnceInTerm2(i, v) == v \notin requested /\ currentTerm[i] = 2

\* A leader sends one entry at a time, and nothing without entries: what is
\* committed followers learn with the next one.
OnlyNews(i, j, n) == n = 1
NewsToS3(i, j, n) == n = 1 /\ j = s3
SendNothing(i, j, n) == FALSE

\* Answers to heartbeats may be lost, and nothing else.
LoseAnswers(m) == m.type = "HeartbeatResponse"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

EstablishedInit == Raft!Established(s1) /\ OwnInit
EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe

OnlyS3(i) == i = s3

\* What the model looks at.  CONSTRAINTs.
UpToTime1 == now <= 1
UpToTime2 == now <= 2

\* The clock of s1 is never fast, and those of the others are never slow and
\* always agree.  An ACTION_CONSTRAINT.
S1Slow ==
    /\ hardware'[s1] <= hardware[s1] + (now' - now)
    /\ hardware'[s2] >= hardware[s2] + (now' - now) /\ hardware'[s2] = hardware'[s3]

\* s1 sends heartbeats while real time is below 2.
EarlyS1(i) == i = s1 /\ now < 2

\* s1 sends heartbeats while real time is 0; and any leader, from 1 on.
S1AtOnce(i)  == i = s1 /\ now = 0
FromTime1(i) == now >= 1

\* s1 sends a heartbeat in term 1, at time 1.
S1InTerm1(i) == i = s1 /\ currentTerm[i] = 1 /\ now = 1

\* Not so: a leader has a lease although time has gone by.
NeverLeased == ~(now > 0 /\ HasLease(s1))

\* Not so: another leader is elected.
NeverSucceeded == \A e \in elected : e.term = 1

\* Not so: s1 leads again, and a heartbeat of its first term is refused in its new
\* one.
NeverRefusedAgain ==
    \A m \in Raft!Sent("HeartbeatResponse") :
        ~m.accepted => ~(role[s1] = "leader" /\ m.term = currentTerm[s1])

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Clocks are taken not to drift.
BrokenLeaseLength == ElectionTimeout

\* A server votes although it hears from a leader.
BrokenMayElect(c, h) == TRUE

\* A server that recovers votes at once.
BrokenHeardBeforeCrash(c) == c - ElectionTimeout

\* A server that recovers says that it has heard from nobody.
BrokenHeardFromNone(c) == None

\* Any answer in the leader's term counts, a refusal of an earlier heartbeat too.
BrokenCountsAsHeard(m, t) == m.term = t

\* A lease counts from when the answer arrives.
BrokenLeaseStart(sent, c) == c

\* A leader answers reads before an entry of its own term is committed.
BrokenMayRead(u, t) == TRUE
=============================================================================
