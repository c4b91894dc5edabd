---- MODULE Counter ----
EXTENDS Naturals
CONSTANTS Max, Step(_)
VARIABLE n
LOCAL Limit == Max
Init == n = 0
Up == n + Step(n) <= Limit /\ n' = n + Step(n)
Reset == n > 0 /\ n' = 0
Next == Up \/ Reset
Spec == Init /\ [][Next]_n
Bounded == n <= Max
====
