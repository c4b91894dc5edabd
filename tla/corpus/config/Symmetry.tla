---- MODULE Symmetry ----
EXTENDS TLC, FiniteSets, Naturals
CONSTANTS Proc, Val, Nil
VARIABLES owner, val, waiting
Perms == Permutations(Proc)
Both == Permutations(Proc) \cup Permutations(Val)
Init == owner = Nil /\ val = [p \in Proc |-> Nil] /\ waiting = {}
Acquire(p) == owner = Nil /\ p \in waiting /\ owner' = p /\ waiting' = waiting \ {p} /\ UNCHANGED val
Write(p) == owner = p /\ \E v \in Val : val' = [val EXCEPT ![p] = v] /\ UNCHANGED <<owner, waiting>>
Release(p) == owner = p /\ owner' = Nil /\ val' = [q \in Proc |-> val[p]] /\ UNCHANGED waiting
Wait(p) == p \notin waiting /\ p # owner /\ waiting' = waiting \cup {p} /\ UNCHANGED <<owner, val>>
Next == \E p \in Proc : Acquire(p) \/ Write(p) \/ Release(p) \/ Wait(p)
Inv == owner \notin waiting
Broken == ~ (Cardinality(waiting) = 2 /\ \A p, q \in Proc : val[p] = val[q] /\ val[p] # Nil)
====
