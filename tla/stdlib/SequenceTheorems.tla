-------------------------- MODULE SequenceTheorems --------------------------
(* Theorems are left to provers.                                             *)
EXTENDS Sequences, Integers
=============================================================================
