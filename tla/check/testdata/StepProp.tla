---- MODULE StepProp ----
EXTENDS Integers
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 0
Next == \/ x' = (x + 1) % 4 /\ y' = y
        \/ y < 2 /\ y' = y + 1 /\ UNCHANGED x
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Grows == [][y' >= y]_vars
NoWrap == [][x' > x]_x
Always == [](y <= 2)
Broken == y < 1
====
