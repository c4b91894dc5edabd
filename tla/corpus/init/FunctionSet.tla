---- MODULE FunctionSet ----
EXTENDS Naturals, FiniteSets
CONSTANTS Node
VARIABLES edges, parent, mark
\* A large set of functions, filtered by what comes after it.
Init == /\ edges \in [Node \X Node -> BOOLEAN]
        /\ \A n \in Node : ~edges[n, n]
        /\ \A m, n \in Node : edges[m, n] = edges[n, m]
        /\ \A n \in Node : \E m \in Node : edges[<<m, n>>]
        /\ parent \in [Node -> Node]
        /\ \A n \in Node : parent[n] = n \/ edges[n, parent[n]]
        /\ Cardinality({n \in Node : parent[n] = n}) = 1
        /\ mark = {n \in Node : parent[n] = n}
Next == \E n \in Node \ mark : parent[n] \in mark /\ mark' = mark \cup {n} /\ UNCHANGED <<edges, parent>>
Inv == mark # {}
Broken == \E n \in mark : parent[n] # n \/ Cardinality(mark) < Cardinality(Node)
====
