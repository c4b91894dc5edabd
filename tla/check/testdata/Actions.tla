---- MODULE Actions ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS P, None
VARIABLES x, q, own
vars == <<x, q, own>>
rest == <<q, own>>
Init == /\ x \in [P -> 0..1] /\ (\E p \in P : x[p] = 0)
        /\ q = <<>> /\ own = None
Inc(p) == LET n == x[p] + 1 IN n < 3 /\ x' = [x EXCEPT ![p] = n] /\ UNCHANGED rest
Push == \E p \in P, k \in {1, 2} : /\ Len(q) < 2
                                   /\ q' = Append(q, <<p, k>>) /\ UNCHANGED <<x, own>>
Pop == /\ q # <<>>
       /\ LET h == Head(q) IN IF own = None THEN own' = h[1] ELSE own' \in {None, h[1]}
       /\ q' = Tail(q)
       /\ CASE own = None -> x' = x [] OTHER -> x' = [x EXCEPT ![own] = @ - @]
Apply2(Op(_, _), a) == \E b \in {0, 1} : Op(a, b)
Set(a, b) == x[a] # b /\ x' = [x EXCEPT ![a] = b] /\ own' = None /\ q' = q
Next == \/ \E p \in P : Inc(p)
        \/ Push \/ Pop
        \/ (own # None /\ Apply2(Set, own))
Spec == Init /\ [][Next]_vars
Small == \A p \in P : x[p] \in 0..2
Types == own \in P \cup {None} /\ q \in Seq(P \X {1, 2})
Broken == Len(q) < 2
====
