---- MODULE Bulk ----
EXTENDS Naturals
VARIABLES x, y
Init == <<x, y>> = <<0, 1>>
Next == x' = y /\ y' = x
====
