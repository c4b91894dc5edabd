------------------------ MODULE SequencesExtTheorems ------------------------
(* Theorems are left to provers.                                             *)
EXTENDS SequencesExt, Sequences, Integers
=============================================================================
