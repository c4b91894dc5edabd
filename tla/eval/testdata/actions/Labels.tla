---- MODULE Labels ----
EXTENDS Integers
VARIABLES x, y
Init == x = 0 /\ y = 0
A == x < 2 /\ x' = x + 1 /\ UNCHANGED y
B(k) == /\ y < k
        /\ y' = y + 1
        /\ UNCHANGED x
C == \/ x = 2 /\ x' = 3 /\ y' = y
     \/ /\ x = 3
        /\ x' = 4 /\ y' = y
D == \E i \in 1..2 : x = 4 /\ x' = 4 + i /\ y' = y
G == IF x = 5 THEN x' = 7 /\ y' = y ELSE FALSE
H == LET z == 1 IN x = 7 /\ x' = 7 + z /\ y' = y
J == (x = 8 /\ x' = 9 /\ y' = y)
K == x = 9 /\ (\E i \in {1} : x' = 9 + i) /\ y' = y
M == \E i \in {x} : i = 10 /\ x' = 11 /\ y' = y
N(i) == x = i /\ x' = 14 /\ UNCHANGED y
O(i) == \E j \in {14}: x = j /\ x' = 15 /\ UNCHANGED y
Inv == x # 15
Next == A \/ B(0) \/ C \/ D \/ G \/ H \/ J \/ K \/ M \/ (x = 11 /\ x' = 12 /\ UNCHANGED y)
       \/ (\E i \in {12} : x = i /\ x' = 13 /\ UNCHANGED y)
       \/ \E i \in {13} : N(i) \/ O(i)

====
