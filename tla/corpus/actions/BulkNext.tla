---- MODULE BulkNext ----
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 1
Next == \/ x = 0 /\ x' = 1 /\ y' = 0
        \/ x = 1 /\ vars' = vars
====
