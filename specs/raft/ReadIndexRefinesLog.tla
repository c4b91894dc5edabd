------------------------- MODULE ReadIndexRefinesLog -------------------------
(***************************************************************************)
(* Raft with ReadIndex implements the replicated log with reads (module    *)
(* LogReads of specs/log).                                                 *)
(*                                                                         *)
(* That module says what clients have been told, and ReadIndex does not:   *)
(* its clients get no answers to commands.  So we take the worst case:     *)
(* whatever is committed, some client has been told of it in the same      *)
(* step.  Then what had been seen when a read came is what its floor does  *)
(* to the state.  A client that is told later has seen less by then, and a *)
(* read that sees enough for the worst case sees enough for that.  So no   *)
(* history is needed beyond that which ReadIndex keeps.                    *)
(*                                                                         *)
(* A read that failed never gets an answer: to its reader it is pending.   *)
(***************************************************************************)
EXTENDS ReadIndex

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
