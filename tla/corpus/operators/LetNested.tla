---- MODULE LetNested ----
EXTENDS Naturals, FiniteSets
VARIABLES v
Op(a) == LET b == a + 1
             c(d) == LET e == d * b IN {e, a}
             f[g \in 0..3] == IF g = 0 THEN b ELSE f[g - 1] + 1
             h(Z(_), w) == Z(w)
         IN <<c(2), f[2], h(LAMBDA q : q + a, b), h(c, 1)>>
Init == v = Op(0)
Next == \E k \in 0..2 :
          LET old == v
              new == Op(k)
              RECURSIVE Up(_)
              Up(n) == IF n > k THEN {} ELSE {n} \cup Up(n + 1)
              both == <<old[2], new[2]>>
          IN /\ both[1] + 3 > both[2]
             /\ v' = [new EXCEPT ![3] = Cardinality(Up(0))]
Inv == v[2] \in 0..9
Broken == v[3] # 3 \/ v[2] # 5
====
