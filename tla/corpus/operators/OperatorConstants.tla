---- MODULE OperatorConstants ----
EXTENDS Naturals, FiniteSets, Sequences
CONSTANTS Weight(_), Better(_, _), Items, Start
VARIABLES bag, best
RECURSIVE Total(_)
Total(S) == IF S = {} THEN 0 ELSE LET i == CHOOSE i \in S : \A j \in S : i = j \/ Better(i, j) IN Weight(i) + Total(S \ {i})
W(i) == CASE i = "gold" -> 3 [] i = "iron" -> 2 [] OTHER -> 1
B(i, j) == W(i) > W(j)
Three == {"gold", "iron", "wood"}
None == {}
Init == bag = Start /\ best = 0
Put == \E i \in Items \ bag : bag' = bag \cup {i} /\ Total(bag') < 6 /\ best' = IF Total(bag') > best THEN Total(bag') ELSE best
Take == \E i \in bag : bag' = bag \ {i} /\ UNCHANGED best
Next == Put \/ Take
Inv == Total(bag) <= best
Broken == best < 5
====
