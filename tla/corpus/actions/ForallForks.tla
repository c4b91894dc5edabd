---- MODULE ForallForks ----
EXTENDS Naturals, FiniteSets, TLC
VARIABLES x, y, n
Init == x = 0 /\ y = 0 /\ n \in {0, 1}
A == /\ \A i \in {1, 2} : \/ i = 1 /\ x' = (x + n) % 3
                          \/ i = 2 /\ y' \in {x, 1}
                          \/ i = 2 /\ y' = y /\ n = 1
     /\ n' = n
B == /\ \A i \in {} : x' = 9
     /\ n' = 1 - n /\ UNCHANGED <<x, y>>
C == \A i \in {3} : \A j \in {i} : (x' = y /\ y' = x) /\ (n' = n \/ n' = 0)
D == \A p \in {<<0, x>>, <<1, y>>} : IF p[1] = 0 THEN x' = p[2] ELSE y' = p[2] /\ n' \in {p[1], n}
Next == A \/ B \/ C \/ D
Level == TLCGet("level") <= 5
Inv == x + y < 5
Broken == ~(x = 2 /\ y = 2)
====
