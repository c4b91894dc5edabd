---- MODULE TypedModelValues ----
EXTENDS Naturals, FiniteSets
CONSTANTS P, Q, N, Q_a, Q_b
VARIABLE s
Init == s \in P
Next == s' \in P
Inv == s \in P /\ N \notin P
Mixed == s # Q_a
Number == s # 1
====
