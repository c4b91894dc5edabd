------------------------------- MODULE MCRaft --------------------------------
(***************************************************************************)
(* The models of Raft: what they rule out, and the broken rules that its   *)
(* properties must catch.  Each .cfg beside this file that names it is one *)
(* model.                                                                  *)
(***************************************************************************)
EXTENDS RaftRefinesLog, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is ruled out.                                                      *)
(***************************************************************************)
\* Odd terms are for s1 to stand in, even ones for s2; up to 2, 3 or 4.
OddEven(i, t) == i = IF t % 2 = 1 THEN s1 ELSE s2

OneTerm(i, t)    == t <= 1 /\ OddEven(i, t)
TwoTerms(i, t)   == t <= 2 /\ OddEven(i, t)
ThreeTerms(i, t) == t <= 3 /\ OddEven(i, t)
FourTerms(i, t)  == t <= 4 /\ OddEven(i, t)

\* Each command is asked for once.
Once(i, v) == v \notin requested

\* s1 and s2 both stand in term 1.
BothInTerm1(i, t) == t = 1 /\ i \in {s1, s2}

\* s1 alone stands, in the first two terms.
OnlyS1Twice(i, t) == t <= 2 /\ i = s1

\* The command of term 1 and that of term 2 (Figure 3.7 needs no more).
OneEachOnceLed(i, v) ==
    v \notin requested /\ Cardinality(requested) + 1 = currentTerm[i] /\ currentTerm[i] <= 2

\* Two commands in term 1, one in term 2, none later.
TwoAndOne(i, v) ==
    v \notin requested /\ currentTerm[i] <= 2 /\ Len(log[i]) < 3 - currentTerm[i]

\* A leader sends one entry at a time, and a heartbeat only when it has news of
\* what is committed.
OneByOne(i, j, n) ==
    LET all == matchIndex[i][j] = Len(log[i])
    IN  n = IF all /\ commitIndex[i] > 0 THEN 0 ELSE 1

\* Only s1 (s2) sends, to s3 alone or to both others, what has not arrived; and
\* nothing, when it has yet to find out what has.
Missing(i, j, n) ==
    matchIndex[i][j] < Len(log[i]) /\ n = IF nextIndex[i][j] <= Len(log[i]) THEN 1 ELSE 0
OnlyS1ToS3(i, j, n) == i = s1 /\ j = s3 /\ Missing(i, j, n)
OnlyS1(i, j, n) == i = s1 /\ Missing(i, j, n)
OnlyS2ToS3(i, j, n) == i = s2 /\ j = s3 /\ Missing(i, j, n)

\* Only s2 sends: to s3 what has not arrived, to s1 heartbeats.
HeartbeatsToS1(i, j, n) == i = s2 /\ IF j = s1 THEN n = 0 ELSE Missing(i, j, n)

\* Nobody sends before term 3, and then s1 only to s2.
OnlyTerm3(i, j, n) == currentTerm[i] = 3 /\ i = s1 /\ j = s2 /\ n = 1

OnlyS1Crashes(i) == i = s1

OnlyS3(i) == i = s3

\* s3 crashes when that loses something.
S3InMidst(i) == i = s3 /\ unsynced[i] # <<>>

\* Messages are lost once all servers know all that there is to know.
LostAtTheEnd(m) == \A i \in Servers : log[i] # <<>> /\ commitIndex[i] = Len(log[i])

