---- MODULE AssumeInstance ----
EXTENDS Naturals, TLC
VARIABLES x
M == INSTANCE WithAssume WITH K <- 3
Init == x = M!Start
Next == x' = M!Succ(x)
Broken == x < 4
====
