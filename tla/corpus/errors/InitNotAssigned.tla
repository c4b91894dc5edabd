---- MODULE InitNotAssigned ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0
Next == x' = 0 /\ y' = 0
====
