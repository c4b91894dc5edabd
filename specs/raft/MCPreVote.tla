------------------------------ MODULE MCPreVote ------------------------------
(***************************************************************************)
(* The models of PreVote, and its rules broken.                            *)
(***************************************************************************)
EXTENDS PreVote, TLC

CONSTANTS s1, s2, s3        \* names for the servers of a model

Never1(x) == FALSE

SilentS3(i) == i = s3
OnlyS3(i) == i = s3
UpToTerm2(i, t) == t <= 2
OnlyS2Stands(i, t) == i = s2 /\ t <= 2

\* s1 may stand in term 1, s2 in term 2.
OneTerm(i, t)  == t <= 1 /\ i = s1
TwoTerms(i, t) == t <= 2 /\ i = IF t % 2 = 1 THEN s1 ELSE s2

\* s1 may stand twice.
OnlyS1Twice(i, t) == t <= 2 /\ i = s1

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

(***************************************************************************)
(* s1 leads term 1, and all others have heard from it.                     *)
(***************************************************************************)
EstablishedInit ==
    /\ Raft!Established(s1)
    /\ asking = [i \in Servers |-> FALSE]
    /\ preVotes = [i \in Servers |-> {}]
    /\ heard = [i \in Servers |-> i # s1]

EstablishedSpec == EstablishedInit /\ [][Next]_vars

Undisturbed == NotDisturbed(s1)
Safe        == TypeOK /\ Raft!Safe

(***************************************************************************)
(* Liveness.  When one server alone asks, and stands, it leads.  A server  *)
(* that has work to do, for ever, does some (as in module MCRaft).         *)
(***************************************************************************)
Work(i) ==
    \/ Sync(i) \/ ReceivePreVote(i) \/ ReceivePreVoteResponse(i)
    \/ ReceiveRequestVote(i) \/ ReceiveRequestVoteResponse(i)
    \/ ReceiveAppendEntries(i) \/ ReceiveAppendEntriesResponse(i)
    \/ \E j \in Servers : Replicate(i, j)

WeaklyFairSpec ==
    Spec /\ \A i \in Servers : WF_vars(Work(i)) /\ WF_vars(LeaderSilent(i) \/ AskForPreVotes(i))

LeaderEmerges == <>[](\E i \in Servers : role[i] = "leader")

\* Not so: another leader is elected when the first one falls silent.
NeverSucceeded == \A e \in elected : e.term = 1

\* Not so: a server asks in vain.
NeverRefused == \A m \in Raft!Sent("PreVoteResponse") : m.granted

\* Not so: a refusal tells a server of a later term.
NeverTold ==
    [][\A i \in Servers, m \in Refusals :
          (Told(i, m.term) => UNCHANGED currentTerm)]_(Core!vars)

\* Not so: a leader still has pre-votes that it asked for as a candidate.
NeverAskedInVain == \A i \in Servers : role[i] = "leader" => ~asking[i]

(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* To be asked for a pre-vote raises the term, as a RequestVote would.
BrokenRaise(t, u) == Raft!Max(t, u)

\* A server takes over the term of who asks, be it lower than its own.
BrokenTakeOver(t, u) == u - 1

\* Servers that hear from a leader say no, but the leader itself says yes.
BrokenLeaderSaysYes(hasHeard, leads) == ~hasHeard

\* Servers say yes although they hear from a leader.
BrokenSayYes(hasHeard, leads) == TRUE

\* A leader stands that has asked for pre-votes before it won.
BrokenStandsFrom(r) == TRUE

\* Servers say yes only to candidates that are ahead of them: > in place of >=.
BrokenStrictlyAhead(lastIndex, lastTerm, l) ==
    \/ lastTerm > Raft!LastTerm(l)
    \/ lastTerm = Raft!LastTerm(l) /\ lastIndex > Len(l)

\* A single pre-vote is enough, one's own.
BrokenQuorum(Q, l) == Q # {}
=============================================================================
