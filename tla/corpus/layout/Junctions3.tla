---- MODULE Junctions3 ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = FALSE
Next ==
  \/ /\ x < 6
     /\ x' = (x
              + 1)
     /\ y' = (  /\ x > 3
              /\ x < 5)
  \/ /\ x = 6
     /\ x' = 0 /\ y' = y
Inv == x \in 0..6
Broken == ~y
====
