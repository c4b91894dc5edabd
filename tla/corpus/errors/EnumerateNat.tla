---- MODULE EnumerateNat ----
EXTENDS Naturals
VARIABLES x
Init == x = 0
Next == \E n \in Nat : n > x /\ x' = n
====
