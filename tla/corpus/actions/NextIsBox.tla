---- MODULE NextIsBox ----
EXTENDS Naturals
VARIABLES x, y
A == x' = (x + 1) % 3 /\ y' = x
Init == x = 0 /\ y = 0
NextBox == [A]_<<x, y>>
NextAngle == <<A>>_y
Many == \/ \E i \in {} : x' = i /\ y' = i
        \/ \E i \in 1..2 : \E j \in {i, 0} : x' = i /\ y' = j
        \/ \E S \in SUBSET {x, y} : S # {} /\ x' \in S /\ y' = 0
        \/ \E g \in [{1} -> {x}] : x' = g[1] /\ y' \in {g[1], 1}
        \/ \E k \in 1..3 : k > x /\ (\E l \in {k} : x' = l % 3) /\ UNCHANGED y
Inv == x < 3
Broken == x + y < 4
====
