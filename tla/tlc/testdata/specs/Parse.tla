---- MODULE Parse ----
EXTENDS Naturals
VARIABLE x
Init == x = 0 /\/ x
Next == x' = x
====
