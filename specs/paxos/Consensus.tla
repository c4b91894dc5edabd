------------------------------ MODULE Consensus ------------------------------
(***************************************************************************)
(* Consensus: what Paxos is for.                                           *)
(*                                                                         *)
(* Several processes may each propose a value, and one value among those   *)
(* that can be proposed is to be chosen: never two, and a choice is for    *)
(* good.  These are the safety requirements of L. Lamport, Paxos Made      *)
(* Simple, ACM SIGACT News 32(4), 2001, section 2.1.                       *)
(*                                                                         *)
(* This module says nothing of processes, messages or failures: it is the  *)
(* top of a ladder.  Voting says by which votes a value comes to be        *)
(* chosen, PaxosMessages by which messages, and Paxos by which disks; each *)
(* implements the one above it (Refinement, at the end of each).           *)
(***************************************************************************)
CONSTANT Values             \* the values that can be proposed

VARIABLE chosen             \* the set of values that have been chosen

TypeOK == chosen \subseteq Values

Init == chosen = {}

(***************************************************************************)
(* Value v is chosen.  The only step there is, and it is taken once.       *)
(***************************************************************************)
Choose(v) ==
    /\ chosen = {}
    /\ chosen' = {v}

Next == \E v \in Values : Choose(v)

Spec == Init /\ [][Next]_chosen

(***************************************************************************)
(* A value is chosen in the end.  It is not part of Spec: an asynchronous  *)
(* network in which one process may crash gives no deterministic algorithm *)
(* that promises it (M. Fischer, N. Lynch and M. Paterson, Impossibility   *)
(* of Distributed Consensus with One Faulty Process, JACM 32(2), 1985).    *)
(***************************************************************************)
FairSpec == Spec /\ WF_chosen(Next)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Consistency: no two values are chosen.                                  *)
(***************************************************************************)
Consistency == \A v, w \in chosen : v = w

(***************************************************************************)
(* Stability: what is chosen stays chosen.                                 *)
(***************************************************************************)
Stability == [][chosen \subseteq chosen']_chosen

(***************************************************************************)
(* Success: a value is chosen (of FairSpec only).                          *)
(***************************************************************************)
Success == <>(chosen # {})

THEOREM Spec => []TypeOK /\ []Consistency /\ Stability
THEOREM Values # {} /\ FairSpec => Success
=============================================================================
