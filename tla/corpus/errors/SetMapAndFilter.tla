---- MODULE SetMapAndFilter ----
EXTENDS Integers, FiniteSets
CONSTANTS M
VARIABLES s, t
U == {1, 2, 3}
Init == s \in SUBSET U /\ t = {}
Big == SUBSET (1..200)
Next == \/ s' = s \cup {x * 2 : x \in {y \in s : y < 3}} /\ t' = {<<x, y>> \in s \X s : x < y}
        \/ \E x \in s, y \in U : x # y /\ s' = (s \ {x}) \union {y} /\ t' = {x + y : x, y \in s}
        \/ s' = UNION {{x} : x \in s} /\ t' = UNION {SUBSET {x, 1} : x \in s}
        \/ s' = {} /\ t' = {{}} \union SUBSET s
        \/ t = {{}} /\ s' = {x \in -3..3 : x % 2 = 0} /\ t' = M
        \/ s' = s \intersect t /\ t' = t \cap s /\ \A x \in t : x \in Int
TypeOK == /\ s \in Big \cup {{0}, s}
          /\ s \in SUBSET Int
          /\ s \subseteq -3..100
          /\ s \in SUBSET s
          /\ SUBSET s \subseteq SUBSET (s \cup U)
          /\ Cardinality(SUBSET s) = 2 ^ Cardinality(s)
          /\ (s = 1..3) <=> (s = {3, 2, 1})
          /\ \A a \in SUBSET s : a \subseteq s
Bound == \A x \in s : x < 9
Broken == M \notin {t}
====
