---- MODULE Lasso ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Start == x = 0 /\ x' = 1
Round == x \in 1..3 /\ x' = (x % 3) + 1
Leave == x = 3 /\ x' = 4
End == x = 4 /\ UNCHANGED x
Next == Start \/ Round \/ Leave \/ End
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Ends == <>[](x = 4)
====
