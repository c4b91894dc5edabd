--------------------------- MODULE LeaseRefinesLog ----------------------------
(***************************************************************************)
(* Raft with leases implements the replicated log with reads (module       *)
(* LogReads of specs/log).                                                 *)
(*                                                                         *)
(* As in ReadIndexRefinesLog we take the worst case: whatever is           *)
(* committed, some client has been told of it in the same step.  Then what *)
(* had been seen when a client asked is what the floor of its read does to *)
(* the state, and no history is needed beyond that which Lease keeps.      *)
(***************************************************************************)
EXTENDS Lease

SM == INSTANCE StateMachine

ValuesOf(l) == [k \in DOMAIN l |-> l[k].value]
Effects(l)  == SM!Effects(ValuesOf(l), Values)

\* How long the state is after the first n committed entries.
After(n) == Len(Effects(Raft!UpTo(chosen, n)))

\* All answers that can be given to what is committed.
AllAnswers == LET s == Effects(chosen) IN {[cmd |-> s[k], result |-> k] : k \in DOMAIN s}

\* A read, as that module has it.
AbstractRead(q) ==
    CASE q.at = "idle" -> q
      [] q.at = "done" -> [at |-> "done", floor |-> After(q.floor), saw |-> After(q.saw)]
      [] OTHER         -> [at |-> "pending", floor |-> After(q.floor)]

Log == INSTANCE LogReads WITH
        Replicas <- Servers,
        Commands <- Values,
        Internal <- {NoOp},
        invoked  <- requested,
        log      <- ValuesOf(chosen),
        state    <- [i \in Servers |-> Effects(Raft!UpTo(log[i], commitIndex[i]))],
        replies  <- AllAnswers,
        seen     <- After(Len(chosen)),
        reads    <- [r \in Readers |-> AbstractRead(reads[r])]

Refinement == Log!ReadSpec

(***************************************************************************)
(* The same from any state on, and in a way that is faster to evaluate     *)
(* (see RaftRefinesLog).                                                   *)
(***************************************************************************)
QuickRefinement ==
    [][UNCHANGED <<requested, chosen, commitIndex, reads>> \/ Log!ReadNext]_vars

THEOREM Spec => Refinement
=============================================================================
