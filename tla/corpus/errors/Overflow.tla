---- MODULE Overflow ----
EXTENDS Naturals
VARIABLES x
Init == x = 1
Next == x' = x * 1000
====
