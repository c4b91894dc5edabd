--------------------------- MODULE Configurations ----------------------------
(***************************************************************************)
(* Configurations of a Raft cluster in which membership changes by joint   *)
(* consensus and there are learners: who votes, who learns, and what a     *)
(* quorum is.  No variables; module RaftServer says who goes by them.      *)
(*                                                                         *)
(* A CONFIGURATION has two sets of voters, old and new, and learners.      *)
(* While old and new differ it is joint: elections and commitment take a   *)
(* majority of each.  Learners receive all that voters receive, and count  *)
(* for nothing.  Configurations are entries of the log, and a server goes  *)
(* by the latest one in its log, committed or not.                         *)
(*                                                                         *)
(* A voter that is to learn from now on is in `old` and among the learners *)
(* while the configuration is joint: it counts until `new` stands alone.   *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, sections 4.3 (joint consensus) and 4.2.1      *)
(* (servers that do not vote).  Modules Joint and Learners each have one   *)
(* half of this.                                                           *)
(***************************************************************************)
EXTENDS RaftData

CONSTANTS
    InitialVoters,      \* the first configuration, which is in no log
    InitialLearners

ASSUME InitialVoters \subseteq Servers /\ InitialVoters # {}
ASSUME InitialLearners \subseteq Servers \ InitialVoters

Configs == [old      : SUBSET Servers \ {{}},
            new      : SUBSET Servers \ {{}},
            learners : SUBSET Servers]

Initial == [old |-> InitialVoters, new |-> InitialVoters, learners |-> InitialLearners]

\* Where the latest configuration of log l is; 0 if that is the initial one.
ConfigIndex(l) ==
    LET K == {k \in DOMAIN l : l[k].value \in Configs}
    IN  IF K = {} THEN 0 ELSE Largest(K)

Config(l) == IF ConfigIndex(l) = 0 THEN Initial ELSE l[ConfigIndex(l)].value

IsJoint(c) == c.old # c.new

(***************************************************************************)
(* What servers go by whose log is l.  These replace rules of Raft.        *)
(***************************************************************************)
Majority(Q, C) == 2 * Cardinality(Q \cap C) > Cardinality(C)

\* IsQuorum: a majority of the old voters and a majority of the new ones.
ConfigQuorum(Q, l) == LET c == Config(l) IN Majority(Q, c.old) /\ Majority(Q, c.new)

\* Members, to whom a leader sends entries and snapshots.
ConfigMembers(l) == LET c == Config(l) IN c.old \cup c.new \cup c.learners

IsVoter(i, l) == LET c == Config(l) IN i \in c.old \cup c.new

\* MayStand: a voter of the latest configuration, or of the one before.  (See
\* Joint: a leader that is in the old set alone may be the only one that has the
\* entry with the new one; then it has to lead once more.)
StillNeeded(i, l) ==
    IsVoter(i, l) \/ (ConfigIndex(l) > 0 /\ IsVoter(i, UpTo(l, ConfigIndex(l) - 1)))

\* IsInternal: entries that are nobody's request.
IsNoRequest(v) == v = NoOp \/ v \in Configs

(***************************************************************************)
(* How one configuration follows another.                                  *)
(***************************************************************************)
\* What comes first when configuration c is to become one of the voters C and
\* the learners L.  (It is not joint if only learners change.)
FirstStep(c, C, L) == [old |-> c.new, new |-> C, learners |-> L]

\* What comes after the joint configuration c.
LastStep(c) == [c EXCEPT !.old = c.new]
=============================================================================
