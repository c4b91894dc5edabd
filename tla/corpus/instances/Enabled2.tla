---- MODULE Enabled2 ----
EXTENDS Naturals
VARIABLES a, b
Lim == 3
C == INSTANCE Clock2 WITH t <- a
D(k) == INSTANCE Clock2 WITH t <- b, Lim <- k
Init == a = 0 /\ b = 0
Next == \/ C!Tick /\ UNCHANGED b
        \/ ~(ENABLED C!Tick) /\ D(2)!Tick /\ UNCHANGED a
        \/ ~(ENABLED D(2)!Tick) /\ a' = 0 /\ b' = 0
Inv == (a = 3) <=> ~ENABLED C!Tick
Broken == ENABLED (C!Tick /\ UNCHANGED b) \/ b < 2
====
