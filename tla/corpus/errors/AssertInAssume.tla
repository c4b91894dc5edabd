---- MODULE AssertInAssume ----
\* An Assert that fails in an assumption.
EXTENDS TLC, Naturals
CONSTANT N
ASSUME N \in Nat /\ Assert(N > 1, "N is too small")
VARIABLE x
Init == x = N
Next == x' = x
====
