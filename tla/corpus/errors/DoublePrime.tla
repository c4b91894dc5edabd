---- MODULE DoublePrime ----
EXTENDS Integers
VARIABLES x
Init == x = 0
A == x' = 1
Next == A' /\ x' = 2
====
