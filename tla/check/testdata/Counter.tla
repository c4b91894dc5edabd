---- MODULE Counter ----
EXTENDS Naturals
CONSTANT Max
VARIABLE c
Init == c = 0
Step(k) == c + k <= Max /\ c' = c + k
Next == \E k \in 1..2 : Step(k)
Spec == Init /\ [][Next]_c
Bounded == c <= Max
====
