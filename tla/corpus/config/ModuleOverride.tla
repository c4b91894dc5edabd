---- MODULE ModuleOverride ----
EXTENDS Naturals, UsesNat
VARIABLES x, y
V == INSTANCE UsesNat2 WITH v <- y
Tiny == {0, 1}
Init == x \in Nat /\ x < 3 /\ y = 0 /\ Small(x)
Next == \/ x' = (x + 1) % 3 /\ UNCHANGED y
        \/ V!Grow /\ UNCHANGED x
Inv == x \in Nat
Broken == y = 0
====
