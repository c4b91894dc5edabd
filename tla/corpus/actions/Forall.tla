---- MODULE Forall ----
EXTENDS Naturals
CONSTANT N
VARIABLES f, g
\* Every process moves in the same step: \A over assignments to one variable
\* is a test, so the function is chosen whole.
Init == f = [i \in 1..N |-> 0] /\ g = [i \in 1..N |-> FALSE]
May(i) == {f[i], (f[i] + 1) % 3}
Next == /\ f' \in [1..N -> 0..2]
        /\ \A i \in 1..N : f'[i] \in May(i)
        /\ \A i \in 1..N : \E j \in 1..N : f'[j] # f[i]
        /\ \/ g' = [i \in 1..N |-> f'[i] = f[i]]
           \/ g' = g /\ \A i \in 1..N : ~g[i]
Inv == DOMAIN f = 1..N
Broken == \E i \in 1..N : ~g[i]
====
