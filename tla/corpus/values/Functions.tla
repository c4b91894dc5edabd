---- MODULE Functions ----
EXTENDS Naturals, TLC, FiniteSets
VARIABLES f, g
Range(h) == {h[x] : x \in DOMAIN h}
Inverse(h) == [y \in Range(h) |-> CHOOSE x \in DOMAIN h : h[x] = y]
Restrict(h, S) == [x \in S \cap DOMAIN h |-> h[x]]
Init == f = [x \in {} |-> x] /\ g = <<>>
Next == \/ \E k \in 1..2, v \in {"a", "b"} : f' = (k :> v) @@ f /\ g' = f
        \/ \E k \in 1..2, v \in {"a", "c"} : f' = f @@ (k :> v) /\ UNCHANGED g
        \/ f # <<>> /\ f' = Restrict(f, {1}) /\ g' = Inverse(f)
        \/ DOMAIN g = {1} /\ g[1] \in 1..2 /\ f' = [x \in Range(g) |-> "c"] /\ g' = <<[x, y \in {"a"} |-> <<y, x>>]>>
        \/ f' = <<>> /\ DOMAIN f = {2} /\ g' = <<[S \in SUBSET {1} |-> Cardinality(S)]>>
        \/ Cardinality(DOMAIN f) = 2 /\ f' = [f EXCEPT ![1] = @, ![2] = f[1], ![1] = "b", ![9] = "z"] /\ g' = [<<1, 2>> EXCEPT ![2] = @ + @]
TypeOK == /\ f \in UNION {[D -> {"a", "b", "c"}] : D \in SUBSET {1, 2}}
          /\ (f = << >>) = (DOMAIN f = {})
          /\ DOMAIN f = {1, 2} => f = <<f[1], f[2]>>
Broken == <<"b", "a">> # f
Broken2 == DOMAIN f # {1, 2} \/ f # [x \in {1, 2} |-> IF x = 1 THEN "b" ELSE "a"]
====
