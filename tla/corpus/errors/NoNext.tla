---- MODULE NoNext ----
EXTENDS Integers
VARIABLES x
Init == x \in 0..2
Inv == x < 2
====
