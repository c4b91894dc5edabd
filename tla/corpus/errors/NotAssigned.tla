---- MODULE NotAssigned ----
EXTENDS Naturals
VARIABLES x, y, z
Init == x = 0 /\ y = 0 /\ z = 0
Next == \/ x < 2 /\ x' = x + 1 /\ UNCHANGED <<y, z>>
        \/ x = 2 /\ y' = 1
====
