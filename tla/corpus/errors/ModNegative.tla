---- MODULE ModNegative ----
EXTENDS Integers
VARIABLES x
Init == x = 3
Next == x' = (5 % x) - 1
====
