---- MODULE UsesNat ----
LOCAL INSTANCE Naturals
Small(k) == k \in Nat
====
