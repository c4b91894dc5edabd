---- MODULE Dead ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == \/ x < 3 /\ x' = x + 1
        \/ x = 1 /\ x' = 0
Broken == x < 2
====
