---- MODULE Refine2 ----
EXTENDS Naturals, Sequences
VARIABLES hi, lo
vars == <<hi, lo>>
Init == hi = 0 /\ lo = 0
Inc == IF lo = 2 THEN lo' = 0 /\ hi' = (hi + 1) % 2 ELSE lo' = lo + 1 /\ UNCHANGED hi
Next == Inc
Spec == Init /\ [][Next]_vars
sum == hi * 3 + lo
High == INSTANCE Modulo WITH n <- sum, K <- 6
HighBad == INSTANCE Modulo WITH n <- sum, K <- 5
Abs == High!Spec
AbsAlways == High!Init /\ [][High!Next]_sum /\ [](sum < 6)
AbsBad == HighBad!Spec
StepBad == [][sum' = sum + 1]_(sum % 6)
StepGood == [][sum' \in {0, sum + 1}]_(sum % 6)
====
