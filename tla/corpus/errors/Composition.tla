---- MODULE Composition ----
EXTENDS Naturals
VARIABLES x
Init == x = 0
A == x' = x + 1 /\ x < 4
B == x' = 0 /\ x = 4
Next == (A \cdot A) \/ B
====
