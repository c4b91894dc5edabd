---- MODULE Slots ----
EXTENDS Integers, FiniteSets
VARIABLES x, y, z
Twice(S) == {i + i : i \in S}
Uses(S) == \E i \in 1..2 : \A j \in Twice({k + 1 : k \in S}) : \E l \in S : l + i > 0 /\ j > i
Init == x = 1 /\ y = 0 /\ z \in {1, 2}
Next == /\ \E i \in 1..2 : \/ x' = i
                           \/ \E j \in {3} : x' = j
                           \/ x' = i + 3
        /\ \E k \in 0..1, l \in 0..1 : y' = k + l /\ (\E n \in 1..3 : n > l)
        /\ LET s == {q \in 0..x : \E w \in {q} : w # y'} IN
             \/ z' = Cardinality(s) /\ Uses(s)
             \/ Uses({z}) /\ z' = z
        /\ (\E n \in 1..3 : x' < n + 3) /\ \E n \in {1, 2} : TRUE
Inv == x \in 1..5 /\ z < 8
Broken == z # 4
====
