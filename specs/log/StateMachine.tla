---------------------------- MODULE StateMachine -----------------------------
(***************************************************************************)
(* What the entries of a log do to a state machine, each request once.     *)
(*                                                                         *)
(* THE PROBLEM.  A client that gets no answer asks again, and so a log may *)
(* hold one request twice.  It is to take effect once.                     *)
(*                                                                         *)
(* THE IDEA.  An entry for a request that has taken effect already is one  *)
(* that does nothing; so are entries that are no client's requests.        *)
(* Replicas see which these are from the log alone: they remember for each *)
(* client which of its requests was the last to take effect, and what the  *)
(* answer was (D. Ongaro, Consensus: Bridging Theory and Practice, PhD     *)
(* thesis, Stanford 2014, section 6.3; R. van Renesse and D. Altinbuken,   *)
(* Paxos Made Moderately Complex, ACM Computing Surveys 47(3), 2015,       *)
(* section 2).                                                             *)
(*                                                                         *)
(* THE MACHINE here is the one that forgets nothing: its state is the      *)
(* sequence of all requests that have taken effect, and the answer to a    *)
(* request is its place in that sequence.  Whatever another deterministic  *)
(* machine would answer is a function of that.                             *)
(*                                                                         *)
(* This module has no constants and no variables: operators only.  A log   *)
(* is a sequence, C the set of what clients may ask for.                   *)
(***************************************************************************)
EXTENDS Naturals, Sequences

Range(s) == {s[i] : i \in DOMAIN s}

IsPrefix(s, t) == Len(s) <= Len(t) /\ \A i \in DOMAIN s : s[i] = t[i]

(***************************************************************************)
(* The state after entry e, when it was s before.                          *)
(***************************************************************************)
Execute(s, e, C) == IF e \in C /\ e \notin Range(s) THEN Append(s, e) ELSE s

(***************************************************************************)
(* The state after the whole of log l.                                     *)
(***************************************************************************)
RECURSIVE ExecuteAll(_, _, _)
ExecuteAll(s, l, C) ==
    IF l = <<>> THEN s ELSE ExecuteAll(Execute(s, Head(l), C), Tail(l), C)

Effects(l, C) == ExecuteAll(<<>>, l, C)

(***************************************************************************)
(* The answer to request c, when the state is s: its place there.          *)
(***************************************************************************)
Answer(s, c) == CHOOSE i \in DOMAIN s : s[i] = c
=============================================================================
