---------------------------- MODULE PaxosMessages -----------------------------
(***************************************************************************)
(* The messages of Paxos, without disks, memories and failures.            *)
(*                                                                         *)
(* A rung between Voting and Paxos: here a proposer sees promises only, by *)
(* messages, and no longer the votes themselves.  It is small enough for   *)
(* its invariant to be checked to be inductive, with three ballots of two  *)
(* acceptors and with two ballots of three acceptors (models               *)
(* messages-inductive and messages-inductive-three start from all states   *)
(* that satisfy it); for that of Paxos see PaxosInvariant.                 *)
(*                                                                         *)
(* A promise tells the last vote that was cast below its ballot.  It was   *)
(* true when it was made, and it stays true: that is what it promises.  So *)
(* what a proposer concludes from the promises of a quorum, however old    *)
(* they are, is what Voting asks for (SafeAt).                             *)
(*                                                                         *)
(* SYSTEM MODEL.  A message that was sent stays there.  Nobody crashes: an *)
(* acceptor that takes no step has crashed, for all that one can tell.     *)
(* Proposers have no memory: a ballot has been used once its Accept is     *)
(* there.  Paxos implements this module as long as no message is lost      *)
(* (model messages-refined).                                               *)
(*                                                                         *)
(* SOURCES.  L. Lamport, The Part-Time Parliament, ACM TOCS 16(2), 1998,   *)
(* section 2.3 (the basic protocol), and Paxos Made Simple, 2001, section  *)
(* 2.2.                                                                    *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS Values, None, Acceptors, Ballots, Phase1Quorums, Phase2Quorums

(***************************************************************************)
(* A phase 1 quorum and one acceptor more are a phase 1 quorum.  A         *)
(* proposer goes by all promises that it has got, and these are to show    *)
(* that a value is safe (SafeAt) as those of a quorum do: if the last vote *)
(* is that of the acceptor more, then those of the quorum do not.          *)
(***************************************************************************)
ASSUME \A Q \in Phase1Quorums, A \in SUBSET Acceptors : Q \cup A \in Phase1Quorums

VARIABLES
    votes, promised,    \* as in Voting
    msgs                \* all messages that were sent

vars == <<votes, promised, msgs>>

V == INSTANCE Voting

NoVote  == [bal |-> 0, val |-> None]
Promise == [type : {"Promise"}, bal : Ballots, from : Acceptors, vote : V!Vote \cup {NoVote}]
Accept  == [type : {"Accept"}, bal : Ballots, val : Values]

TypeOK == V!TypeOK /\ msgs \subseteq Promise \cup Accept

-----------------------------------------------------------------------------
(***************************************************************************)
(* The last vote of acceptor a below ballot b.                             *)
(***************************************************************************)
LastVote(a, b) ==
    LET W == {w \in votes[a] : w.bal < b}
    IN  IF W = {} THEN NoVote ELSE CHOOSE w \in W : \A x \in W : x.bal <= w.bal

PromiseOf(a, b)  == [type |-> "Promise", bal |-> b, from |-> a, vote |-> LastVote(a, b)]
AcceptOf(b, v)   == [type |-> "Accept", bal |-> b, val |-> v]
Accepts(b)       == {m \in msgs : m.type = "Accept" /\ m.bal = b}
Promises(b)      == {m \in msgs : m.type = "Promise" /\ m.bal = b}

\* What may be proposed by one who has got the promises P.
MayPropose(P) ==
    LET told == {m.vote : m \in P} \ {NoVote}
    IN  IF told = {} THEN Values
        ELSE {w.val : w \in {x \in told : \A y \in told : y.bal <= x.bal}}

-----------------------------------------------------------------------------
Init == V!Init /\ msgs = {}

(***************************************************************************)
(* Phase 1b: acceptor a promises ballot b, and tells its last vote.        *)
(***************************************************************************)
MakePromise(a, b) ==
    /\ promised[a] < b
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ msgs' = msgs \cup {PromiseOf(a, b)}
    /\ UNCHANGED votes

(***************************************************************************)
(* Phase 2a: somebody proposes v in ballot b, which has not been used, by  *)
(* the promises of a phase 1 quorum or more.                               *)
(***************************************************************************)
Propose(b, v) ==
    /\ Accepts(b) = {}
    /\ \E P \in SUBSET Promises(b) :
          /\ \E Q \in Phase1Quorums : Q \subseteq {m.from : m \in P}
          /\ v \in MayPropose(P)
    /\ msgs' = msgs \cup {AcceptOf(b, v)}
    /\ UNCHANGED <<votes, promised>>

(***************************************************************************)
(* Phase 2b: acceptor a votes for what was proposed in ballot b.           *)
(***************************************************************************)
CastVote(a, b, v) ==
    /\ AcceptOf(b, v) \in msgs
    /\ promised[a] <= b /\ ~V!VotedIn(a, b)
    /\ votes' = [votes EXCEPT ![a] = @ \cup {[bal |-> b, val |-> v]}]
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ UNCHANGED msgs

Next ==
    \/ \E a \in Acceptors, b \in Ballots : MakePromise(a, b)
    \/ \E b \in Ballots, v \in Values : Propose(b, v)
    \/ \E a \in Acceptors, b \in Ballots, v \in Values : CastVote(a, b, v)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* A promise tells the truth, and for good.                                *)
(***************************************************************************)
PromisesTrue ==
    \A m \in msgs : m.type = "Promise" =>
        promised[m.from] >= m.bal /\ m.vote = LastVote(m.from, m.bal)

(***************************************************************************)
(* What is proposed is safe, and a ballot is about one value.              *)
(***************************************************************************)
AcceptsSafe ==
    /\ \A m \in msgs : m.type = "Accept" => V!SafeAt(m.bal, m.val)
    /\ \A m, n \in msgs : m.type = "Accept" /\ n.type = "Accept" /\ m.bal = n.bal => m = n

(***************************************************************************)
(* Votes are for what was proposed, and within promises.                   *)
(***************************************************************************)
VotesProposed ==
    \A a \in Acceptors : \A w \in votes[a] :
        AcceptOf(w.bal, w.val) \in msgs /\ w.bal <= promised[a]

(***************************************************************************)
(* The inductive invariant, and what it implies.                           *)
(***************************************************************************)
Inductive == TypeOK /\ PromisesTrue /\ AcceptsSafe /\ VotesProposed

Consistency == V!Consistency

Refinement == V!Spec

THEOREM V!QuorumsMeet /\ Spec => []Inductive /\ []Consistency /\ Refinement
=============================================================================
