---- MODULE Nested ----
EXTENDS Naturals, FiniteSets, Sequences
CONSTANT K
VARIABLES f, g, h
Pick(v, S) == v \in S
Both(a, b) == IF a = 1 THEN (b = 1 \/ b = 2) ELSE b = 0 \/ \E k \in 2..3 : b = k * a
Init == /\ Pick(f, SUBSET (1..K))
        /\ Cardinality(f) = 2
        /\ g \in [f -> {n \in 0..K : n \notin f}]
        /\ \A i, j \in f : i < j => g[i] <= g[j]
        /\ LET m == CHOOSE m \in f : \A k \in f : m <= k
               z == {g[i] : i \in f}
           IN /\ \/ h = <<m>> /\ m > 1
                 \/ \E e \in z : h = <<e, m>> /\ e # m
                 \/ h \in {<<>>, <<m, m>>} /\ Cardinality(z) = 1
              /\ Len(h) < 2 \/ h[1] # 0
        /\ Both(1, 1) /\ ~Both(2, 2)
Next == \E i \in f : f' = f \ {i} /\ g' = [j \in f' |-> g[j]] /\ h' = Append(h, i)
Inv == Len(h) + Cardinality(f) <= 4
Broken == h # <<4, 1, 1, 2>>
====
