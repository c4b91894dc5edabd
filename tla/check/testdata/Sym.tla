---- MODULE Sym ----
EXTENDS TLC, FiniteSets, Integers
CONSTANTS N
VARIABLES on, last
Init == on = {} /\ last \in N
Next == \E n \in N : /\ on' = IF n \in on THEN on \ {n} ELSE on \cup {n}
                     /\ last' = n
Perms == Permutations(N)
C == Cardinality(on) < 4
A == last' # last
V == <<on, last>>
Broken == Cardinality(on) < 3
====
