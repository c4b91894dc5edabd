---- MODULE RecursiveAction ----
EXTENDS Naturals, Sequences
VARIABLES x, y
RECURSIVE Any(_)
Any(n) == IF n = 0 THEN x' = 0 /\ y' = y ELSE (x' = n /\ y' = n) \/ Any(n - 1)
Init == x = 3 /\ y = 0
Next == Any(x)
Inv == x >= 0
Broken == ~(x = 1 /\ y = 1)
====
