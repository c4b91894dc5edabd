---- MODULE Clash ----
EXTENDS Integers
VARIABLE x
Init == x \in {0, 1}
Next == x' = IF x = 1 THEN (IF x = "one" THEN 2 ELSE 3) ELSE x + 1
Broken == x < 1
====
