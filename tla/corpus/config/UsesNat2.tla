---- MODULE UsesNat2 ----
EXTENDS Naturals
VARIABLE v
Grow == \E n \in Nat : n > v /\ v' = n
====
