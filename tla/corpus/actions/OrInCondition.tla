---- MODULE OrInCondition ----
EXTENDS Naturals
VARIABLES x, y
TypeOK == x \in 0..3 /\ y \in BOOLEAN
Init == (x = 0 \/ x = 2) /\ (y = TRUE \/ y = FALSE)
\* A disjunction inside a condition is a value, and outside it forks.
Next == \/ IF x = 0 \/ x = 1 THEN x' = x + 1 /\ y' = ~y ELSE (x' = 0 \/ x' = 3) /\ y' \in BOOLEAN
        \/ (x > 1 \/ y) /\ x' = x /\ y' = y
        \/ (\E i \in 1..3 : i > x) /\ UNCHANGED <<x, y>>
        \/ (x = 3 => y) /\ x' = 3 /\ y' = y
        \/ ~(x = 2 /\ y) /\ (x = 3) = y /\ UNCHANGED <<x, y>>
Broken == x # 3 \/ y
====
