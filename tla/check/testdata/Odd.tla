---- MODULE Odd ----
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLES x, y, m
Kinds == {"zeta", "alpha", "mid"}
Pick == CHOOSE k \in Kinds : TRUE
Init == /\ x = 0 /\ y \in SUBSET {1, 2} /\ m = [k \in Kinds |-> k = Pick]
A == \A i \in {1, 2} : (i = 1 => x' = x + 1) /\ (i = 2 => y' = y \cup {x})
B == \E z \in (SUBSET {1}) \cup {{1}, {3}} : y' = z /\ x' = 0
C == LET z == x' + 1 IN (x' = 1 /\ y' = {z}) \/ (x' = 2 /\ y' = {z, 0})
D == \E <<i, j>> \in {<<1, 2>>, <<2, 3>>} : x' = i /\ y' = {j}
Next == /\ x < 3
        /\ (A \/ B \/ C \/ D)
        /\ m' \in {m, [m EXCEPT !["mid"] = TRUE, !.alpha = ~@]}
Inv == x < 5 /\ y \subseteq 0..5 /\ DOMAIN m = Kinds
Bad == ~ (x = 2 /\ m.mid /\ 3 \in y)
Broken == x < 2
====
