---- MODULE OutOfDomain ----
EXTENDS Naturals, Sequences
VARIABLES q
Init == q = <<1, 2>>
Next == q' = Tail(q) /\ q[1] > 0
====
