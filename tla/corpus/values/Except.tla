---- MODULE Except ----
EXTENDS Naturals, Sequences
CONSTANT P
VARIABLES r
Init == r = [a |-> [b |-> [p \in P |-> <<0, p>>], c |-> {}], d |-> [i, j \in 1..2 |-> i - j = 0], e |-> <<[k |-> 1], [k |-> 2]>>]
Next == \/ \E p \in P : r' = [r EXCEPT !.a.b[p][1] = (@ + 1) % 3, !.a.c = @ \cup {p}]
        \/ \E p, q \in P : r' = [r EXCEPT !.a.b = [@ EXCEPT ![p] = r.a.b[q], ![q] = @[p] \o <<>>], !.a.c = {}]
        \/ \E i, j \in 1..2 : r' = [r EXCEPT !.d[i, j] = ~@, !.d[<<j, i>>] = ~@]
        \/ r' = [r EXCEPT !.e[1].k = r.e[2].k, !.e[2].k = @ + r.e[1].k - 1]
        \/ r' = [r EXCEPT !["a"].c = @ \ P, !.d = [i, j \in 1..2 |-> i = j]]
Bound == r.e[1].k + r.e[2].k < 6
Inv == r.d[1, 2] = r.d[2, 1]
Broken == ~ \E p \in P : r.a.b[p] = <<2, p>> /\ r.e[1] = r.e[2]
====
