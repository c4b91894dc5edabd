------------------------------ MODULE Integers ------------------------------
(* The integers: the naturals with their negatives.                          *)
EXTENDS Naturals

LOCAL Native(args) == CHOOSE v : v = args

Int == Native(<<>>)
-. a == Native(<<a>>)
=============================================================================
