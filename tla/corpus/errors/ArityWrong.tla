---- MODULE ArityWrong ----
EXTENDS Naturals
VARIABLES s
F(a, b) == a
Init == s = 1
Next == s' = F(1)
====
