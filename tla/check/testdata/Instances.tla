---- MODULE Instances ----
EXTENDS Integers
VARIABLES a, b
vars == <<a, b>>
L == INSTANCE Counter WITH c <- a, Max <- 3
R(m) == INSTANCE Counter WITH c <- b, Max <- m
Sum == INSTANCE Counter WITH c <- a + b, Max <- 5
Init == L!Init /\ R(2)!Init
Next == (L!Next /\ UNCHANGED b) \/ (R(2)!Next /\ UNCHANGED a) \/ (a = 3 /\ b = 2 /\ UNCHANGED vars)
Spec == Init /\ [][Next]_vars
Abs == Sum!Spec
Inv == L!Bounded /\ R(2)!Bounded /\ (ENABLED L!Next <=> a < 3)
Broken == a < 3
====