(***************************************************************************)
(* Nothing happens while a record is on its way to a disk: fsyncs take no  *)
(* time.  An ACTION_CONSTRAINT.                                            *)
(***************************************************************************)
SyncAtOnce ==
    (\E i \in Servers : unsynced[i] # <<>>)
        => \E i \in Servers : unsynced[i] # <<>> /\ disk'[i] # disk[i]

\* The same, but for s3, whose fsyncs take their time.
SyncAtOnceButS3 ==
    (\E i \in Servers \ {s3} : unsynced[i] # <<>>)
        => \E i \in Servers \ {s3} : unsynced[i] # <<>> /\ disk'[i] # disk[i]

\* No entry is appended by an election.
NoFirstEntries(t) == <<>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Liveness.  A server that has work to do, for ever, does some; clients   *)
(* go on asking whoever leads for what its log lacks.  No message is lost  *)
(* and nobody crashes, and each message has an effect a few times at most, *)
(* so that a server comes to every one: weak fairness is enough.           *)
(***************************************************************************)
Lacks(i, v) == \A k \in DOMAIN log[i] : log[i][k].value # v

Work(i) ==
    \/ Sync(i)
    \/ ReceiveRequestVote(i) \/ ReceiveRequestVoteResponse(i)
    \/ ReceiveAppendEntries(i) \/ ReceiveAppendEntriesResponse(i)
    \/ \E j \in Servers : Replicate(i, j)
    \/ \E v \in Values : ClientRequest(i, v)

WeaklyFairSpec ==
    /\ Spec
    /\ \A i \in Servers : WF_vars(Work(i)) /\ WF_vars(Timeout(i))

(***************************************************************************)
(* Liveness although messages are lost: with the fairness of module Raft,  *)
(* of which these messages are enough, when s1 leads term 1 without a      *)
(* first entry, one value is asked for, and leaders send it to s2 and then *)
(* a heartbeat.                                                            *)
(***************************************************************************)
AppendV(v) == [type |-> "AppendEntries", term |-> 1, from |-> s1, to |-> s2, prev |-> 0,
               prevTerm |-> 0, entries |-> <<Entry(1, v)>>, commit |-> 0]
Heartbeat  == [type |-> "AppendEntries", term |-> 1, from |-> s1, to |-> s2, prev |-> 1,
               prevTerm |-> 1, entries |-> <<>>, commit |-> 1]
Done       == [type |-> "AppendEntriesResponse", term |-> 1, from |-> s2, to |-> s1,
               success |-> TRUE, index |-> 1]

FewMessages == {AppendV(v) : v \in Values} \cup {Heartbeat, Done}
AtMostOne   == {0, 1}

Asked     == \A i \in Servers, v \in Values : WF_vars(ClientRequest(i, v))
LossySpec == FairSpec /\ Asked

\* What is not enough.
FairToKinds ==
    \A i \in Servers :
        /\ WF_vars(Sync(i)) /\ \A j \in Servers : WF_vars(Replicate(i, j))
        /\ SF_vars(ReceiveAppendEntries(i)) /\ SF_vars(ReceiveAppendEntriesResponse(i))

BrokenLossySpec == Spec /\ FairToKinds /\ Asked

\* A leader that is left alone commits what it is asked for, and all know it.
Progress ==
    \A i \in Servers, t \in 1..2 :
        <>[]LeftAlone(i, t) =>
            \A v \in Values : <>[](/\ Committed(v)
                                  /\ \A j \in Servers : commitIndex[j] = Len(log[i]))

\* When one server alone stands, it leads.
LeaderEmerges == <>[](\E i \in Servers : role[i] = "leader")

\* What Raft does NOT promise: that a leader emerges although servers stand
\* against each other.
AlwaysLed == <>(\E i \in Servers : role[i] = "leader")

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is reached: each of these is violated, so that the properties are  *)
(* about something.                                                        *)
(***************************************************************************)
\* Two servers lead at the same time, in different terms.
NeverTwoLeaders ==
    \A i, j \in Servers : role[i] = "leader" /\ role[j] = "leader" => i = j

\* A leader has an entry that was committed in an earlier term.
NeverInherits ==
    \A i \in Servers : role[i] = "leader" =>
        \A k \in DOMAIN chosen : chosen[k].by >= currentTerm[i]

