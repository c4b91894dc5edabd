---- MODULE Tabs ----
EXTENDS Naturals
VARIABLE	x,	y
Init ==	/\ x = 0
	/\ y \in 0..1
Next ==
	\/	/\ x < 3
		/\ x' = x + 1
		/\ \/ y' = y
		   \/ y' = 1
        \/	/\ x = 3
		/\ x' = 0 /\ y' = 0
Inv == x < 4
Broken == x + y < 4
====
