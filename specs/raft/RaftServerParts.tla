--------------------------- MODULE RaftServerParts ---------------------------
(***************************************************************************)
(* With one feature alone, RaftServer is the extension of Raft by that     *)
(* name: each of its steps is one of the extension's.                      *)
(*                                                                         *)
(* For all but two it is the other way round too: the models               *)
(* server-only-... have as many states as those of the extension, under    *)
(* the same bounds and from the same state on (prevote-smoke,              *)
(* transfer-smoke, and for the others those called ...-established).  The  *)
(* exceptions are CheckQuorum and Lease.  A server that has one of them    *)
(* notes from which moment on it has heard from no leader (LeaderSilent),  *)
(* disregards requests for votes until then, and does so as a leader too:  *)
(* the extensions do less of that, or none, and so allow more.             *)
(***************************************************************************)
EXTENDS RaftServer

\* Messages have fields here that they do not have there.
Without(m, field) == [f \in DOMAIN m \ {field} |-> m[f]]

MsgsWithout(field) == {Without(m, field) : m \in msgs}
HeldWithout(field) == [i \in Servers |-> {[h EXCEPT !.msg = Without(@, field)] : h \in held[i]}]

PlainTransfer == INSTANCE Transfer WITH
                    msgs <- MsgsWithout("transfer"), held <- HeldWithout("transfer")
PlainReadIndex == INSTANCE ReadIndex WITH msgs <- MsgsWithout("at"), held <- HeldWithout("at")

\* In Lease a read waits from the moment at which its client asks; here it comes
\* and is done in one step.  So take all to have been asked for at the start, when
\* one entry was committed.
PlainReads == [r \in Readers |->
                  IF reads[r].at = "done" THEN [at |-> "done", floor |-> 1, saw |-> reads[r].saw]
                  ELSE [at |-> "waiting", floor |-> 1]]

PlainLease == INSTANCE Lease WITH
                 msgs <- MsgsWithout("read"), held <- HeldWithout("read"), reads <- PlainReads

(***************************************************************************)
(* Joint has configurations without learners.  These are its rules for     *)
(* those that have them, for a model to put in place: Configs <- [Joint]   *)
(* ServerConfigs, and likewise Config, FirstStep and LastStep.             *)
(***************************************************************************)
ServerConfigs         == Configs
ServerConfig(l)       == Config(l)
ServerFirstStep(c, C) == FirstStep(c, C, c.learners)
ServerLastStep(c)     == LastStep(c)

PlainJoint == INSTANCE Joint WITH Initial <- InitialVoters

-----------------------------------------------------------------------------
(***************************************************************************)
(* Each step is one of the extension whose feature is the only one.        *)
(***************************************************************************)
IsOnePart ==
    [][CASE Features = {"PreVote"}     -> [PreVote!Next]_(PreVote!vars)
         [] Features = {"CheckQuorum"} -> [Checks!Next]_(Checks!vars)
         [] Features = {"Sessions"}    -> [Sessions!Next]_(Sessions!vars)
         [] Features = {"ReadIndex"}   -> [PlainReadIndex!Next]_(PlainReadIndex!vars)
         [] Features = {"Lease"}       -> [PlainLease!Next]_(PlainLease!vars)
         [] Features = {"Transfer"}    -> [PlainTransfer!Next]_(PlainTransfer!vars)
         [] Features = {"Snapshot"}    -> [Snapshot!Next]_(Snapshot!vars)
         [] Features = {"Membership"}  -> [PlainJoint!Next]_(PlainJoint!vars)]_vars
=============================================================================
