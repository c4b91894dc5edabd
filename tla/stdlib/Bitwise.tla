------------------------------ MODULE Bitwise -------------------------------
(* Natural numbers as rows of bits.                                          *)
LOCAL INSTANCE Integers

LOCAL Merge(x, y, op(_, _)) ==
  LET RECURSIVE merge(_, _)
      merge(a, b) == IF a = 0 /\ b = 0 THEN 0
                     ELSE op(a % 2, b % 2) + 2 * merge(a \div 2, b \div 2)
  IN  merge(x, y)

x & y == Merge(x, y, LAMBDA a, b : IF a = 1 /\ b = 1 THEN 1 ELSE 0)
x | y == Merge(x, y, LAMBDA a, b : IF a = 1 \/ b = 1 THEN 1 ELSE 0)
x ^^ y == Merge(x, y, LAMBDA a, b : IF a # b THEN 1 ELSE 0)

\* The bits of x, up to the highest that is set, inverted.
Not(x) == Merge(x, 0, LAMBDA a, b : 1 - a)

shiftR(x, n) == x \div 2 ^ n
shiftL(x, n) == x * 2 ^ n
=============================================================================
