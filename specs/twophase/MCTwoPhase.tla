----------------------------- MODULE MCTwoPhase -----------------------------
(***************************************************************************)
(* The models of TwoPhase: what they rule out, and the broken rules that   *)
(* its properties must catch.  Each .cfg beside this file is one model.    *)
(***************************************************************************)
EXTENDS TwoPhase, TLC

Never    == FALSE
Never1(x) == FALSE

\* Participants are interchangeable.
Symmetry == Permutations(Participants)

\* Only the coordinator crashes.
OnlyTheCoordinator(n) == n = Coordinator

(***************************************************************************)
(* Weak fairness only: as long as no message is lost it is enough, and     *)
(* what holds under it holds under the fairness of Spec.                   *)
(***************************************************************************)
WeaklyFairSpec ==
    /\ Init /\ [][Next]_vars
    /\ WF_vars(Resend)
    /\ \A p \in Participants :
          /\ WF_vars(RecvYes(p)) /\ WF_vars(RecvNo(p)) /\ WF_vars(RecvAck(p))
          /\ WF_vars(RecvInquire(p)) /\ WF_vars(RecvPrepare(p))
          /\ WF_vars(RecvCommit(p)) /\ WF_vars(RecvAbort(p)) /\ WF_vars(Inquire(p))
    /\ \A n \in Nodes : WF_vars(Sync(n))

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* One yes vote is taken for all.
BrokenAnyVote(v) == v # {}

\* Messages leave before what was written is durable.
BrokenSendAtOnce(d, l) == TRUE

\* A prepared participant forgets, when it recovers, that it is prepared.
BrokenForgetPrepared(l) == IF l = <<"prepared">> THEN "working" ELSE ParticipantState(l)

\* The coordinator does not read its log when it recovers.
BrokenForgetDecision(l) == "forgotten"

\* What is not known is taken to be committed.
BrokenPresumeCommit == "Commit"
=============================================================================
