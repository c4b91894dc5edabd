---- MODULE Symbols ----
\* Constants that are operator symbols are replaced by name.
EXTENDS Naturals
CONSTANTS _ ++ _, _ \prec _, _ & _
VARIABLES x
Init == x = 0
Next == x < 4 /\ x' = x ++ 1 /\ x \prec x' /\ (x & x) = 0
plus(a, b) == a + b
less(a, b) == a < b
zero(a, b) == 0
Small == x < 3
====
