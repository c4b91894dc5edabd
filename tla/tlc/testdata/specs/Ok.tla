---- MODULE Ok ----
\* A counter modulo N and a switch: everything about it holds.
EXTENDS Integers, TLC
CONSTANT N
VARIABLES count, on

vars == <<count, on>>

ASSUME N \in Nat \ {0}

Init == count = 0 /\ on = FALSE

Tick == /\ on
        /\ count' = (count + 1) % N
        /\ PrintT(<<"tick", count>>)
        /\ UNCHANGED on

Toggle == on' = ~on /\ UNCHANGED count

Explode == count = N /\ UNCHANGED vars

Next == Tick \/ Toggle \/ Explode

Spec == Init /\ [][Next]_vars /\ WF_vars(Toggle) /\ SF_vars(Tick)

TypeOK == count \in 0..(N - 1) /\ on \in BOOLEAN

Rounds == []<>(count = 0)
====
