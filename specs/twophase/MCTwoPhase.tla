----------------------------- MODULE MCTwoPhase -----------------------------
(***************************************************************************)
(* The models of TwoPhase: what they rule out, and the broken rules that   *)
(* its properties must catch.  Each .cfg beside this file is one model.    *)
(***************************************************************************)
EXTENDS TwoPhase, FiniteSets, TLC

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
(* Not vacuous: what the properties are about happens.  Each of these says *)
(* that it does not, and is violated.                                      *)
(***************************************************************************)
\* All commit, and the coordinator forgets the transaction.
NeverCommitted ==
    ~ /\ cstate = "forgotten"
      /\ \A p \in Participants : Decision(p) = "committed"

\* A participant aborts after its yes vote.
NeverAbortsAfterYes == \A p \in Participants : Durable(p) # <<"prepared", "aborted">>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules: who may decide.                                           *)
(***************************************************************************)
\* One yes vote is taken for all.
BrokenAnyVote(v) == v # {}

\* A majority of yes votes is enough, as it is in consensus.
BrokenMajority(v) == 2 * Cardinality(v) > Cardinality(Participants)

\* The coordinator counts itself among those who vote, and waits for its vote.
BrokenOwnVote(v) == v = Nodes

\* The first acknowledgement is taken for all.
BrokenFirstAck(a) == a # {}

\* A participant that has waited long enough for the outcome aborts.
BrokenInquire(p) ==
    /\ up[p] /\ pstate[p] = "prepared"
    /\ pstate' = [pstate EXCEPT ![p] = "aborted"]
    /\ log' = [log EXCEPT ![p] = Append(log[p], "aborted")]
    /\ UNCHANGED <<msgs, durable, held, up, cstate, votes, acks>>

(***************************************************************************)
(* Broken rules: what is on disk, and what is made of it.                  *)
(***************************************************************************)
\* Messages leave before what was written is durable.
BrokenSendAtOnce(d, l) == TRUE

\* The disk has a cache, and says that an fsync has ended when it has not.
BrokenSurvive(d, l) == 0..l

\* A prepared participant forgets, when it recovers, that it is prepared.
BrokenForgetPrepared(l) == IF l = <<"prepared">> THEN "working" ELSE ParticipantState(l)

\* The coordinator does not read its log when it recovers.
BrokenForgetDecision(l) == "forgotten"

\* It reads the first record of its log only.
BrokenSkipEnd(l) == IF l = <<>> THEN "forgotten" ELSE "committed"

(***************************************************************************)
(* Broken rules: what is said to those who ask, or who ask again.          *)
(***************************************************************************)
\* What is not known is taken to be committed.
BrokenPresumeCommit == "Commit"

\* Of what is not known nothing is said.
BrokenSilence(p) == {}

\* A message that comes again is a duplicate, and dropped.
BrokenAgain(M) == {}

\* A participant does what an Abort says, whatever it has done before.
BrokenHeeds(s) == TRUE
=============================================================================
