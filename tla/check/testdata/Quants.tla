---- MODULE Quants ----
EXTENDS Integers, FiniteSets
VARIABLES f, g, r
Init == /\ f \in [{1, 2} -> {"u", "v"}]
        /\ r \in [flag : BOOLEAN, id : {1, 2}]
        /\ g = {<<i, j>> \in (1..2) \X (1..2) : i <= j}
Flip(k) == f' = [f EXCEPT ![k] = IF @ = "u" THEN "v" ELSE "u"]
Next == \/ \E k \in DOMAIN f : Flip(k) /\ UNCHANGED <<g, r>>
        \/ /\ r.flag
           /\ r' = [r EXCEPT !.flag = FALSE, !.id = 3 - @]
           /\ g' \in {h \in SUBSET g : Cardinality(h) >= 2}
           /\ f' = f
        \/ \E h \in {h \in SUBSET g : h # {}} : \E e \in h :
              ~r.flag /\ g' = h \ {e} /\ r' = [r EXCEPT !.id = e[1]] /\ UNCHANGED f
Inv == /\ f \in [1..2 -> STRING]
       /\ g \subseteq (Nat \X Int)
       /\ r \in [flag : BOOLEAN, id : 1..2]
       /\ \A h \in SUBSET g : h \cap g = h
Broken == Cardinality(g) > 1
====
