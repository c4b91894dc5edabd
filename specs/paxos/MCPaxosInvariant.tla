--------------------------- MODULE MCPaxosInvariant ---------------------------
(***************************************************************************)
(* The models of PaxosInvariant: their initial states are all states,      *)
(* reachable or not, that satisfy the invariant, up to FactsMax nodes that *)
(* are up and messages that are in the network, taken together.            *)
(*                                                                         *)
(* To go through all type-correct states and keep those that satisfy the   *)
(* invariant is out of the question: with two acceptors, two ballots and   *)
(* two values there are already 2^38 sets of messages.  So the states are  *)
(* built: the disks first, then the memories, then the network, each from  *)
(* what the invariant leaves of it, given what is there already.  What is  *)
(* built is then held against the invariant itself, so that to build too   *)
(* much does no harm; that nothing is left out is seen conjunct by         *)
(* conjunct below, and held against TypesInit in a small instance.         *)
(***************************************************************************)
EXTENDS MCPaxos, PaxosInvariant

CONSTANTS NodesMax, FactsMax

Up == {n \in Nodes : up[n]}

\* All functions f with f[x] \in S[x].
RECURSIVE Choices(_)
Choices(S) ==
    IF DOMAIN S = {} THEN {<<>>}
    ELSE LET x == CHOOSE y \in DOMAIN S : TRUE
         IN  {(x :> v) @@ f : v \in S[x], f \in Choices([y \in DOMAIN S \ {x} |-> S[y]])}

\* The subsets of S of at most k elements.
RECURSIVE UpTo(_, _)
UpTo(k, S) ==
    IF k >= Cardinality(S) THEN SUBSET S
    ELSE IF k = 0 THEN {{}}
    ELSE {{}} \cup {{x} \cup T : x \in S, T \in UpTo(k - 1, S)}

-----------------------------------------------------------------------------
(***************************************************************************)
(* The disks.  The logs of a node up to ballot b that are in order         *)
(* (LogsInOrder), and how much of them may be durable (DownIsBlank).       *)
(***************************************************************************)
Step(n, b) ==
    LET promise == [type |-> "promise", bal |-> b]
        cast(v) == [type |-> "vote", bal |-> b, val |-> v]
    IN  {<<>>} \cup
        IF n \in Acceptors
        THEN {<<promise>>} \cup {<<cast(v)>> : v \in Values} \cup {<<promise, cast(v)>> : v \in Values}
        ELSE IF n \in Proposers /\ Owner(b) = n THEN {<<[type |-> "ballot", bal |-> b]>>} ELSE {}

RECURSIVE LogsTo(_, _)
LogsTo(n, b) == IF b = 0 THEN {<<>>} ELSE {l \o t : l \in LogsTo(n, b - 1), t \in Step(n, b)}

Logs(n)   == LogsTo(n, Cardinality(Ballots))
Synced(n) == IF up[n] THEN 0..Len(log[n]) ELSE {Len(log[n])}

Disks ==
    /\ up \in {f \in [Nodes -> BOOLEAN] : Cardinality({n \in Nodes : f[n]}) <= NodesMax}
    /\ log \in Choices([x \in Nodes |-> Logs(x)])
    /\ durable \in Choices([x \in Nodes |-> Synced(x)])
    /\ LogsInOrder = TRUE
    /\ StartedOnDisk = TRUE

\* The votes there are proposals (ProposalsSafe, OneValuePerBallot).
Votes     == UNION {VotesIn(log[a]) : a \in Acceptors}
VotesSafe == \A w \in Votes : V!SafeAt(w.bal, w.val)
VotesOne  == \A w, x \in Votes : w.bal = x.bal => w.val = x.val

-----------------------------------------------------------------------------
(***************************************************************************)
(* What node n may hold, and what has been said (AllTrue).  An Accept is   *)
(* for one of the values that there are.                                   *)
(***************************************************************************)
Sayable(n, l) ==
    IF l = <<>> THEN {}
    ELSE LET b == Last(l).bal
         IN  IF n \in Proposers
             THEN {[type |-> "Prepare", bal |-> b]}
                  \cup {[type |-> "Accept", bal |-> b, val |-> v] : v \in Values}
             ELSE (IF Last(l).type = "promise"
                   THEN {[type |-> "Promise", bal |-> b, from |-> n, vote |-> LastVote(l)]} ELSE {})
                  \cup {[type |-> "Accepted", bal |-> w.bal, from |-> n, val |-> w.val] : w \in VotesIn(l)}
                  \cup {[type |-> "Nack", bal |-> c, promised |-> b] : c \in {d \in Ballots : d < b}}

