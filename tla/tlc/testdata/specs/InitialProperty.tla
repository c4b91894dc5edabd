---- MODULE InitialProperty ----
\* The refinement fails in its very first state.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = 1 - x
Spec == Init /\ [][Next]_x
Other == x = 1 /\ [][Next]_x
====
