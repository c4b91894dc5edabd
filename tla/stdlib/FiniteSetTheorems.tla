------------------------- MODULE FiniteSetTheorems --------------------------
(* Theorems about finite sets are left to provers: a specification that      *)
(* names them in its proofs needs only the modules that they are about.      *)
EXTENDS FiniteSets, Integers
=============================================================================
