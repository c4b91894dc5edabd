---- MODULE View ----
EXTENDS Naturals
VARIABLES x, steps, hist
V == <<x, steps % 2>>
W == [a |-> x, b |-> hist]
Init == x \in 0..2 /\ steps = 0 /\ hist = {}
Next == x' \in {(x + 1) % 5, x} /\ steps' = steps + 1 /\ hist' = hist \cup {x}
Small == steps < 6
Inv == x < 5
Broken == x # 4
====
