---- MODULE Assumption ----
EXTENDS Naturals
CONSTANT N
VARIABLE x
ASSUME Positive == N > 0
Init == x = 0
Next == x' = x
====
