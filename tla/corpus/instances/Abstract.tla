---- MODULE Abstract ----
EXTENDS Naturals
CONSTANTS Value, None
VARIABLE chosen
TypeOK == chosen \in Value \cup {None}
Init == chosen = None
Next == chosen = None /\ \E v \in Value : chosen' = v
Spec == Init /\ [][Next]_chosen
====
