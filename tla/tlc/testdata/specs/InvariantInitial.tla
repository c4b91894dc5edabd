---- MODULE InvariantInitial ----
VARIABLE x
Init == x \in {1, 2}
Next == x' = x
Two == x # 2
====
