---- MODULE Evaluation ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == \/ x = 1 /\ x' = "one" + x
        \/ x = 0 /\ x' = 1
====
