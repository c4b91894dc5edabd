---------------------------- MODULE MCNTPStrata ----------------------------
(***************************************************************************)
(* The models of NTPStrata, and its rules broken.                          *)
(***************************************************************************)
EXTENDS NTPStrata

CONSTANTS p, a, b, c        \* a primary, and others

Never1(n)  == FALSE
Always1(n) == TRUE

\* Only a primary fails.
PrimaryFails(n) == n \in Primaries

\* a asks the primary, b asks a, and a asks b.
Chain == {<<a, p>>, <<b, a>>, <<a, b>>}

\* a and b ask the primary, and each other.
Pair == {<<a, p>>, <<b, p>>, <<a, b>>, <<b, a>>}

\* a asks the primary, and a, b and c ask each other.
Triangle == {<<a, p>>} \cup {x \in {a, b, c} \X {a, b, c} : x[1] # x[2]}

\* a and b ask all primaries, and a, b and c ask each other.
Doubled == ({a, b} \X Primaries) \cup {x \in {a, b, c} \X {a, b, c} : x[1] # x[2]}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A node takes the time from one that takes it from this node.
BrokenNoLoopTest(n, m) == TRUE

\* A node takes the time from whoever answers, however far that one is.
BrokenFar(s) == TRUE

\* A node that has a stratum keeps it, whatever becomes of its source's.
BrokenKeep(own, s) == IF own < Infinity THEN own ELSE s + 1
=============================================================================
