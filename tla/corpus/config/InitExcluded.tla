---- MODULE InitExcluded ----
EXTENDS Naturals
VARIABLE x
Init == x \in 0..9
Next == x' = (x * 2) % 10
Odd == x % 2 = 1
None == x > 20
Inv == x < 10
Broken == x # 8
====
