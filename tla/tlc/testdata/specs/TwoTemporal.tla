---- MODULE TwoTemporal ----
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = 1 - x
Spec == Init /\ [][Next]_x
Reaches == <>(x = 1)
Returns == []<>(x = 0)
====