Holdable(n) ==
    SUBSET UNION {{[at |-> i, msg |-> m] : m \in Sayable(n, SubSeq(log[n], 1, i))} :
                     i \in (durable[n] + 1)..Len(log[n])}

Sayables ==
    UNION {UNION {Sayable(n, SubSeq(log[n], 1, i)) : i \in 1..durable[n]} : n \in Nodes}

(***************************************************************************)
(* The memories.                                                           *)
(***************************************************************************)
Requests(p) == IF up[p] THEN requested \cup {None} ELSE {None}
BallotsOf(p) ==
    IF up[p] THEN {b \in Ballots \cup {0} : b >= LastBallot(log[p])} ELSE {0}
Phases(p) ==
    IF up[p] /\ request[p] # None /\ log[p] # <<>> /\ ballot[p] = LastBallot(log[p])
    THEN {"idle", "prepare", "accept"} ELSE {"idle"}
PromisesOf(p) ==
    IF phase[p] # "prepare" THEN {{}}
    ELSE SUBSET {[from |-> m.from, vote |-> m.vote] :
                    m \in {n \in Sayables : n.type = "Promise" /\ n.bal = ballot[p]}}
ValuesOf(p) == IF phase[p] = "accept" THEN Values ELSE {None}

Hears(x)  == {NoVote} \cup IF up[x[1]] THEN VotesIn(Durable(x[2])) ELSE {}
Learns(l) == IF up[l] THEN Chosen \cup {None} ELSE {None}

Memories ==
    /\ promised = [a \in Acceptors |-> IF up[a] THEN LastBallot(log[a]) ELSE 0]
    /\ vote = [a \in Acceptors |-> IF up[a] THEN LastVote(log[a]) ELSE NoVote]
    /\ \E f \in Choices([x \in Learners \X Acceptors |-> Hears(x)]) :
          heard = [l \in Learners |-> [a \in Acceptors |-> f[<<l, a>>]]]
    /\ learned \in Choices([x \in Learners |-> Learns(x)])
    /\ requested \in SUBSET Values
    /\ request \in Choices([x \in Proposers |-> Requests(x)])
    /\ ballot \in Choices([x \in Proposers |-> BallotsOf(x)])
    /\ phase \in Choices([x \in Proposers |-> Phases(x)])
    /\ promises \in Choices([x \in Proposers |-> PromisesOf(x)])
    /\ value \in Choices([x \in Proposers |-> ValuesOf(x)])
    /\ held \in Choices([x \in Nodes |-> Holdable(x)])

(***************************************************************************)
(* The network: any messages that have been said, as many as leave two     *)
(* facts and the node that acts (FactsMax = 3), or any number.             *)
(***************************************************************************)
MsgsMax == FactsMax - IF Up = {} THEN 1 ELSE Cardinality(Up)

Network == msgs \in UpTo(MsgsMax, Sayables)

InductiveInit ==
    /\ Disks /\ VotesSafe = TRUE /\ VotesOne = TRUE
    /\ Memories
    /\ Network
    /\ Inductive = TRUE

InductiveSpec == InductiveInit /\ [][Next]_vars

(***************************************************************************)
(* That the building leaves nothing out can be seen where the instance is  *)
(* small: the same states, found by going through all values of the right  *)
(* types.  A log that is in order has two records a ballot at most; and to *)
(* choose a set of which all elements must be true is to choose among the  *)
(* true ones.  Model inductive-types finds as many states as inductive-    *)
(* smoke.                                                                  *)
(***************************************************************************)
RecordsMax == 2 * Cardinality(Ballots)

