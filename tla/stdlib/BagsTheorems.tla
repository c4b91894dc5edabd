---------------------------- MODULE BagsTheorems ----------------------------
(* Theorems are left to provers.                                             *)
EXTENDS Bags, Integers
=============================================================================
