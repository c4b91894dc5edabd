----------------------------- MODULE MCSessions ------------------------------
(***************************************************************************)
(* The models of Sessions, and its rules broken.                            *)
(***************************************************************************)
EXTENDS Sessions, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

\* s1 may stand in term 1, s2 in term 2.
OneTerm(i, t)  == t <= 1 /\ i = s1
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* A leader sends one entry at a time, and a heartbeat only when it has news of
\* what is committed.
OneByOne(i, j, n) ==
    n = IF matchIndex[i][j] = Len(log[i]) /\ commitIndex[i] > 0 THEN 0 ELSE 1

\* The same, and no heartbeats: what is committed followers learn with the next
\* entry.
OnlyNews(i, j, n) == n = 1
NewsToS3(i, j, n) == n = 1 /\ j = s3

\* Entries may be lost on their way, and nothing else.
LoseEntries(m) == m.type = "AppendEntries"

\* Fsyncs take no time.  An ACTION_CONSTRAINT.
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

CONSTANTS c1, c2            \* names for the clients

\* One request of each client; two of c1 alone.
OneEach == {[client |-> c1, seq |-> 1], [client |-> c2, seq |-> 1]}
TwoOfC1 == {[client |-> c1, seq |-> 1], [client |-> c1, seq |-> 2]}

\* No log has more than so many requests.
AtMostTwo(i, v)   == Cardinality({k \in DOMAIN log[i] : log[i][k].value # NoOp}) < 2
AtMostThree(i, v) == Cardinality({k \in DOMAIN log[i] : log[i][k].value # NoOp}) < 3

OnlyS1(i) == i = s1

EstablishedInit ==
    /\ Raft!Established(s1)
    /\ asked = [c \in Clients |-> 0]
    /\ open = [c \in Clients |-> FALSE]
    /\ floor = [c \in Clients |-> 0]
    /\ replies = {}

EstablishedSpec == EstablishedInit /\ [][Next]_vars

Safe == TypeOK /\ Raft!Safe

\* ReplicatedLog starts with an empty log.
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex, replies>> \/ ReplicatedLog!Next]_vars

\* Not so: no request is committed twice.
NeverTwice ==
    \A a, b \in DOMAIN chosen :
        chosen[a].value # NoOp /\ chosen[a].value = chosen[b].value => a = b

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Every request is new.
BrokenIsNew(seq, last) == TRUE

\* A request is new unless it is the very last one: an older one that arrives
\* late takes effect again.
BrokenOnlyLast(seq, last) == seq # last

\* A client numbers each of its requests 1, as one that starts again and has
\* forgotten what it asked for.
BrokenNextNumber(n) == 1

\* A leader gives the answer that it holds for the client, to whatever request.
BrokenHoldsAnswer(n, a) == n > 0

\* A leader answers when the request has come, although it has no answer.
BrokenAnswerAtOnce(n, a) == TRUE

\* A server executes what is in its log, committed or not.
BrokenApplied(l, c) == l
=============================================================================
