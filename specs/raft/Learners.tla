------------------------------ MODULE Learners -------------------------------
(***************************************************************************)
(* Raft with learners: servers that receive the log and do not vote.       *)
(*                                                                         *)
(* THE PROBLEM.  A server that joins has an empty log.  As a voter it      *)
(* would count towards quorums long before it can help to form one, and    *)
(* until it has caught up nothing might commit.                            *)
(*                                                                         *)
(* THE IDEA.  It joins as a learner first.  The leader sends it entries as *)
(* to any other, and counts neither its vote nor its acknowledgements.     *)
(* Once it has caught up, an entry in the log promotes it to a voter: a    *)
(* change of one server, with all the rules of module SingleServer.        *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 4.2.1 (non-voting members; there,     *)
(* caught up means that a round of replication took less than an election  *)
(* timeout), and 4.1 for the promotion.                                    *)
(*                                                                         *)
(* DEPARTURES.  Caught up means here: to have acknowledged the whole log.  *)
(* A learner that is too slow is not given up, and none is ever taken      *)
(* back.  Learners do not stand.  They answer those who ask for their      *)
(* vote, and nobody counts that.                                           *)
(*                                                                         *)
(* NEW RULES, for models to put in place: IsQuorum <- [Raft] VoterQuorum,  *)
(* MayStand <- [Raft] IsVoter, IsInternal <- [Raft] IsNoRequest.           *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANT Initial            \* the first voters; all others learn

ASSUME Initial \subseteq Servers /\ Initial # {}

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

vars == raftVars

-----------------------------------------------------------------------------
\* A set of voters, as an entry of the log.
Configs == [voters : SUBSET Servers \ {{}}]

\* Where the latest configuration of log l is; 0 if that is the initial one.
ConfigIndex(l) ==
    LET K == {k \in DOMAIN l : l[k].value \in Configs}
    IN  IF K = {} THEN 0 ELSE Raft!Largest(K)

Voters(l) == IF ConfigIndex(l) = 0 THEN Initial ELSE l[ConfigIndex(l)].value.voters

VoterQuorum(Q, l) == 2 * Cardinality(Q \cap Voters(l)) > Cardinality(Voters(l))
IsVoter(i, l)     == i \in Voters(l)
IsNoRequest(v)    == v = NoOp \/ v \in Configs

(***************************************************************************)
(* The rules.                                                              *)
(***************************************************************************)
\* A learner that has acknowledged k of the leader's len entries may be promoted.
IsCaughtUp(k, len) == k = len

\* A leader of term t may promote when what it knows to be committed ends with an
\* entry of term u; and when the last change is at index k, and c is its commit
\* index (see SingleServer).
MayChange(u, t) == u = t
IsSettled(k, c) == k <= c

MayPromote(i, j) == TRUE    \* leader i may be asked to promote j

TypeOK == Raft!TypeOK

Init == Raft!Init

-----------------------------------------------------------------------------
(***************************************************************************)
(* Leader i promotes the learner j.                                        *)
(***************************************************************************)
Promote(i, j) ==
    /\ up[i] /\ role[i] = "leader" /\ j \notin Voters(log[i]) /\ MayPromote(i, j)
    /\ IsCaughtUp(matchIndex[i][j], Len(log[i]))
    /\ MayChange(Raft!TermAt(log[i], commitIndex[i]), currentTerm[i])
    /\ IsSettled(ConfigIndex(log[i]), commitIndex[i])
    /\ Raft!PersistAndSend(i, currentTerm[i], votedFor[i],
          Append(log[i], Raft!Entry(currentTerm[i], [voters |-> Voters(log[i]) \cup {j}])), {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* The actions of Raft, with the new rules.                                *)
(***************************************************************************)
Timeout(i)                        == Raft!Timeout(i)
HandleRequestVote(i, m)           == Raft!HandleRequestVote(i, m)
HandleRequestVoteResponse(i, m)   == Raft!HandleRequestVoteResponse(i, m)
ClientRequest(i, v)               == Raft!ClientRequest(i, v)
SendAppendEntries(i, j, n)        == Raft!SendAppendEntries(i, j, n)
HandleAppendEntries(i, m)         == Raft!HandleAppendEntries(i, m)
HandleAppendEntriesResponse(i, m) == Raft!HandleAppendEntriesResponse(i, m)
Sync(i)                           == Raft!Sync(i)
Crash(i)                          == Raft!Crash(i)
Recover(i)                        == Raft!Recover(i)
Lose(m)                           == Raft!Lose(m)

-----------------------------------------------------------------------------
ReceiveRequestVote(i) ==
    \E m \in Raft!Sent("RequestVote") : HandleRequestVote(i, m)
ReceiveRequestVoteResponse(i) ==
    \E m \in Raft!Sent("RequestVoteResponse") : HandleRequestVoteResponse(i, m)
ReceiveAppendEntries(i) ==
    \E m \in Raft!Sent("AppendEntries") : HandleAppendEntries(i, m)
ReceiveAppendEntriesResponse(i) ==
    \E m \in Raft!Sent("AppendEntriesResponse") : HandleAppendEntriesResponse(i, m)
Replicate(i, j) == \E n \in 0..Len(log[i]) : SendAppendEntries(i, j, n)
LoseAny         == \E m \in msgs : Lose(m)

Next ==
    \/ \E i, j \in Servers : Promote(i, j)
    \/ \E i \in Servers : Timeout(i)
    \/ \E i \in Servers : ReceiveRequestVote(i)
    \/ \E i \in Servers : ReceiveRequestVoteResponse(i)
    \/ \E i \in Servers, v \in Values : ClientRequest(i, v)
    \/ \E i, j \in Servers : Replicate(i, j)
    \/ \E i \in Servers : ReceiveAppendEntries(i)
    \/ \E i \in Servers : ReceiveAppendEntriesResponse(i)
    \/ \E i \in Servers : Sync(i)
    \/ \E i \in Servers : Crash(i)
    \/ \E i \in Servers : Recover(i)
    \/ LoseAny

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(*                                                                         *)
(* Those of Raft; see SingleServer.                                        *)
(***************************************************************************)
Safe ==
    /\ TypeOK /\ Raft!ElectionSafety /\ Raft!LogMatching /\ Raft!LeaderCompleteness
    /\ Raft!StateMachineSafety /\ Raft!Nontriviality /\ Raft!MemoryAgreesWithDisk

(***************************************************************************)
(* A learner does not lead, nor stand.                                     *)
(***************************************************************************)
LearnersDoNotLead == \A i \in Servers : role[i] # "follower" => i \in Voters(log[i])

(***************************************************************************)
(* A server that becomes a voter has on its disk all that is committed, as *)
(* long as nobody has been elected in a later term.  So it is of use to    *)
(* the next quorum at once.  (A leader that does not know that it has been *)
(* deposed can promote one that lacks what is committed since; but that    *)
(* promotion will not commit.  No safety is at stake but availability:     *)
(* with one that has nothing, and may be able to get nothing, a quorum is  *)
(* larger and there are no more servers to make it of.  See CommitsAnyway  *)
(* and NeverPromotedBehind in MCLearners.)                                 *)
(***************************************************************************)
PromotedAreReady ==
    [][\A i, j \in Servers :
          /\ role[i] = "leader" /\ (role[i] = "leader")'
          /\ j \in Voters(log'[i]) \ Voters(log[i])
          /\ \A e \in elected : e.term <= currentTerm[i]
          => Raft!IsPrefix(chosen, disk[j].log)]_vars

(***************************************************************************)
(* The replicated log (module ReplicatedLog of specs/log), which goes on   *)
(* from one configuration to the next.  Learners are replicas too.         *)
(* A configuration is nobody's request and does nothing to its state.      *)
(***************************************************************************)
SM == INSTANCE StateMachine

ValuesOf(l) == [k \in DOMAIN l |-> l[k].value]

ReplicatedLog == INSTANCE ReplicatedLog WITH
    Replicas <- Servers,
    Commands <- Values,
    Internal <- {NoOp} \cup Configs,
    invoked  <- requested,
    log      <- ValuesOf(chosen),
    state    <- [i \in Servers |->
                    SM!Effects(ValuesOf(Raft!UpTo(log[i], commitIndex[i])), Values)],
    replies  <- {}

Refinement == ReplicatedLog!Spec

THEOREM Spec (* with the new rules *) =>
    []Safe /\ []LearnersDoNotLead /\ PromotedAreReady /\ Refinement
=============================================================================
