---- MODULE InitPrimedSpec ----
EXTENDS Integers
VARIABLES x
F(S) == CHOOSE y \in S : TRUE
Init == x = F({})
Next == x' = x
====
