---- MODULE InvariantEvaluation ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = "one"
Small == x < 10
====
