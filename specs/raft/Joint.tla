-------------------------------- MODULE Joint --------------------------------
(***************************************************************************)
(* Raft with membership changes by joint consensus.                        *)
(*                                                                         *)
(* THE PROBLEM.  Servers are replaced, and clusters grow.  If the servers  *)
(* changed over from one set to another at different moments, there could  *)
(* be a majority of the old set and one of the new with no server in       *)
(* common, and both would elect a leader.                                  *)
(*                                                                         *)
(* THE IDEA.  Between the old set and the new there is a time in which     *)
(* both decide together: elections and commitment take a majority of the   *)
(* old set and a majority of the new one.  The leader appends that joint   *)
(* configuration to the log; when it is committed nobody can decide        *)
(* without the new set, and the leader appends the new set alone; when     *)
(* that is committed the old set is not needed any more.  Each server goes *)
(* by the latest configuration in its log, committed or not.               *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 4.3; Ongaro and Ousterhout 2014,      *)
(* section 6.                                                              *)
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
(* NEW RULES, for models to put in place: IsQuorum <- [Raft] JointQuorum,  *)
(* Members <- [Raft] JointMembers, MayStand <- [Raft] StillNeeded,         *)
(* IsInternal <- [Raft] IsNoRequest.                                       *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANT Initial            \* the first configuration: a set of servers

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
\* A configuration, as an entry of the log.  It is joint while old and new differ.
Configs == [old : SUBSET Servers \ {{}}, new : SUBSET Servers \ {{}}]

\* Where the latest configuration of log l is; 0 if that is the initial one.
ConfigIndex(l) ==
    LET K == {k \in DOMAIN l : l[k].value \in Configs}
    IN  IF K = {} THEN 0 ELSE Raft!Largest(K)

Config(l) ==
    IF ConfigIndex(l) = 0 THEN [old |-> Initial, new |-> Initial] ELSE l[ConfigIndex(l)].value

IsJoint(c) == c.old # c.new

Majority(Q, C) == 2 * Cardinality(Q \cap C) > Cardinality(C)

JointQuorum(Q, l) == Majority(Q, Config(l).old) /\ Majority(Q, Config(l).new)
JointMembers(l)   == Config(l).old \cup Config(l).new
IsNoRequest(v)    == v = NoOp \/ v \in Configs

\* Who may stand: a member of the latest configuration, or of the one before.  A
\* leader that is in the old set alone may be the only one that has the entry with
\* the new set; then the others cannot be elected, and it has to be once more.
MembersBefore(l) ==
    JointMembers(IF ConfigIndex(l) = 0 THEN <<>> ELSE Raft!UpTo(l, ConfigIndex(l) - 1))

StillNeeded(i, l) == i \in JointMembers(l) \cup MembersBefore(l)

(***************************************************************************)
(* The rules of changes.                                                   *)
(***************************************************************************)
\* What comes first when configuration c is to become set C.
FirstStep(c, C) == [old |-> c.new, new |-> C]

\* What comes after the joint configuration c.
LastStep(c) == [old |-> c.new, new |-> c.new]

\* A configuration at index k may be followed by the next when c is the commit
\* index of the leader.
IsSettled(k, c) == k <= c

MayPropose(i, C) == TRUE    \* leader i may be asked for configuration C

TypeOK == Raft!TypeOK

Init == Raft!Init

\* Leader i appends configuration c.
AppendConfig(i, c) ==
    /\ Raft!PersistAndSend(i, currentTerm[i], votedFor[i],
          Append(log[i], Raft!Entry(currentTerm[i], c)), {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Leader i is asked to change over to the set C: old and new set together *)
(* come first.                                                             *)
(***************************************************************************)
EnterJoint(i, C) ==
    /\ up[i] /\ role[i] = "leader"
    /\ LET c == Config(log[i])
       IN  /\ ~IsJoint(c) /\ C # c.new /\ MayPropose(i, C)
           /\ IsSettled(ConfigIndex(log[i]), commitIndex[i])
           /\ AppendConfig(i, FirstStep(c, C))

(***************************************************************************)
(* Leader i knows that the joint configuration is committed: the new set   *)
(* alone comes next.                                                       *)
(***************************************************************************)
LeaveJoint(i) ==
    /\ up[i] /\ role[i] = "leader"
    /\ LET c == Config(log[i])
       IN  /\ IsJoint(c)
           /\ IsSettled(ConfigIndex(log[i]), commitIndex[i])
           /\ AppendConfig(i, LastStep(c))

(***************************************************************************)
(* Leader i has committed a configuration of which it is no member: it has *)
(* led until here without counting itself, and stops.                      *)
(***************************************************************************)
StepDown(i) ==
    /\ up[i] /\ role[i] = "leader"
    /\ i \notin JointMembers(log[i]) /\ ConfigIndex(log[i]) <= commitIndex[i]
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
    \/ \E i \in Servers, C \in SUBSET Servers \ {{}} : EnterJoint(i, C)
    \/ \E i \in Servers : LeaveJoint(i)
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
        \E i \in Servers : StillNeeded(i, log[i]) /\ JointQuorum(NotAheadOf(i), log[i])

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
