---- MODULE Comments ----
EXTENDS Naturals
CONSTANTS N, Flag, Name, S, T
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % N
Inv == /\ x < N
       /\ Flag \in BOOLEAN /\ Name = "a b" /\ S = {} /\ T = {{1}, {2, 3}, {}}
Broken == x # 3
====
