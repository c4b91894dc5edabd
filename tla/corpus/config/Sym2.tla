---- MODULE Sym2 ----
EXTENDS Naturals, TLC, FiniteSets, Sequences
CONSTANTS A, B, Nil
VARIABLES q, m
Sym == Permutations(A) \union Permutations(B)
SymA == Permutations(A)
Init == q = <<>> /\ m = [p \in A \X B |-> 0]
Add == \E a \in A, b \in B : Len(q) < 2 /\ q' = Append(q, [src |-> a, dst |-> b]) /\ UNCHANGED m
Del == q # <<>> /\ q' = Tail(q) /\ m' = [m EXCEPT ![q[1].src, q[1].dst] = (@ + 1) % 2]
Next == Add \/ Del
Inv == \A i \in DOMAIN q : q[i].src \in A
Broken == Cardinality({p \in A \X B : m[p] = 1}) < 3 \/ q # <<>>
====
