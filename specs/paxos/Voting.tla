------------------------------- MODULE Voting -------------------------------
(***************************************************************************)
(* Consensus by voting in numbered ballots.                                *)
(*                                                                         *)
(* THE PROBLEM.  To choose one value (module Consensus) by the votes of    *)
(* acceptors, some of which may never be heard of again.                   *)
(*                                                                         *)
(* THE IDEA.  Votes are cast in ballots, which are numbered.  A ballot is  *)
(* about one value, and an acceptor votes in it at most once.  A value is  *)
(* chosen when a quorum of acceptors has voted for it in one ballot.  Any  *)
(* number of ballots may go on at the same time, in any order; what must   *)
(* not happen is that one of them chooses a value and another ballot a     *)
(* different one.  So before anyone votes for v in ballot b, it must be    *)
(* certain that no other value has been chosen in a ballot below b, nor    *)
(* ever will be.  An acceptor can make it certain for itself: it promises  *)
(* to cast no further vote below b, and tells its last vote.  When a       *)
(* quorum that meets every quorum that can choose has promised, then what  *)
(* these acceptors voted for last decides which values are safe (SafeAt).  *)
(*                                                                         *)
(* FLEXIBLE QUORUMS.  Those who promise (phase 1) and those who choose     *)
(* (phase 2) need not be majorities.  It is enough that each phase 1       *)
(* quorum meets each phase 2 quorum; two quorums of the same phase need    *)
(* not meet (H. Howard, D. Malkhi and A. Spiegelman, Flexible Paxos:       *)
(* Quorum Intersection Revisited, OPODIS 2016).                            *)
(*                                                                         *)
(* SYSTEM MODEL.  Nobody sends or receives here: an acceptor that votes    *)
(* looks at the votes of others directly.  Paxos does the same work by     *)
(* messages.  There are no crashes: an acceptor that takes no step has     *)
(* crashed, for all that one can tell.                                     *)
(*                                                                         *)
(* SOURCES.  L. Lamport, The Part-Time Parliament, ACM TOCS 16(2), 1998,   *)
(* section 2.1 (conditions B1 to B3, of which SafeAt is the third) and     *)
(* Paxos Made Simple, 2001, section 2.2 (conditions P2 to P2c).            *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
    Values,             \* the values that can be proposed
    Acceptors,          \* those who vote
    Ballots,            \* the numbers of the ballots, from 1
    Phase1Quorums,      \* sets of acceptors whose promises suffice to go on
    Phase2Quorums       \* sets of acceptors whose votes choose

ASSUME Ballots \subseteq Nat \ {0}
ASSUME Phase1Quorums \subseteq SUBSET Acceptors
ASSUME Phase2Quorums \subseteq SUBSET Acceptors
ASSUME {} \notin Phase2Quorums         \* without a vote nothing is chosen

(***************************************************************************)
(* What all rests on.                                                      *)
(***************************************************************************)
QuorumsMeet == \A P \in Phase1Quorums, Q \in Phase2Quorums : P \cap Q # {}

VARIABLES
    votes,              \* votes[a]: the votes that acceptor a has cast
    promised            \* promised[a]: a casts no vote in a ballot below this

vars == <<votes, promised>>

Vote == [bal : Ballots, val : Values]

TypeOK ==
    /\ votes \in [Acceptors -> SUBSET Vote]
    /\ promised \in [Acceptors -> Ballots \cup {0}]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Acceptor a has voted in ballot b.                                       *)
(***************************************************************************)
VotedIn(a, b) == \E w \in votes[a] : w.bal = b

(***************************************************************************)
(* The votes of the acceptors in Q below ballot b, and the last of these:  *)
(* those in the highest ballot.                                            *)
(***************************************************************************)
VotesBelow(Q, b) == {w \in UNION {votes[a] : a \in Q} : w.bal < b}
LastBelow(Q, b) ==
    LET W == VotesBelow(Q, b) IN {w \in W : \A x \in W : x.bal <= w.bal}

