--------------------------- MODULE RaftRefinesLog ----------------------------
(***************************************************************************)
(* Raft implements the replicated log (module ReplicatedLog of specs/log). *)
(*                                                                         *)
(* The log of that module grows when a leader commits; the state of a      *)
(* replica is what the entries do that it knows to be committed.  A crash  *)
(* makes it forget them, and so fall back.  Clients get no replies here.   *)
(***************************************************************************)
EXTENDS Raft

SM == INSTANCE StateMachine

ValuesOf(l) == [k \in DOMAIN l |-> l[k].value]

Log == INSTANCE ReplicatedLog WITH
        Replicas <- Servers,
        Commands <- Values,
        Internal <- {NoOp},
        invoked  <- requested,
        log      <- ValuesOf(chosen),
        state    <- [i \in Servers |->
                        SM!Effects(ValuesOf(UpTo(log[i], commitIndex[i])), Values)],
        replies  <- {}

Refinement == Log!Spec

(***************************************************************************)
(* The same, said in a way that is faster to evaluate: most steps leave    *)
(* alone all that it is about.  (A log changes below the commit index only *)
(* in a crash, when the commit index changes too: StateMachineSafety.)     *)
(***************************************************************************)
QuickRefinement ==
    Log!Init /\ [][UNCHANGED <<requested, chosen, commitIndex>> \/ Log!Next]_vars

THEOREM Spec => Refinement
=============================================================================
