---- MODULE Stutter ----
EXTENDS Naturals
VARIABLE hr
Init == hr \in 1..12
Next == \/ hr' = IF hr # 12 THEN hr + 1 ELSE 1
        \/ hr' = hr
        \/ UNCHANGED hr
        \/ \E k \in 1..2 : hr' = hr
Spec == Init /\ [][Next]_hr /\ WF_hr(Next)
Inv == hr \in 1..12
Broken == hr # 13 /\ (hr = 12 => ~ENABLED (hr' = 1 /\ Next))
====
