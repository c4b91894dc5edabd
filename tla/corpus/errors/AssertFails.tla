---- MODULE AssertFails ----
EXTENDS Naturals, TLC
VARIABLES x
Init == x = 0
Next == x' = x + 1 /\ Assert(x < 3, <<"too large", x>>)
====