\* A follower gives up entries that conflict with the leader's.
NeverTruncates ==
    [][\A i \in Servers : up[i] /\ up'[i] => Len(log[i]) <= Len(log'[i])
                             /\ IsPrefix(log[i], log'[i])]_vars

\* A leader has to go back in a follower's log.
NeverGoesBack ==
    [][\A i, j \in Servers : role[i] = "leader" /\ (role[i] = "leader")'
          => nextIndex[i][j] <= nextIndex'[i][j]]_vars

\* The state from which models of extensions start.
NeverEstablished == ~Established(s1)

\* An entry of an earlier term is committed by a later leader.
NeverIndirect == \A k \in DOMAIN chosen : chosen[k].by = chosen[k].term

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A recovered server does not know whom it has voted for.
BrokenForgetVote(d) == [d EXCEPT !.vote = None]

\* A vote leaves before it is durable.
BrokenVoteAtOnce(type, R) == R = <<>> \/ type \in {"AppendEntries", "RequestVoteResponse"}

\* Entries are acknowledged before they are durable.
BrokenAckAtOnce(type, R) == R = <<>> \/ type \in {"AppendEntries", "AppendEntriesResponse"}

\* A server votes for everybody who asks.
BrokenVoteFreely(v, c) == TRUE

\* A server votes for candidates that are behind it.
BrokenVoteForAnyLog(lastIndex, lastTerm, l) == TRUE

\* A log is ahead if it is longer, whatever its terms.
BrokenLongerIsAhead(lastIndex, lastTerm, l) == lastIndex >= Len(l)

\* An entry of an earlier term is committed when a quorum has it (Figure 3.7).
BrokenCountAll(u, t) == TRUE

\* What a leader sends replaces all that follows.
BrokenTruncate(l, prev, entries) == UpTo(l, prev) \o entries

\* Entries with the right index are good enough, whatever their term.
BrokenKeepConflicts(l, prev, entries) ==
    IF Len(l) < prev + Len(entries)
    THEN l \o SubSeq(entries, Len(l) - prev + 1, Len(entries)) ELSE l

\* A leader counts itself for entries that are not on its disk yet.
BrokenOwnMatch(durable, len) == len

\* A server comes to the term that a message says, be it an old one.
BrokenTermAfter(t, u) == u

\* A server votes only for candidates that are ahead of it: > in place of >=.
BrokenStrictlyAhead(lastIndex, lastTerm, l) ==
    \/ lastTerm > LastTerm(l)
    \/ lastTerm = LastTerm(l) /\ lastIndex > Len(l)

\* Entries follow on one with the right index, whatever its term.
BrokenAgrees(l, prev, prevTerm) == prev <= Len(l)

\* A late answer takes back what a later one has said.
BrokenMatchAfter(m, k) == k

\* A leader goes back by one for every refusal, as section 3.5 has it, be it one
\* that it has had already.
BrokenNextAfter(n, m, k) == n - 1

\* A leader appends after what is committed.
BrokenAppended(l, c, e) == UpTo(l, c) \o <<e>>

\* A new leader tries out whether it can write, by a command of its own.
BrokenFirstEntries(t) == <<Entry(t, CHOOSE v \in Values : TRUE)>>

\* A follower takes over what the leader says to be committed: without the
\* greater of the two; without any bound; and bounded by the length of its log.
BrokenNoMax(l, last, commit, c)     == Min(commit, last)
BrokenNoBound(l, last, commit, c)   == Max(c, commit)
BrokenOwnLength(l, last, commit, c) == Max(c, Min(commit, Len(l)))

\* The file that holds the log is only ever appended to: what conflicts is
\* removed in memory, and stays on the disk.
BrokenWrite(d, r) ==
    IF r.type = "vote" THEN [d EXCEPT !.term = r.term, !.vote = r.vote]
    ELSE [d EXCEPT !.log = @ \o r.entries]

\* A server that recovers applies all that is on its disk.
BrokenRecoveredCommit(d) == Len(d.log)

\* Half of the servers are a quorum.
BrokenHalf(Q, l) == 2 * Cardinality(Q) >= Cardinality(Servers)
=============================================================================
