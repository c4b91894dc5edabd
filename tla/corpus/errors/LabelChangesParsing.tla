---- MODULE LabelChangesParsing ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = lab :: (x + 1) /\ x = 0
Next == x' = x /\ y' = y
====
