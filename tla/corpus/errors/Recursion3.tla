---- MODULE Recursion3 ----
EXTENDS Integers
VARIABLES x
RECURSIVE F(_)
F(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1)
Init == x = 3
Next == x' = x - 1 /\ F(x) >= 0
====
