---- MODULE Disjunctions ----
EXTENDS Naturals
VARIABLES x, y
\* The same initial state several times over: each is counted as generated.
Init == \/ x = 0 /\ y = 0
        \/ x \in 0..1 /\ y \in {0, 0}
        \/ /\ x = 1 \/ x = 2 \/ x = 1
           /\ y = x
        \/ \E i, j \in 0..1 : x = i + j /\ y = 0
        \/ \E i \in {} : x = i /\ y = i
        \/ x = 9 /\ FALSE /\ y = 9
Next == x' = y /\ y' = x
Inv == x <= 2
Broken == y # 2
====
