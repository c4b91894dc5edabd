---- MODULE LocalNames ----
EXTENDS Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets
VARIABLES x
LOCAL vars == <<x>>
F(y) == LET z == y + 1 G(w) == w * z IN G(z)
H[i \in 0..5] == IF i = 0 THEN 1 ELSE i * H[i - 1]
LOCAL K == [i \in 1..3 |-> H[i]]
Init == x = 0
Next == LET R == INSTANCE Local2 WITH y <- x IN \/ R!Act(5) \/ x' = F(x) % 7
Inv == x \in 0..20 /\ Len(K) = 3 /\ Cardinality({K[i] : i \in 1..3}) = 3
Broken == x # H[3] - 1
====
