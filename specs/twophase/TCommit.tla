------------------------------- MODULE TCommit -------------------------------
(***************************************************************************)
(* Transaction commit: what two-phase commit is for.                       *)
(*                                                                         *)
(* A transaction has done work at several participants, and each of them   *)
(* must end in one of two states: its part of the work is there for good   *)
(* (committed) or it is as if it had never been (aborted).  All must end   *)
(* in the same one.  A participant may give up at any time until it says   *)
(* that it is prepared; from then on it follows the others.                *)
(*                                                                         *)
(* This module says nothing of messages, coordinators, disks or crashes:   *)
(* one step here looks at all participants at once, which no participant   *)
(* can do.  TwoPhase does the same work by messages, and implements this   *)
(* specification (theorem Refinement at the end of TwoPhase).              *)
(*                                                                         *)
(* The problem is stated in this form by J. Gray and L. Lamport, Consensus *)
(* on Transaction Commit, ACM TODS 31(1), 2006, section 2.                 *)
(***************************************************************************)
CONSTANT Participants       \* the set of participants in the transaction

VARIABLE state              \* state[p]: how far participant p has come

States == {"working", "prepared", "committed", "aborted"}

TypeOK == state \in [Participants -> States]

Init == state = [p \in Participants |-> "working"]

(***************************************************************************)
(* Participant p has done its work, and will commit or abort as decided.   *)
(***************************************************************************)
Prepare(p) ==
    /\ state[p] = "working"
    /\ state' = [state EXCEPT ![p] = "prepared"]

(***************************************************************************)
(* Participant p commits.  It may, once no participant is working still or *)
(* has aborted.                                                            *)
(***************************************************************************)
Commit(p) ==
    /\ state[p] = "prepared"
    /\ \A q \in Participants : state[q] \in {"prepared", "committed"}
    /\ state' = [state EXCEPT ![p] = "committed"]

(***************************************************************************)
(* Participant p aborts.  It may, as long as no participant has committed. *)
(***************************************************************************)
Abort(p) ==
    /\ state[p] \in {"working", "prepared"}
    /\ \A q \in Participants : state[q] # "committed"
    /\ state' = [state EXCEPT ![p] = "aborted"]

Next == \E p \in Participants : Prepare(p) \/ Commit(p) \/ Abort(p)

Spec == Init /\ [][Next]_state

-----------------------------------------------------------------------------
(***************************************************************************)
(* Atomicity: no participant commits while another aborts.                 *)
(***************************************************************************)
Atomicity ==
    \A p, q \in Participants : ~(state[p] = "committed" /\ state[q] = "aborted")

(***************************************************************************)
(* Validity: no participant commits before all have done their work, and   *)
(* from then on none aborts.                                               *)
(***************************************************************************)
CommitOnlyIfAllPrepared ==
    (\E p \in Participants : state[p] = "committed")
        => \A q \in Participants : state[q] \in {"prepared", "committed"}

(***************************************************************************)
(* Irrevocability: a participant that has decided never changes its mind.  *)
(***************************************************************************)
Irrevocability ==
    [][\A p \in Participants :
          state[p] \in {"committed", "aborted"} => state'[p] = state[p]]_state

THEOREM Spec => []TypeOK /\ []Atomicity /\ []CommitOnlyIfAllPrepared /\ Irrevocability
=============================================================================
