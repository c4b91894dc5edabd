---- MODULE ModuleConstantBase ----
EXTENDS Naturals
CONSTANT C
Two == C + 2
VARIABLE x
Init == x = C
Next == x' = (x + 1) % 3
Inv == x # Two
Small == x < 3
====
