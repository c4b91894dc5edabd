---- MODULE UnboundedForall ----
EXTENDS Naturals
VARIABLES s
Init == s = 1
Next == s' = 2 /\ \A x : x = x
====
