-------------------------- MODULE MCLundeliusLynch --------------------------
(***************************************************************************)
(* The models of LundeliusLynch, and its rules broken.                     *)
(***************************************************************************)
EXTENDS LundeliusLynch, TLC

CONSTANTS
    LastBegin,          \* nodes begin at this real time at the latest
    LastTick            \* real time does not go further

BeginsEarly(p, t) == t <= LastBegin

InTime == now < LastTick

\* Nodes are interchangeable.
Symmetry == Permutations(Nodes)

\* Time goes by, but nobody can put off to begin.
PromptSpec ==
    /\ Init /\ [][Next /\ (now' > now => begun = Nodes /\ now < LastTick)]_vars
    /\ \A p \in Nodes : WF_vars(Begin(p))
    /\ \A p, q \in Nodes : WF_vars(Receive(p, q))
    /\ WF_vars(Tick /\ begun = Nodes /\ now < LastTick)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Every message is taken to have been as fast as it can be.
BrokenFastest == 2 * MinDelay

\* A node does not count itself in the average.
BrokenWithoutItself == N - 1

\* A node sends its time to everybody, itself included.
BrokenReceivers(p) == Nodes

\* A node waits to hear from everybody, itself included.
BrokenAwaited(p) == Nodes

\* The sum of the estimates is taken for their average.
BrokenSum == 1
=============================================================================
