----------------------------- MODULE MCConsensus -----------------------------
(***************************************************************************)
(* The models of Consensus, and its one rule broken.                       *)
(***************************************************************************)
EXTENDS Consensus

\* Broken: a value is chosen although one has been chosen already.
BrokenChooseAgain(v) == chosen' = chosen \cup {v}
=============================================================================
