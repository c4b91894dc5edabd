---- MODULE Large ----
\* More states than anyone waits for.
EXTENDS Integers
VARIABLES a, b
Init == a = 0 /\ b = 0
Next == a' = a + 1 /\ b' \in 0..a
====
