---- MODULE CfgSyntax ----
EXTENDS Integers
CONSTANT N
VARIABLES x
Init == x \in 0..2
Next == x' = x
====
