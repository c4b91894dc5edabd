---- MODULE PrimedCondition ----
\* A primed variable as a condition has no value yet: write started' = TRUE.
EXTENDS Naturals
VARIABLES started, n
Init == started = FALSE /\ n = 0
Start == ~started /\ started' /\ n' = 1
Next == Start \/ (n < 2 /\ n' = n + 1 /\ UNCHANGED started)
====
