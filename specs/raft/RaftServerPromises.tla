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

(***************************************************************************)
(* With its readers, it is the replicated log with reads, if it has no     *)
(* leases.  (A read by lease comes and is done in one step, for which that *)
(* module takes two.)  As in ReadIndexRefinesLog we take the worst case:   *)
(* whatever is committed, some client has been told of it at once.         *)
(***************************************************************************)
Effects(l) == Sessions!ExecuteAll(Sessions!NoSessions, l).effects

\* How long the state is after the first n committed entries.
After(n) == Len(Effects(UpTo(chosen, n)))

\* All answers that can be given to what is committed.
AllAnswers == LET s == Effects(chosen) IN {[cmd |-> s[k], result |-> k] : k \in DOMAIN s}

AbstractRead(q) ==
    CASE q.at = "idle" -> q
      [] q.at = "done" -> [at |-> "done", floor |-> After(q.floor), saw |-> After(q.saw)]
      [] OTHER         -> [at |-> "pending", floor |-> After(q.floor)]

LogReads == INSTANCE LogReads WITH
    Replicas <- Servers,
    Commands <- Values,
    Internal <- {NoOp} \cup Configs,
    invoked  <- requested,
    log      <- [k \in DOMAIN chosen |-> chosen[k].value],
    state    <- [i \in Servers |-> State(i).effects],
    replies  <- AllAnswers,
    seen     <- After(Len(chosen)),
    reads    <- [r \in Readers |-> AbstractRead(reads[r])]

ReadsRefinement == LogReads!ReadSpec

THEOREM Spec (* with the new rules *) =>
    /\ []RaftSafe /\ LeaderAppendOnly /\ Monotonic
    /\ []LinearizableReads /\ []LeaseExcludesOthers
    /\ []AtMostOnce /\ []RepliesRight /\ EffectAfterInvoke
    /\ []SnapshotIsCommitted /\ []SnapshotAgreesWithDisk
    /\ []ReadsWaitAtLeaders /\ []OnlyVotersStand /\ LeadsByQuorum /\ TargetHasAll
    /\ Refinement /\ (~On("Lease") => ReadsRefinement)
=============================================================================
