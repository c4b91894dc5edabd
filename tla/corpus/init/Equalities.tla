---- MODULE Equalities ----
EXTENDS Naturals
VARIABLES a, b, c, d, e
Base(v) == a = v /\ b = a + 1
Rest == c = {a, b} /\ d = [i \in c |-> i * i]
Tests == 1 = 1 /\ a # b /\ b > a /\ (a = 0 \/ TRUE)
Init == (\E v \in 0..2 : Base(v)) /\ Rest /\ Tests /\ e = (a = 1)
Next == a' = b /\ b' = a /\ e' = ~e /\ UNCHANGED <<c, d>>
Inv == a \in c /\ d[b] = b * b
Broken == e => a < b
====
