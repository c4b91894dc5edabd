---- MODULE Constraints ----
EXTENDS Naturals, TLC, Sequences
VARIABLES x, log
vars == <<x, log>>
Init == x \in 0..3 /\ log = <<>>
Next == \/ \E d \in 1..3 : x' = x + d /\ log' = Append(log, d)
        \/ x > 5 /\ x' = 0 /\ UNCHANGED log
Spec == Init /\ [][Next]_vars
Level == TLCGet("level") < 4
Short == Len(log) <= 3
Grow == Len(log') > Len(log) => log'[Len(log')] >= (IF log = <<>> THEN 0 ELSE log[Len(log)])
NotSeven == x' # 7
Late == x <= 12
Fine == x <= 14
Broken == x # 12
Broken2 == [][x' # 11]_x
====
