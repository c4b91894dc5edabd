---- MODULE Actions ----
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 0
Up == x < 4 /\ x' = x + 1 /\ UNCHANGED y
Swap == x' = y /\ y' = x
Skip == x = 4 /\ x' \in {0, 2, 3} /\ y' = 4
Next == Up \/ Swap \/ Skip
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Up)
        /\ SF_vars(Swap)
        /\ \A i \in 1..2 : WF_x(Up)
Mono == [][x' >= x \/ x' = y]_vars
Always == [](x <= 4)
StartsZero == x = 0 /\ y = 0
All == StartsZero /\ Always /\ Mono
NoBack == [][x = 4 => x' # 2]_x
YSteps == [][y' # y => Swap]_y
OnlyNext == [][Next \/ y' = 9]_vars
Starts1 == x = 1
Box == [][Next]_<<y, x>> /\ Init
====
