--------------------------- MODULE MCPaxosMessages ----------------------------
(***************************************************************************)
(* The models of PaxosMessages: its inductive invariant, and the broken    *)
(* rules that its properties must catch.                                   *)
(***************************************************************************)
EXTENDS PaxosMessages, FiniteSets

Majorities == {Q \in SUBSET Acceptors : 2 * Cardinality(Q) > Cardinality(Acceptors)}

\* Quorums are the sets with one acceptor in them that is in all.
WithOne == LET one == CHOOSE a \in Acceptors : TRUE
           IN  {Q \in SUBSET Acceptors : one \in Q}

(***************************************************************************)
(* The initial states are all that satisfy the invariant.  Its parts about *)
(* votes and promises alone come first, to leave out early what cannot be; *)
(* the promises are some of those that tell the truth, of which there is   *)
(* one for an acceptor and a ballot; the proposals are any with those for  *)
(* which there are votes.  ("= TRUE" has TLC look whether a formula holds, *)
(* and not in how many ways.)                                              *)
(***************************************************************************)
VoteSets ==
    UNION {{{[bal |-> b, val |-> f[b]] : b \in D} : f \in [D -> Values]} : D \in SUBSET Ballots}

TruePromises ==
    {PromiseOf(p[1], p[2]) : p \in {q \in Acceptors \X Ballots : promised[q[1]] >= q[2]}}

Voted == {AcceptOf(w.bal, w.val) : w \in UNION {votes[a] : a \in Acceptors}}

AnyVotes ==
    /\ promised \in [Acceptors -> Ballots \cup {0}]
    /\ votes \in [Acceptors -> VoteSets]
    /\ V!VotesWithinPromise /\ V!OneValuePerBallot

InductiveInit ==
    /\ AnyVotes /\ V!VotesSafe = TRUE
    /\ \E P \in SUBSET TruePromises, A \in {B \in SUBSET Accept : Voted \subseteq B} : msgs = P \cup A
    /\ Inductive = TRUE

InductiveSpec == InductiveInit /\ [][Next]_vars

\* The control: without PromisesTrue it is not inductive.
WeakInit ==
    /\ AnyVotes /\ V!VotesSafe = TRUE
    /\ \E m \in Promise, P \in SUBSET TruePromises : msgs = P \cup {m} \cup Voted
    /\ (TypeOK /\ AcceptsSafe /\ VotesProposed) = TRUE

WeakSpec == WeakInit /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Whatever was promised, any value may be proposed.
BrokenAnyValue(P) == Values

\* A promise tells the value of the last vote, but not its ballot.
BrokenValueOnly(a, b) ==
    [type |-> "Promise", bal |-> b, from |-> a, vote |-> LastVote(a, b).val]

\* Votes are cast below the promise.
BrokenVoteBelow(a, b, v) ==
    /\ AcceptOf(b, v) \in msgs
    /\ ~V!VotedIn(a, b)
    /\ votes' = [votes EXCEPT ![a] = @ \cup {[bal |-> b, val |-> v]}]
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ UNCHANGED msgs

\* An acceptor votes for what was proposed in another ballot.
BrokenOtherBallot(a, b, v) ==
    /\ \E c \in Ballots : AcceptOf(c, v) \in msgs
    /\ promised[a] <= b /\ ~V!VotedIn(a, b)
    /\ votes' = [votes EXCEPT ![a] = @ \cup {[bal |-> b, val |-> v]}]
    /\ promised' = [promised EXCEPT ![a] = b]
    /\ UNCHANGED msgs
=============================================================================
