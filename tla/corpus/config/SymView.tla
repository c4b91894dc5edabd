---- MODULE SymView ----
EXTENDS Naturals, TLC, FiniteSets
CONSTANT P
VARIABLES own, cnt, last
Perms == Permutations(P)
V == <<own, cnt>>
Init == own = {} /\ cnt = [p \in P |-> 0] /\ last \in P
Get(p) == own = {} /\ own' = {p} /\ cnt' = [cnt EXCEPT ![p] = (@ + 1) % 2] /\ last' = p
Put(p) == p \in own /\ own' = own \ {p} /\ UNCHANGED <<cnt, last>>
Pass(p, q) == own = {p} /\ p # q /\ own' = {q} /\ cnt' = [cnt EXCEPT ![q] = cnt[p], ![p] = cnt[q]] /\ last' = q
Next == \E p \in P : Get(p) \/ Put(p) \/ \E q \in P : Pass(p, q)
Inv == Cardinality(own) < 2
Broken == \E p \in P : cnt[p] = 0 \/ own # {}
====
