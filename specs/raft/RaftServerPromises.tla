------------------------- MODULE RaftServerPromises --------------------------
(***************************************************************************)
(* What a server that has all extensions of Raft promises: what the        *)
(* modules promise that are joined in RaftServer, but for what they say of *)
(* behaviours in which others are silent or crash.  These are asked of     *)
(* single models, in MCRaftServer: NotDisturbed of PreVote as S1LeadsOn,   *)
(* StepsDown of CheckQuorum as S1StepsDown, Succeeds of Transfer as        *)
(* HandOverSucceeds.                                                       *)
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

\* A leader that has heard from some, checks, and goes on, had heard from a quorum.
\* (With active[i] = {} a check that goes on changes nothing, and no formula about
\* steps can see it: S1StepsDown can.)
LeadsByQuorum ==
    [][\A i \in Servers :
          active[i] # {} /\ active'[i] = {} /\ role'[i] = "leader"
          => Raft!IsQuorum(active[i] \cup {i}, log[i])]_vars

\* Who stands votes in its latest configuration, or did in the one before.
OnlyVotersStand == \A i \in Servers : role[i] = "candidate" => StillNeeded(i, log[i])

\* The target has all that is committed when it is told to stand.
TargetHasAll == Transfer!TargetHasAll

\* Who does not lead knows of nobody that hears it, and hands over to nobody.
OnlyLeadersHear     == Checks!OnlyLeadersHear
OnlyLeadersHandOver == Transfer!OnlyLeadersHandOver

\* While a leader hands over its log stays as it is.
AppendsNothingMeanwhile ==
    [][\A i \in Servers : target[i] # None /\ target'[i] = target[i] => log'[i] = log[i]]_vars

\* A server that becomes a voter has on its disk all that is committed, as long as
\* nobody has been elected in a later term (see Learners).
PromotedAreReady ==
    [][\A i, j \in Servers :
          /\ role[i] = "leader" /\ (role[i] = "leader")'
          /\ IsVoter(j, log'[i]) /\ ~IsVoter(j, log[i])
          /\ \A e \in elected : e.term <= currentTerm[i]
          => IsPrefix(chosen, disk[j].log)]_vars

\* When all are up and nobody leads, somebody can be elected (see Joint).
NotAheadOf(i) == {j \in Servers : Raft!UpToDate(Len(log[i]), LastTerm(log[i]), log[j])}

SomebodyElectable ==
    (\A i \in Servers : up[i] /\ role[i] # "leader") =>
        \E i \in Servers : Raft!MayStand(i, log[i]) /\ Raft!IsQuorum(NotAheadOf(i), log[i])

\* Snapshots replace older ones.
MonotonicSnapshot == Snapshot!MonotonicSnapshot

\* Terms, commit indexes and what a leader knows to match never go back.
Monotonic == Raft!MonotonicTerm /\ Raft!MonotonicCommitIndex /\ Raft!MonotonicMatchIndex

\* A leader only appends.
LeaderAppendOnly == Raft!LeaderAppendOnly

(***************************************************************************)
(* With its clients, all this is the replicated log, answers included.     *)
(* Nothing but sessions puts the requests of one client in order, and a    *)
(* server executes none that comes after a later one.  So there is a       *)
(* hypothesis: without sessions each client has one request at most.       *)
(***************************************************************************)
InOrder == On("Sessions") \/ \A v, w \in Values : v # w => v.client # w.client

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
    /\ []OnlyLeadersHear /\ []OnlyLeadersHandOver /\ AppendsNothingMeanwhile
    /\ PromotedAreReady /\ []SomebodyElectable /\ MonotonicSnapshot
    /\ InOrder => Refinement /\ (~On("Lease") => ReadsRefinement)
=============================================================================
