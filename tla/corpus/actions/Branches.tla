---- MODULE Branches ----
EXTENDS Naturals, TLC
VARIABLES pc, n, s
vars == <<pc, n, s>>
Init == pc = "a" /\ n \in 0..2 /\ s = {}
Next ==
  CASE pc = "a" -> /\ IF n = 0 THEN pc' = "b" /\ s' = {0}
                      ELSE IF n = 1 THEN \/ pc' = "b" /\ s' = {1}
                                         \/ pc' = "c" /\ s' = {}
                      ELSE \E k \in 0..n : s' = {k} /\ pc' = (IF k = 2 THEN "c" ELSE "b")
                   /\ UNCHANGED n
    [] pc = "b" -> \/ /\ n' = n + 1
                      /\ n < 3
                      /\ pc' \in {"a", "b", "c"}
                      /\ s' = s \union {n'}
                   \/ /\ n >= 3
                      /\ n' = 0
                      /\ UNCHANGED <<pc, s>>
    [] OTHER -> /\ pc' = "a"
                /\ s' = IF s = {} THEN {7} ELSE s \ {7}
                /\ n' = CASE n = 0 -> 1 [] n = 1 -> 0 [] OTHER -> n
Inv == n \in 0..3
Broken == Inv /\ s # {1, 2}
====
