---- MODULE NoInit ----
VARIABLE x
Init == x \in {}
Next == x' = x
====
