------------------------------ MODULE MCVoting ------------------------------
(***************************************************************************)
(* The models of Voting: its quorums, its inductive invariant, and the     *)
(* broken rules that its properties must catch.                            *)
(***************************************************************************)
EXTENDS Voting, FiniteSets, TLC

Majorities == {Q \in SUBSET Acceptors : 2 * Cardinality(Q) > Cardinality(Acceptors)}

\* Flexible quorums: all but one must promise, and then two can choose.
AllButOne == {Q \in SUBSET Acceptors : Cardinality(Q) >= Cardinality(Acceptors) - 1}
AnyTwo    == {Q \in SUBSET Acceptors : Cardinality(Q) >= 2}
Anyone    == {Q \in SUBSET Acceptors : Cardinality(Q) >= 1}

Symmetry == Permutations(Acceptors) \cup Permutations(Values)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The inductive step: the initial states are all that satisfy the         *)
(* invariant.  Each acceptor has at most one vote a ballot (that is what   *)
(* OneValuePerBallot says of one acceptor), so its votes are a partial     *)
(* function from ballots to values; they are enumerated as such, which     *)
(* leaves out no state that satisfies Inductive.                           *)
(***************************************************************************)
VoteSets ==
    UNION {{{[bal |-> b, val |-> f[b]] : b \in D} : f \in [D -> Values]} : D \in SUBSET Ballots}

InductiveInit ==
    /\ promised \in [Acceptors -> Ballots \cup {0}]
    /\ votes \in [Acceptors -> VoteSets]
    /\ Inductive

InductiveSpec == InductiveInit /\ [][Next]_vars

\* The control: without VotesSafe it is not inductive.
WeakInductive == TypeOK /\ OneValuePerBallot /\ VotesWithinPromise
WeakInit ==
    /\ promised \in [Acceptors -> Ballots \cup {0}]
    /\ votes \in [Acceptors -> VoteSets]
    /\ WeakInductive
    /\ Consistency
WeakSpec == WeakInit /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Any value will do, safe or not.
BrokenUnsafe(a, b, v) ==
    /\ promised[a] <= b
    /\ \A c \in Acceptors : \A w \in votes[c] : w.bal = b => w.val = v

\* Votes are cast below the promise.
BrokenPromise(a, b, v) ==
    /\ \A c \in Acceptors : \A w \in votes[c] : w.bal = b => w.val = v
    /\ SafeAt(b, v)

\* Nobody looks what others vote for in the same ballot.
BrokenTwoValues(a, b, v) == promised[a] <= b /\ SafeAt(b, v)

\* A vote is no promise: only who is asked for one promises.
BrokenVoteOnly(a, b, v) ==
    /\ ~VotedIn(a, b) /\ MayVote(a, b, v)
    /\ votes' = [votes EXCEPT ![a] = @ \cup {[bal |-> b, val |-> v]}]
    /\ UNCHANGED promised

\* A promise names the first ballot after the one that is promised.
BrokenOneMore(a, b) ==
    /\ promised[a] < b
    /\ promised' = [promised EXCEPT ![a] = b + 1]
    /\ UNCHANGED votes
=============================================================================
