---- MODULE SpecForms ----
EXTENDS Naturals
VARIABLES x
Init0 == x = 0
Init1 == x \in Nat
Step == x' = (x + 1) % 4
Fair == WF_x(Step)
Base == Init0 /\ [][Step]_x
S1 == Base /\ Fair
S2 == Init0 /\ Init1 /\ [][Step]_x
S3 == [][Step]_<<x>> /\ Init0
S4 == /\ Init0 /\ [][Step]_x /\ (WF_x(Step) /\ SF_x(Step))
S5 == LET N == Step IN Init0 /\ [][N]_x
S12 == [][Step]_x /\ x \in 0..5 /\ (x < 3 \/ x = 1) /\ WF_x(Step) /\ x > 0
S13 == Base /\ Init1 /\ (x = 0 \/ x >= 0)
S8 == Init0 /\ [][Step \/ x' = 9]_x /\ []<><<Step>>_x
S9 == \E k \in 0..1 : x = k /\ [][Step]_x
S10 == Init0 /\ []TRUE /\ [][Step]_x
S14 == Init0 /\ [][Step]_x /\ [][x' # 3]_x
S11 == Init0 /\ [][FALSE]_x
Inv == x < 4
Broken == x < 3
====
