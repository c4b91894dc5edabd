---- MODULE FieldMissing ----
EXTENDS Naturals
VARIABLES r
Init == r = [a |-> 1]
Next == r' = [r EXCEPT !.b = 2, !.a = @ + 1] /\ r.a < 3
Inv == r.b = 2
====
