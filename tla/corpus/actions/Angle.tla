---- MODULE Angle ----
EXTENDS Naturals
VARIABLES x, y
v == <<x, y>>
A == x' \in {x, (x + 1) % 3} /\ y' = y
B == y' \in {y, x} /\ x' = x
Init == x = 0 /\ y = 0
Next == <<A>>_v \/ [B]_v \/ <<B>>_<<y>> \/ <<A \/ B>>_<<x, y>>
Inv == y \in 0..2
Broken == <<x, y>> # <<0, 2>>
====
