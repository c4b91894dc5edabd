---- MODULE Order ----
\* The order in which sets are enumerated, which decides the order of states.
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS M, a, b
VARIABLE x
Show(n, S) == PrintT(n) /\ \A e \in S : PrintT(e)
ASSUME Show("subset", SUBSET {3, 1, 2})
ASSUME Show("subset of 4", SUBSET {"c", "a", "d", "b"})
ASSUME Show("subset of model values", SUBSET M)
ASSUME Show("functions", [{1, 2} -> {"u", "v"}])
ASSUME Show("functions 2", [M -> {TRUE, FALSE}])
ASSUME Show("functions 3", [{"z", "y"} -> 1..3])
ASSUME Show("records", [b : 1..2, a : {"p", "q"}, c : {0}])
ASSUME Show("products", {1, 2} \X {"s", "r"} \X {TRUE})
ASSUME Show("union", UNION {{3, 4}, {1, 3}, {2}})
ASSUME Show("cup", {5, 1} \cup {3, 1} \cup 0..2)
ASSUME Show("diff", (1..6) \ {2, 4})
ASSUME Show("cap", {4, 2, 3} \cap 1..3)
ASSUME Show("filter", {n \in {9, 3, 7} : n > 3})
ASSUME Show("map", {n % 3 : n \in 1..5})
ASSUME Show("map 2", {<<m, n>> : m \in {2, 1}, n \in {4, 3}})
ASSUME Show("mixed", {a, 3, b, 1})
ASSUME Show("strings", {"later", "earlier", "a", ""})
ASSUME Show("sequences", {<<2>>, <<1, 2>>, <<>>, <<1>>, <<3>>, <<1, 1>>})
ASSUME Show("records of two shapes", {[p |-> 2], [q |-> 1, p |-> 1], [q |-> 0], [p |-> 1]})
ASSUME Show("functions of other domains", {[i \in {3, 4} |-> 0], [i \in {1, 5} |-> 1], [i \in {3} |-> 7], [i \in 0..1 |-> 0]})
ASSUME Show("sets", {{2}, {1, 2}, {}, {1}, {3, 0}})
ASSUME Show("sets of sets", {{{1}}, {{}}, {{2}, {1}}, {{}, {5}}})
ASSUME Show("booleans", {TRUE, FALSE})
ASSUME Show("negatives", {-1, -3, 2, 0})
ASSUME Show("tuples of sets", (SUBSET {1}) \X (SUBSET {2}))
ASSUME Show("permutations", Permutations({"x", "y", "z"}))
ASSUME Show("permutations of model values", Permutations(M))
ASSUME Show("domain", DOMAIN [e |-> 1, d |-> 2])
ASSUME Show("nested functions", [{1} -> [{2} -> {3, 4}]])
ASSUME Show("subsets of functions", SUBSET [{1} -> {0, 1}])
ASSUME Show("boolean functions", [BOOLEAN -> BOOLEAN])
ASSUME \A p, q \in {2, 1}, r \in {"n", "m"} : PrintT(<<p, q, r>>)
ASSUME \A <<p, q>> \in {1, 2} \X {3, 4}, r \in {0} : PrintT(<<r, q, p>>)
ASSUME PrintT(CHOOSE e \in SUBSET {1, 2, 3} : Cardinality(e) = 2)
ASSUME PrintT(CHOOSE f \in [1..2 -> 1..3] : f[1] > f[2])
ASSUME PrintT(CHOOSE r \in [p : 1..3, q : 1..3] : r.p # r.q)
ASSUME PrintT(CHOOSE e \in {{2}, {1, 3}, {0}} : e # {0})
ASSUME PrintT(CHOOSE e \in {b, a} : TRUE) /\ PrintT(CHOOSE e \in M : TRUE)
Init == x \in SUBSET {2, 1} \cup {{x1} : x1 \in {9, 8}}
Next == x' = x
Broken == x # {9}
====
