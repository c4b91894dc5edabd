---- MODULE Tabs ----
EXTENDS Integers
CONSTANTS a,	b
Tab ==	/\ a
	/\ b
Mixed == 
        /\ a
	/\ b
	   /\ a
Later ==  	/\ a
		/\ b
====
