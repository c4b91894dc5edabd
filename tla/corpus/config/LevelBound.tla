---- MODULE LevelBound ----
EXTENDS Naturals, TLC
VARIABLES x, seen
Init == x \in {0, 5} /\ seen = {}
Next == \E d \in 1..2 : x' = x + d /\ seen' = (IF x > 2 THEN {x} ELSE seen)
Bound == TLCGet("level") < 4
Act == TLCGet("level") < 3 \/ x' # 7
Inv == TLCGet("level") <= 5 /\ x < 20
Broken == TLCGet("level") < 3 \/ x < 9
====
