------------------------------ MODULE Naturals ------------------------------
(* The natural numbers and their arithmetic. The evaluator computes all of  *)
(* these; the definitions only say that they exist. Differences, quotients   *)
(* and remainders are those of the integers.                                 *)

LOCAL Native(args) == CHOOSE v : v = args

Nat == Native(<<>>)          \* 0, 1, 2, ...

a + b == Native(<<a, b>>)
a - b == Native(<<a, b>>)
a * b == Native(<<a, b>>)
a ^ b == Native(<<a, b>>)    \* a to the power of b
a < b == Native(<<a, b>>) = TRUE
a > b == Native(<<a, b>>) = TRUE
a =< b == Native(<<a, b>>) = TRUE
a >= b == Native(<<a, b>>) = TRUE
a .. b == Native(<<a, b>>)   \* all integers from a to b
a % b == Native(<<a, b>>)    \* in 0 .. b - 1, for b > 0
a \div b == Native(<<a, b>>) \* rounded down: a = b * (a \div b) + (a % b)
=============================================================================
