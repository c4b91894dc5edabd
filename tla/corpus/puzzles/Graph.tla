---- MODULE Graph ----
EXTENDS Naturals, FiniteSets, Sequences, TLC
CONSTANTS Nodes, SuccSet
VARIABLES marked, frontier
Edges == {<<a, b>> \in Nodes \X Nodes : b \in SuccSet[a]}
Reach[n \in Nat] == IF n = 0 THEN {1} ELSE LET R == Reach[n - 1] IN R \cup UNION {SuccSet[a] : a \in R}
IsPath(p) == \A i \in 1..(Len(p) - 1) : <<p[i], p[i + 1]>> \in Edges
Paths(k) == {p \in UNION {[1..n -> Nodes] : n \in 1..k} : IsPath(p)}
TransClosure == LET RECURSIVE Close(_)
                    Close(R) == LET S == R \cup {<<p[1], q[2]>> : p \in R, q \in R}
                                    T == {e \in S : \E m \in Nodes : <<e[1], m>> \in R /\ (<<m, e[2]>> \in R \/ m = e[2])}
                                IN IF T \subseteq R THEN R ELSE Close(R \cup T)
                IN Close(Edges)
Init == marked = {} /\ frontier = {1}
Visit == \E n \in frontier : /\ marked' = marked \cup {n}
                             /\ frontier' = (frontier \cup SuccSet[n]) \ marked'
Next == Visit \/ (frontier = {} /\ UNCHANGED <<marked, frontier>>)
Succ1 == (1 :> {2, 3}) @@ (2 :> {4}) @@ (3 :> {4, 1}) @@ (4 :> {}) @@ (5 :> {1})
Inv == /\ marked \subseteq Reach[4]
       /\ frontier = {} => marked = Reach[4]
       /\ \A n \in marked \ {1} : <<1, n>> \in TransClosure
       /\ Cardinality(Paths(2)) = 11
Broken == 4 \notin marked
====
