---- MODULE Stack ----
EXTENDS Naturals
VARIABLE x
RECURSIVE F(_)
F(n) == 1 + F(n + 1)
Init == x = F(0)
Next == x' = x
====
