---- MODULE TwoNext ----
EXTENDS Integers
VARIABLES x
Spec == x = 0 /\ [][x' = 1 - x]_x /\ [][x' # 3]_x
====
