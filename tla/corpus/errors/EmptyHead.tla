---- MODULE EmptyHead ----
EXTENDS Integers, Sequences
VARIABLES q
Init == q = <<1>>
Next == q' = Tail(q)
====
