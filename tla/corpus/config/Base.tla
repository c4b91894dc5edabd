---- MODULE Base ----
EXTENDS Integers
CONSTANTS Vals, Konstant, Fun(_), Rel(_, _)
VARIABLE x
Op(n) == n + 1
Init == x \in Vals
Next == \/ x' = Op(x) /\ x < Konstant
        \/ \E v \in Vals : Rel(v, x) /\ x' = Fun(v)
Inv == x \in -5..20
Broken == x # 11
====
