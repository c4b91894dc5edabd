---- MODULE UnknownName ----
EXTENDS Naturals
VARIABLES s
Init == s = 1
Next == s' = t
====
