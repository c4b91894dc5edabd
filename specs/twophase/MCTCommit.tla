------------------------------ MODULE MCTCommit ------------------------------
(***************************************************************************)
(* The models of TCommit, and its actions broken one by one.               *)
(***************************************************************************)
EXTENDS TCommit

\* Not vacuous: all commit.
NeverAllCommitted == \E p \in Participants : state[p] # "committed"

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken actions.                                                         *)
(***************************************************************************)
\* A participant that is prepared commits without a look at the others.
BrokenCommit(p) ==
    /\ state[p] = "prepared"
    /\ state' = [state EXCEPT ![p] = "committed"]

\* It aborts without a look at the others.
BrokenAbort(p) ==
    /\ state[p] \in {"working", "prepared"}
    /\ state' = [state EXCEPT ![p] = "aborted"]

\* It takes back what it has committed, as long as it is the only one.
BrokenUndo(p) ==
    /\ state[p] # "aborted"
    /\ \A q \in Participants \ {p} : state[q] # "committed"
    /\ state' = [state EXCEPT ![p] = "aborted"]

\* A state is not spelled as it is elsewhere.
BrokenPrepare(p) ==
    /\ state[p] = "working"
    /\ state' = [state EXCEPT ![p] = "ready"]
=============================================================================
