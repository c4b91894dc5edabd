---- MODULE Symmetry ----
EXTENDS TLC
CONSTANT P
VARIABLE x
Init == x = [p \in P |-> FALSE]
Set(p) == ~x[p] /\ x' = [x EXCEPT ![p] = TRUE]
Done == (\A p \in P: x[p]) /\ UNCHANGED x
Next == Done \/ \E p \in P: Set(p)
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Ends == <>(\A p \in P: x[p])
Perms == Permutations(P)
====
