---- MODULE Unchanged ----
EXTENDS Integers
VARIABLES a, b, c, d
left == <<a, b>>
right == << c, <<d>> >>
all == <<left, right>>
pair == <<a, <<left, b>> >>
Init == a = 0 /\ b = 0 /\ c = 0 /\ d = 0
A == a < 2 /\ a' = a + 1 /\ UNCHANGED b /\ UNCHANGED right
B == /\ b < 2
     /\ b' = b + 1
     /\ UNCHANGED <<a, right>>
C == /\ c < a
     /\ c' = a
     /\ UNCHANGED <<left, <<<<d>>>>>>
D == /\ d' = -d - c
     /\ c # 0
     /\ UNCHANGED pair
     /\ c' = c
E == UNCHANGED all
F == a = 2 /\ UNCHANGED <<>> /\ a' = b /\ b' = a /\ c' = c /\ UNCHANGED <<a + b, c>> /\ d' = 1
Next == A \/ B \/ C \/ D \/ E \/ F
Inv == a + b \in 0..4
Broken == d # -1
====
