---- MODULE NoInit ----
EXTENDS Naturals
VARIABLE x
Init == x \in {n \in 1..9 : n > 10}
Next == x' = x
Inv == FALSE
====
