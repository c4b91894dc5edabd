------------------------- MODULE RaftServerPromises --------------------------
(***************************************************************************)
(* What a server that has all extensions of Raft promises: what each of    *)
(* the modules promises that are joined in RaftServer.                     *)
(***************************************************************************)
EXTENDS RaftServer

\* Those of Raft.  (ChosenIsDurable is for models in which membership does not
\* change: see Joint.)
RaftSafe ==
    /\ TypeOK /\ Raft!ElectionSafety /\ Raft!LogMatching /\ Raft!LeaderCompleteness
    /\ Raft!StateMachineSafety /\ Raft!Nontriviality /\ Raft!MemoryAgreesWithDisk

ChosenIsDurable == Raft!ChosenIsDurable

\* No read is stale, by whichever way it was answered.
LinearizableReads == ReadIndex!LinearizableReads

\* While a leader holds a lease, none of a later term has been elected.
LeaseExcludesOthers ==
    \A i \in Servers : role[i] = "leader" /\ HoldsLease(i) =>
        \A e \in elected : e.term <= currentTerm[i]

\* No request takes effect twice, at any server, and answers are right for good.
AtMostOnce ==
    /\ Sessions!Once(Sessions!Truth.effects)
    /\ \A i \in Servers : Sessions!Once(State(i).effects)

RepliesRight      == Sessions!RepliesRight
EffectAfterInvoke == Sessions!EffectAfterInvoke

\* A snapshot holds only what is committed, and the disk has it.
SnapshotIsCommitted    == Snapshot!SnapshotIsCommitted
SnapshotAgreesWithDisk == Snapshot!SnapshotAgreesWithDisk

\* A read waits at a leader only, and in the term in which it came.
ReadsWaitAtLeaders ==
    \A r \in Readers : reads[r].at = "waiting" =>
        LET i == reads[r].server IN role[i] = "leader" /\ currentTerm[i] = reads[r].term

\* A leader that has checked, and goes on, had heard from a quorum.
LeadsByQuorum ==
    [][\A i \in Servers :
          active[i] # {} /\ active'[i] = {} /\ role'[i] = "leader"
          => Raft!IsQuorum(active[i] \cup {i}, log[i])]_vars

\* Who does not vote does not stand.
OnlyVotersStand == \A i \in Servers : role[i] = "candidate" => StillNeeded(i, log[i])

\* The target has all that is committed when it is told to stand.
TargetHasAll == Transfer!TargetHasAll

\* Terms, commit indexes and what a leader knows to match never go back.
Monotonic == Raft!MonotonicTerm /\ Raft!MonotonicCommitIndex /\ Raft!MonotonicMatchIndex

\* A leader only appends.
LeaderAppendOnly == Raft!LeaderAppendOnly

(***************************************************************************)
(* With its clients, all this is the replicated log, answers included.     *)
(***************************************************************************)
ReplicatedLog == INSTANCE ReplicatedLog WITH
    Replicas <- Servers,
    Commands <- Values,
    Internal <- {NoOp} \cup Configs,
    invoked  <- requested,
    log      <- [k \in DOMAIN chosen |-> chosen[k].value],
    state    <- [i \in Servers |-> State(i).effects]

Refinement == ReplicatedLog!Spec

THEOREM Spec (* with the new rules *) =>
    /\ []RaftSafe /\ LeaderAppendOnly /\ Monotonic
    /\ []LinearizableReads /\ []LeaseExcludesOthers
    /\ []AtMostOnce /\ []RepliesRight /\ EffectAfterInvoke
    /\ []SnapshotIsCommitted /\ []SnapshotAgreesWithDisk
    /\ []ReadsWaitAtLeaders /\ []OnlyVotersStand /\ LeadsByQuorum /\ TargetHasAll
    /\ Refinement
=============================================================================
