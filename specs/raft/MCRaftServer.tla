----------------------------- MODULE MCRaftServer -----------------------------
(***************************************************************************)
(* The models of RaftServer, and its rules broken.  Each turns on the      *)
(* features that it is about.                                              *)
(***************************************************************************)
EXTENDS RaftServerParts, TLC

CONSTANTS s1, s2, s3, s4    \* names for the servers of a model
CONSTANTS c1, c2            \* and for the clients

Never1(x) == FALSE

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is ruled out.                                                      *)
(***************************************************************************)
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

\* The request of each client; two of c1.
OneEach == {[client |-> c1, seq |-> 1], [client |-> c2, seq |-> 1]}
OneOfC1 == {[client |-> c1, seq |-> 1]}

(***************************************************************************)
(* s1 leads term 1, and all others have heard from it.                     *)
(***************************************************************************)
EstablishedInit ==
    Raft!Established(s1) /\ OwnInit(IF TracksLeader THEN Servers \ {s1} ELSE {})

EstablishedSpec == EstablishedInit /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* With one feature alone: what the models of the extensions rule out.     *)
(***************************************************************************)
NoTimeout(i, t) == FALSE

ToS2(i, j) == i = s1 /\ j = s2

\* No log has more than two requests.
AtMostTwo(i, v) == Cardinality({k \in DOMAIN log[i] : log[i][k].value # NoOp}) < 2

\* s1 sends heartbeats while real time is 0.
S1AtOnce(i) == i = s1 /\ now = 0

\* A CONSTRAINT.
UpToTime2 == now <= 2

\* s1 is asked to change over to s2 and s3, which need not have caught up.
ToS2S3(i, C, L)      == i = s1 /\ C = {s2, s3} /\ L = {}
AtOnce(k, len)       == TRUE
JointToS2S3(i, C)    == ToS2S3(i, C, {})
=============================================================================
