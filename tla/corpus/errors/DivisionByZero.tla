---- MODULE DivisionByZero ----
EXTENDS Integers
VARIABLES x
Init == x = 2
Next == x' = 6 \div x - 3
====
