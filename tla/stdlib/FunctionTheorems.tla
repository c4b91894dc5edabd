-------------------------- MODULE FunctionTheorems --------------------------
(* Theorems are left to provers.                                             *)
EXTENDS Functions, Integers
=============================================================================
