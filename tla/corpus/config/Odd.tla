---- MODULE Odd ----
EXTENDS Naturals
CONSTANTS N, S, neg
VARIABLE x
Init == x = 0
Next == \E k \in S : x' = (x + k) % N
Inv == x < N /\ neg \in S \cup {neg}
Broken == x # 5
====
