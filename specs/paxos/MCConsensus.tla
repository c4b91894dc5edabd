----------------------------- MODULE MCConsensus -----------------------------
(***************************************************************************)
(* The models of Consensus, and its one rule broken.  A larger model would *)
(* show nothing new: with n values there are n + 1 states.                 *)
(***************************************************************************)
EXTENDS Consensus

\* Broken: a value is chosen although one has been chosen already.
BrokenChooseAgain(v) == chosen' = chosen \cup {v}

\* Broken: the last choice counts, not the first.
BrokenLastCounts(v) == chosen' = {v}

\* Broken: everybody waits for somebody else to choose first.
BrokenWait(v) == chosen # {} /\ chosen' = {v}

\* Broken: a set with a value in it is chosen, not the value.
BrokenBraces(v) == chosen = {} /\ chosen' = {{v}}
=============================================================================
