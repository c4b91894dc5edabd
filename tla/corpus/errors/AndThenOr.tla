---- MODULE AndThenOr ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES edges, path
V == 1..3
E0 == {<<1, 2>>, <<2, 3>>, <<3, 1>>}
Init == edges = E0 /\ path \in {<<v>> : v \in V}
Last(s) == s[Len(s)]
Next == \/ \E <<a, b>> \in edges : Last(path) = a /\ path' = <<path[1], b>> /\ UNCHANGED edges
        \/ \E <<a, b>> \in edges, <<c, d>> \in edges : a # c /\ edges' = (edges \ {<<a, b>>, <<c, d>>}) \cup {<<b, a>>, <<d, c>>} /\ path' = path
        \/ \E <<a, b>> \in edges, v \in V \ {2} : v = b /\ path' = <<v, a>> /\ UNCHANGED edges
Sum == {p[1] + p[2] : p \in edges}
Flat == {<<y, x>> : <<x, y>> \in edges}
F == [<<x, y>> \in V \X V |-> x - y > 0]
Inv == /\ \A <<a, b>> \in edges : a # b
       /\ Cardinality(Flat) = Cardinality(edges)
       /\ F[2, 1]
       /\ {<<x, y>> \in V \X V : x = y} \cap edges = {}
       /\ (CHOOSE <<x, y>> \in edges : TRUE) \in edges
Broken == path # <<3, 3>> /\ <<1, 3>> \notin edges \/ Len(path) = 1
====
