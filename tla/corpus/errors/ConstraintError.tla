---- MODULE ConstraintError ----
EXTENDS Integers, Sequences
VARIABLES q
Init == q = <<1>>
Next == q' = Append(q, Len(q))
C == q[3] # 7
====
