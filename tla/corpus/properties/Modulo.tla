---- MODULE Modulo ----
EXTENDS Naturals
CONSTANT K
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % K
Spec == Init /\ [][Next]_n
====
