---- MODULE PrimedCondition ----
\* A primed variable as a condition, before it has a value.
VARIABLES x, y
Init == x = FALSE /\ y = 0
Next == x' /\ y' = 1
====
