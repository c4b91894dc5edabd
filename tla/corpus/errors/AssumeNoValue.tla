---- MODULE AssumeNoValue ----
\* An assumption that cannot be evaluated is an error, and not one that is false.
EXTENDS Naturals
CONSTANT Send(_, _)
ASSUME \A p, d \in {1} : Send(p, d) \in BOOLEAN
Pair(p, d) == d = <<p, d>>
VARIABLE x
Init == x = 0
Next == x' = 1 - x
====
