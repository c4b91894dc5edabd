----------------------- MODULE FiniteSetsExtTheorems ------------------------
(* Theorems are left to provers.                                             *)
EXTENDS FiniteSetsExt, FiniteSets, Integers
=============================================================================
