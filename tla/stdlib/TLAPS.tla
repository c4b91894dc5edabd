------------------------------- MODULE TLAPS --------------------------------
(* The names by which a proof tells its prover how to go about it. Proofs are *)
(* not read here, so that none of them matters.                              *)

SMT == TRUE
CVC3 == TRUE
CVC4 == TRUE
Yices == TRUE
veriT == TRUE
Z3 == TRUE
Cooper == TRUE
Spass == TRUE
SimpleArithmetic == TRUE
Zenon == TRUE
SlowZenon == TRUE
SlowerZenon == TRUE
VerySlowZenon == TRUE
SlowestZenon == TRUE
Isa == TRUE
Auto == TRUE
Force == TRUE
Blast == TRUE
SimplifyAndSolve == TRUE
Simplification == TRUE
AutoUSE == TRUE
PTL == TRUE
LS4 == TRUE
PropositionalTemporalLogic == TRUE
Trivial == TRUE
ExpandENABLED == TRUE
ExpandCdot == TRUE
Lambdify == TRUE
ENABLEDaxioms == TRUE
ENABLEDrewrites == TRUE
ENABLEDrules == TRUE
LevelComparison == TRUE
AllProvers == TRUE
AllSMT == TRUE
AllIsa == TRUE
IsaWithSetExtensionality == TRUE

\* With a time limit, or the name of a tactic.
SMTT(x) == TRUE
CVC3T(x) == TRUE
CVC4T(x) == TRUE
YicesT(x) == TRUE
veriTT(x) == TRUE
Z3T(x) == TRUE
SpassT(x) == TRUE
ZenonT(x) == TRUE
IsaT(x) == TRUE
IsaM(x) == TRUE
AutoT(x) == TRUE
ForceT(x) == TRUE
BlastT(x) == TRUE
AllProversT(x) == TRUE
AllSMTT(x) == TRUE
AllIsaT(x) == TRUE
IsaMT(x, y) == TRUE

THEOREM SetExtensionality == \A S, T : (\A x : x \in S <=> x \in T) => S = T
THEOREM NoSetContainsEverything == \A S : \E x : x \notin S

\* The proof rules of temporal logic, for proofs to name.
THEOREM RuleTLA1 == TRUE
THEOREM RuleTLA2 == TRUE
THEOREM RuleINV1 == TRUE
THEOREM RuleINV2 == TRUE
THEOREM RuleWF1 == TRUE
THEOREM RuleSF1 == TRUE
=============================================================================
