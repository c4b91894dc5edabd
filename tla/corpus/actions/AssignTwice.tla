---- MODULE AssignTwice ----
EXTENDS Naturals
VARIABLES x, y
Init == x \in 0..4 /\ y \in {x, 1} /\ x < 4 /\ x \in {0, 1, 2, 5}
\* The second mention of a primed variable is a test.
N1 == x' = (x + 1) % 4 /\ x' \in 0..2 /\ y' = x'
N2 == x' \in 0..3 /\ x' = y /\ y' \in {x', x} /\ y' > 0
N3 == x' \in {x, y} /\ y' \in {x, y} /\ x' # y'
N4 == y' = 0 /\ x' = y' /\ x' = 1
Next == N1 \/ N2 \/ N3 \/ N4
Inv == x <= 3
Broken == ~(x = 2 /\ y = 1)
====
