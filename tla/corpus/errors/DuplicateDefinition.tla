---- MODULE DuplicateDefinition ----
EXTENDS Integers
VARIABLES x
A == 1
A == 2
Init == x = 0
Next == x' = A
====
