---- MODULE CaseNoOther ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Kind(n) == CASE n < 2 -> "low" [] n \in 2..3 -> "mid" [] n > 2 /\ n < 6 -> "high"
Next == x' \in {x, x + 1, x + 2} /\ Kind(x) # "none"
Stop == x < 5
Inv == Kind(x) \in {"low", "mid", "high"}
====
