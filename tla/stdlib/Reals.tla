------------------------------- MODULE Reals --------------------------------
(* The real numbers. They can be named; the evaluator computes only with     *)
(* integers.                                                                 *)
EXTENDS Integers

LOCAL Native(args) == CHOOSE v : v = args

Real == Native(<<>>)
Infinity == Native(<<>>)
a / b == Native(<<a, b>>)
=============================================================================
