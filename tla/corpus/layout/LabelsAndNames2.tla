---- MODULE LabelsAndNames2 ----
EXTENDS Naturals
VARIABLES x_1, _y, WFx, Enabled, in, end
1Step == x_1' = x_1 + 1
2_b(n) == n + 2
Init == x_1 = 0 /\ _y = (lab :: (x_1 + 1)) /\ WFx = 0 /\ Enabled = 1 /\ in = {} /\ end = "end"
Next == /\ l1 :: x_1 < 3
        /\ \E k \in 1..2 : l2(k) :: (x_1' = x_1 + k)
        /\ _y' = 2_b(_y)
        /\ UNCHANGED <<WFx, Enabled, in, end>>
Inv == x_1 < 5
Broken == x_1 # 3 \/ _y # 5
====
