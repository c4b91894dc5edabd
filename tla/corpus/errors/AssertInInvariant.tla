---- MODULE AssertInInvariant ----
EXTENDS Naturals, TLC
VARIABLES x
Init == x = 0
Next == x' = x + 1
Inv == Assert(x < 2, "two")
====
