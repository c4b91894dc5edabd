----------------------------- MODULE MCShifting -----------------------------
(***************************************************************************)
(* The models of Shifting, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Shifting

\* All corrections that matter.
AllThatMatter == 0..(Uncertainty * (N - 1))

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A node is shifted by more than delays allow.
BrokenFurther == Uncertainty + 1

\* What a message from a shifted node takes is left as it was.
BrokenReceiverOnly(d, s, r) == d - r

\* What a message takes is shifted the wrong way.
BrokenOtherWay(d, s, r) == d + r - s

\* The algorithm can tell that a node was shifted, and makes up for it.
BrokenKnows(c) == c - N * By
=============================================================================
