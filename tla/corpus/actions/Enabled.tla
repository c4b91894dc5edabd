---- MODULE Enabled ----
EXTENDS Naturals
VARIABLES x, y
A == x < 3 /\ x' = x + 1 /\ UNCHANGED y
B(k) == x >= k /\ y' = y + k /\ y < 2 /\ x' = x - k
C == ~ENABLED A /\ ~ENABLED (\E k \in 1..3 : B(k)) /\ x' = 0 /\ y' = 0
D == ENABLED (x' = x + y /\ y' \in 1..2 /\ x' > 2) /\ y' = 0 /\ UNCHANGED x
Init == x = 0 /\ y = 0
Next == A \/ (\E k \in 1..2 : B(k)) \/ C \/ D
Inv == (ENABLED A) \equiv x < 3
Broken == ENABLED B(2) => x # 3
NotStuck == ENABLED <<Next>>_<<x, y>>
====
