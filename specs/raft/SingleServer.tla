---------------------------- MODULE SingleServer -----------------------------
(***************************************************************************)
(* Raft with membership changes of one server at a time.                   *)
(*                                                                         *)
(* THE PROBLEM.  Servers are replaced, and clusters grow.  If the servers  *)
(* changed over from one set to another at different moments, there could  *)
(* be a majority of the old set and one of the new with no server in       *)
(* common, and both would elect a leader.                                  *)
(*                                                                         *)
(* THE IDEA.  Majorities of two sets that differ by one server always      *)
(* meet. So the leader appends the new set to the log as an entry, one     *)
(* server more or less; each server goes by the latest set in its log,     *)
(* committed or not; and the next change waits until this one is           *)
(* committed.                                                              *)
(*                                                                         *)
(* That is not enough: a leader must not start a change before an entry of *)
(* its own term is committed.  Otherwise a change of an earlier leader,    *)
(* still in some log and not committed, and the new one differ by two      *)
(* servers (model singleserver-broken-too-early).                          *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, sections 4.1, 4.2.1 and 4.2.2; the last       *)
(* paragraph is from D. Ongaro, Bug in single-server membership changes,   *)
(* raft-dev mailing list, 10 July 2015.                                    *)
(*                                                                         *)
(* DEPARTURES.  All servers are there from the start; one that is no       *)
(* member has the initial configuration in mind and does nothing.  New     *)
(* servers are not brought up to date first (module Learners does that).   *)
(* The first configuration is given, and no entry of the log (section      *)
(* 4.4).  A server that is out of its own latest configuration stands for  *)
(* election only if it is in the one before (StillNeeded); the thesis has  *)
(* no such bound (section 4.2.2, Figure 4.6).  Removed servers are not     *)
(* kept from disturbing the others (section 4.2.3, see module Lease).      *)
(*                                                                         *)
(* NEW RULES, for models to put in place: IsQuorum <- [Raft] ConfigQuorum, *)
(* Members <- [Raft] Config, MayStand <- [Raft] StillNeeded, IsInternal <- *)
(* [Raft] IsNoRequest.                                                     *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANT Initial            \* the first configuration

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
\* A configuration, as an entry of the log.
Configs == [config : SUBSET Servers \ {{}}]

\* Where the latest configuration of log l is; 0 if that is the initial one.
ConfigIndex(l) ==
    LET K == {k \in DOMAIN l : l[k].value \in Configs}
    IN  IF K = {} THEN 0 ELSE Raft!Largest(K)

Config(l) == IF ConfigIndex(l) = 0 THEN Initial ELSE l[ConfigIndex(l)].value.config

ConfigQuorum(Q, l) == 2 * Cardinality(Q \cap Config(l)) > Cardinality(Config(l))
IsNoRequest(v)     == v = NoOp \/ v \in Configs

\* Who may stand: a member of the latest configuration, or of the one before.  A
\* leader that has left itself out may be the only one with that entry; then the
\* others cannot be elected, and it has to be once more (section 4.2.2).
ConfigBefore(l) == Config(IF ConfigIndex(l) = 0 THEN <<>> ELSE Raft!UpTo(l, ConfigIndex(l) - 1))

StillNeeded(i, l) == i \in Config(l) \cup ConfigBefore(l)

(***************************************************************************)
(* The rules of changes.                                                   *)
(***************************************************************************)
\* Set C may follow set D.
MayFollow(C, D) ==
    \/ C \subseteq D /\ Cardinality(D \ C) = 1
    \/ D \subseteq C /\ Cardinality(C \ D) = 1

\* A leader of term t may start a change when what it knows to be committed ends
\* with an entry of term u.
MayChange(u, t) == u = t

\* ... and when the last change is at index k, and c is its commit index.
IsSettled(k, c) == k <= c

MayPropose(i, C) == TRUE    \* leader i may be asked for configuration C

TypeOK == Raft!TypeOK

Init == Raft!Init

-----------------------------------------------------------------------------
(***************************************************************************)
(* Leader i is asked to change over to C.                                  *)
(***************************************************************************)
ChangeConfig(i, C) ==
    /\ up[i] /\ role[i] = "leader"
    /\ MayFollow(C, Config(log[i])) /\ MayPropose(i, C)
    /\ MayChange(Raft!TermAt(log[i], commitIndex[i]), currentTerm[i])
    /\ IsSettled(ConfigIndex(log[i]), commitIndex[i])
    /\ Raft!PersistAndSend(i, currentTerm[i], votedFor[i],
          Append(log[i], Raft!Entry(currentTerm[i], [config |-> C])), {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* Leader i has committed a configuration of which it is no member: it has *)
(* led until here without counting itself, and stops (section 4.2.2).      *)
(***************************************************************************)
StepDown(i) ==
    /\ up[i] /\ role[i] = "leader"
    /\ i \notin Config(log[i]) /\ ConfigIndex(log[i]) <= commitIndex[i]
    /\ Raft!Become(i, "follower")
    /\ UNCHANGED <<persistVars, disk, up, commitVars, requested>>

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
    \/ \E i \in Servers, C \in SUBSET Servers \ {{}} : ChangeConfig(i, C)
    \/ \E i \in Servers : StepDown(i)
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
(* Those of Raft.  (Not ChosenIsDurable, which asks for a quorum of the    *)
(* configuration that was in force at the entry: a later one can commit    *)
(* it.)                                                                    *)
(***************************************************************************)
Safe ==
    /\ TypeOK /\ Raft!ElectionSafety /\ Raft!LogMatching /\ Raft!LeaderCompleteness
    /\ Raft!StateMachineSafety /\ Raft!Nontriviality /\ Raft!MemoryAgreesWithDisk

(***************************************************************************)
(* Availability: when all are up and nobody leads, somebody can be         *)
(* elected.  It may stand, and the logs of a quorum of its configuration   *)
(* are not ahead of its own.                                               *)
(***************************************************************************)
NotAheadOf(i) ==
    {j \in Servers : Raft!UpToDate(Len(log[i]), Raft!LastTerm(log[i]), log[j])}

SomebodyElectable ==
    (\A i \in Servers : up[i] /\ role[i] # "leader") =>
        \E i \in Servers : StillNeeded(i, log[i]) /\ ConfigQuorum(NotAheadOf(i), log[i])

(***************************************************************************)
(* The replicated log (module ReplicatedLog of specs/log), which goes on   *)
(* from one configuration to the next.  Its replicas are all servers.      *)
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

THEOREM Spec (* with the new rules *) => []Safe /\ []SomebodyElectable /\ Refinement
=============================================================================
