---- MODULE Two ----
\* An instance of an instance, with expressions for variables and operators.
EXTENDS Integers
VARIABLES a, b
One(x) == 1
Twice(x) == IF x = 0 THEN 1 ELSE x
A == INSTANCE Counter WITH n <- a, Max <- 3, Step <- One
B == INSTANCE Counter WITH n <- b, Max <- 4, Step <- Twice
Init == A!Init /\ B!Init
Next == \/ A!Next /\ UNCHANGED b
        \/ B!Next /\ UNCHANGED a
vars == <<a, b>>
Spec == Init /\ [][Next]_vars
Sum == INSTANCE Counter WITH n <- a + b, Max <- 7, Step <- LAMBDA x : IF x > 0 THEN 1 ELSE 1
Inv == A!Bounded /\ B!Bounded /\ Sum!Bounded
Refines == A!Spec
SumRefines == Sum!Spec
====
