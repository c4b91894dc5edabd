---- MODULE RecursiveAction2 ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES x, y, z
vars == <<x, y, z>>
RECURSIVE Ping(_, _), Pong(_, _), Walk(_, _, _)
Ping(n, k) == \/ n > 0 /\ \E j \in 1..k : Pong(n - 1, j)
              \/ n = 0 /\ x' = k
Pong(n, k) == IF n = 0 THEN x' = k + 1 ELSE Ping(n, k) \/ (n = 1 /\ x' = 0)
Walk(Act(_), S, b) == IF S = {} THEN b > 0 /\ z' = b ELSE \E e \in S : Act(e) /\ Walk(Act, S \ {e}, b + e)
Init == x = 0 /\ y = 0 /\ z = 0
A == Ping(3, 2) /\ y' = x' /\ UNCHANGED z
B == LET RECURSIVE Try(_)
         Try(n) == \/ n < 2 /\ Try(n + 1) /\ n # y
                   \/ x' = n
     IN Try(0) /\ y' \in {x', y} /\ z' = z
C == x' = y /\ y' = x /\ Walk(LAMBDA e : e # x, {1, 2}, 0)
D == /\ x > 2
     /\ \/ Ping(1, 1) /\ Ping(1, 2)
        \/ Ping(1, 1)
     /\ UNCHANGED <<y, z>>
Next == A \/ B \/ C \/ D
Inv == x < 5
Broken == z # 3 \/ x # 1 \/ y # 2
====
