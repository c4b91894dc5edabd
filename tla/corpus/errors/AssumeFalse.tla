---- MODULE AssumeFalse ----
EXTENDS Naturals
CONSTANT N
ASSUME N > 3
ASSUME Named == N # 2
VARIABLES x
Init == x = 0
Next == x' = x
====