(***************************************************************************)
(* Value v is safe at ballot b: no other value has been or will be chosen  *)
(* below b.  Shown by a phase 1 quorum of which none will vote below b any *)
(* more, and whose last vote below b, if there is one, is for v.           *)
(* (Part-Time Parliament, B3; Paxos Made Simple, P2c.)                     *)
(***************************************************************************)
SafeAt(b, v) ==
    \E Q \in Phase1Quorums :
        /\ \A a \in Q : promised[a] >= b
        /\ \A w \in LastBelow(Q, b) : w.val = v

(***************************************************************************)
(* A value is chosen when a phase 2 quorum votes for it in one ballot.     *)
(***************************************************************************)
ChosenIn(b, v) ==
    \E Q \in Phase2Quorums : \A a \in Q : [bal |-> b, val |-> v] \in votes[a]

chosen == {v \in Values : \E b \in Ballots : ChosenIn(b, v)}

(***************************************************************************)
(* A model can replace this rule: acceptor a may vote for v in ballot b.   *)
(* Its own promise, nobody voting for something else in the same ballot    *)
(* (Part-Time Parliament, B1), and the value being safe.                   *)
(***************************************************************************)
MayVote(a, b, v) ==
    /\ promised[a] <= b
    /\ \A c \in Acceptors : \A w \in votes[c] : w.bal = b => w.val = v
    /\ SafeAt(b, v)

-----------------------------------------------------------------------------
Init ==
    /\ votes = [a \in Acceptors |-> {}]
    /\ promised = [a \in Acceptors |-> 0]

(***************************************************************************)
(* Acceptor a promises not to vote below ballot b any more.                *)
(***************************************************************************)
Promise(a, b) ==
    /\ promised[a] < b
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ UNCHANGED votes

(***************************************************************************)
(* Acceptor a votes for v in ballot b, which is a promise too.             *)
(***************************************************************************)
CastVote(a, b, v) ==
    /\ ~VotedIn(a, b)
    /\ MayVote(a, b, v)
    /\ votes' = [votes EXCEPT ![a] = @ \cup {[bal |-> b, val |-> v]}]
    /\ promised' = [promised EXCEPT ![a] = b]

Next ==
    \/ \E a \in Acceptors, b \in Ballots : Promise(a, b)
    \/ \E a \in Acceptors, b \in Ballots, v \in Values : CastVote(a, b, v)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)

(***************************************************************************)
(* A ballot is about one value, and an acceptor votes in it once           *)
(* (Part-Time Parliament, B1).                                             *)
(***************************************************************************)
OneValuePerBallot ==
    \A a, c \in Acceptors : \A w \in votes[a], x \in votes[c] :
        w.bal = x.bal => w.val = x.val

(***************************************************************************)
(* A promise is as high as each vote that its acceptor has cast.           *)
(***************************************************************************)
VotesWithinPromise == \A a \in Acceptors : \A w \in votes[a] : w.bal <= promised[a]

(***************************************************************************)
(* Each vote is for a value that was safe, and it is safe still: safety at *)
(* a ballot is stable.                                                     *)
(***************************************************************************)
VotesSafe == \A a \in Acceptors : \A w \in votes[a] : SafeAt(w.bal, w.val)

(***************************************************************************)
(* Consistency: no two values are chosen.                                  *)
(***************************************************************************)
Consistency == \A v, w \in chosen : v = w

(***************************************************************************)
(* The inductive invariant.  Each of its parts holds initially, every step *)
(* from any state in which all hold leads to one in which all hold, be it  *)
(* reachable or not, and together they imply Consistency.  (Model          *)
(* voting-inductive starts from all of these states.)                      *)
(***************************************************************************)
Inductive == TypeOK /\ OneValuePerBallot /\ VotesWithinPromise /\ VotesSafe

(***************************************************************************)
(* A vote is never taken back, nor a promise.                              *)
(***************************************************************************)
Irrevocability ==
    [][\A a \in Acceptors : votes[a] \subseteq votes'[a] /\ promised[a] <= promised'[a]]_vars

(***************************************************************************)
(* Voting implements consensus.                                            *)
(***************************************************************************)
C == INSTANCE Consensus

Refinement == C!Spec

THEOREM QuorumsMeet /\ Spec => []Inductive /\ []Consistency /\ Irrevocability /\ Refinement
=============================================================================
