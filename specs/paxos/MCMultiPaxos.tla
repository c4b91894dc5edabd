---------------------------- MODULE MCMultiPaxos -----------------------------
(***************************************************************************)
(* The models of MultiPaxos: what they rule out, what they show to happen, *)
(* and the broken rules that its properties must catch.  Each .cfg beside  *)
(* this file whose name begins with MCmulti is one model.                  *)
(***************************************************************************)
EXTENDS MultiPaxos, TLC

CONSTANTS s1, s2            \* names for the servers of a model

\* Odd ballots belong to s1, even ones to s2.
OddEven(b) == IF b % 2 = 1 THEN s1 ELSE s2

Never1(x)    == FALSE
Never2(x, y) == FALSE

Only1(s)       == s = s1
Only2(s)       == s = s2
Only2Times(s, b) == s = s2

(***************************************************************************)
(* Quorums are the sets that s1 is in: the smallest system in which a      *)
(* server can be told of different votes.                                  *)
(***************************************************************************)
WithOne(M) == {Q \in SUBSET M : s1 \in Q}
Anyone(M)  == {{s} : s \in M}
All(M)     == {M}

\* At most one record of a server waits for its fsync.
OneUnsynced == \A s \in Servers : Len(unsynced[s]) <= 1

(***************************************************************************)
(* Stability and Refinement, said in another way that TLC evaluates        *)
(* faster: most steps leave alone what they are about.                     *)
(***************************************************************************)
QuickRefinement ==
    R!Init /\ [][UNCHANGED <<invoked, chosen, state, replies>> \/ R!Next]_vars
QuickStability ==
    [][\/ UNCHANGED <<disk, chosen>>
       \/ /\ IsPrefix(Committed, Committed')
          /\ \A s \in Servers :
                /\ disk[s].promised <= disk'[s].promised
                /\ disk[s].snapshot.upTo <= disk'[s].snapshot.upTo]_vars
=============================================================================