TypesInit ==
    /\ up \in [Nodes -> BOOLEAN]
    /\ log \in [Nodes -> UNION {[1..k -> Record] : k \in 0..RecordsMax}]
    /\ LogsInOrder = TRUE
    /\ durable \in [Nodes -> 0..RecordsMax]
    /\ \A n \in Nodes : durable[n] <= Len(log[n])
    /\ StartedOnDisk = TRUE
    /\ promised \in [Acceptors -> Ballots \cup {0}]
    /\ vote \in [Acceptors -> Vote \cup {NoVote}]
    /\ ballot \in [Proposers -> Ballots \cup {0}]
    /\ LogAgreesWithMemory = TRUE
    /\ request \in [Proposers -> Values \cup {None}]
    /\ phase \in [Proposers -> {"idle", "prepare", "accept"}]
    /\ value \in [Proposers -> Values \cup {None}]
    /\ promises \in [Proposers -> SUBSET [from : Acceptors, vote : Vote \cup {NoVote}]]
    /\ PhasesFit = TRUE
    /\ heard \in [Learners -> [Acceptors -> Vote \cup {NoVote}]]
    /\ learned \in [Learners -> Values \cup {None}]
    /\ requested \in SUBSET Values
    /\ held \in Choices([n \in Nodes |->
           SUBSET {h \in [at : (durable[n] + 1)..Len(log[n]), msg : Message] :
                      MaySay(n, SubSeq(log[n], 1, h.at), h.msg)}])
    /\ msgs \in SUBSET {m \in Message : Said(m)}
    /\ Inductive = TRUE

TypesSpec == TypesInit /\ [][Next]_vars

(***************************************************************************)
(* One step from each, and no more: what has more facts is held against    *)
(* the invariant and left.  (All else that a step leads to is an initial   *)
(* state, too: the depth of these models is 1.)                            *)
(***************************************************************************)
FewFacts == Cardinality(Up) <= NodesMax /\ Cardinality(msgs) <= MsgsMax

\* One proposer to whom all ballots belong.
OwnsAll(b) == p1

\* The values are interchangeable.
ValueSymmetry == Permutations(Values)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The controls: the same without one conjunct, which is then not kept, or *)
(* not enough for Consistency.                                             *)
(***************************************************************************)
WithoutSafe ==
    /\ TypeOK /\ LogsInOrder /\ StartedOnDisk /\ AllTrue
    /\ OneValuePerBallot /\ NotProposedYet /\ AskedFor
    /\ DownIsBlank /\ PhasesFit /\ LogAgreesWithMemory /\ LearnedIsChosen

WithoutProposed ==
    /\ TypeOK /\ LogsInOrder /\ StartedOnDisk /\ AllTrue
    /\ ProposalsSafe /\ OneValuePerBallot /\ AskedFor
    /\ DownIsBlank /\ PhasesFit /\ LogAgreesWithMemory /\ LearnedIsChosen

WithoutSafeInit ==
    /\ Disks /\ VotesOne = TRUE
    /\ Memories /\ Network
    /\ WithoutSafe = TRUE /\ Consistency = TRUE

WithoutProposedInit ==
    /\ Disks /\ VotesSafe = TRUE /\ VotesOne = TRUE
    /\ Memories /\ Network
    /\ WithoutProposed = TRUE

WithoutSafeSpec     == WithoutSafeInit /\ [][Next]_vars
WithoutProposedSpec == WithoutProposedInit /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules, beside those of MCPaxos.  From a state that satisfies the *)
(* invariant one step is enough to show what each is there for.            *)
(***************************************************************************)
\* A proposer that is refused keeps the promises that it has.  (StartBallot drops
\* them before they do harm; the model has BrokenOldPromises beside.)
BrokenKeepPromises(p, m) ==
    /\ up[p] /\ m \in msgs /\ Owner(m.bal) = p
    /\ m.bal = ballot[p] /\ phase[p] # "idle"
    /\ ballot' = [ballot EXCEPT ![p] = m.promised]
    /\ phase' = [phase EXCEPT ![p] = "idle"]
    /\ value' = [value EXCEPT ![p] = None]
    /\ UNCHANGED <<msgs, log, durable, held, up, request, promises, acceptorVars, learnerVars, requested>>

\* A client's request is not noted.
BrokenUnnoted(p, v) ==
    /\ up[p] /\ request[p] = None
    /\ request' = [request EXCEPT ![p] = v]
    /\ UNCHANGED <<msgs, log, durable, held, up, ballot, phase, promises, value, requested>>
    /\ UNCHANGED <<acceptorVars, learnerVars>>
=============================================================================
