---- MODULE Liveness ----
EXTENDS Naturals
VARIABLES x
Init == x = 0
Next == x' = (x + 1) % 4
Fair == Init /\ [][Next]_x /\ WF_x(Next)
Unfair == Init /\ [][Next]_x
Live == <>(x = 3)
Leads == x = 1 ~> x = 0
Stays == <>[](x = 2)
Often == []<>(x = 2)
====
