---------------------------- MODULE MCMultiPaxos -----------------------------
(***************************************************************************)
(* The models of MultiPaxos: what they rule out, what they show to happen, *)
(* and the broken rules that its properties must catch.  Each .cfg beside  *)
(* this file whose name begins with MCmulti is one model.                  *)
(***************************************************************************)
EXTENDS MultiPaxos, TLC

CONSTANTS s1, s2, c1, c2    \* names for the servers and commands of a model

\* Odd ballots belong to s1, even ones to s2.
OddEven(b) == IF b % 2 = 1 THEN s1 ELSE s2

Never1(x)    == FALSE
Never2(x, y) == FALSE

OnlyFirst(s)  == s = s1
OnlySecond(s) == s = s2

\* Every server its own command.
OwnCommand(s, c) == c = IF s = s1 THEN c1 ELSE c2

\* The client of s2 asks for what that of s1 does too.
SameCommand(s, c) == c = c1

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

-----------------------------------------------------------------------------
(***************************************************************************)
(* Not vacuous.  Each of these denies that something happens that the      *)
(* protocol is there for, and is violated.                                 *)
(***************************************************************************)
\* A new leader fills a gap with a no-op, which is chosen.
NeverGapFilled == \A i \in Instances : NoOp \notin chosen[i]

\* A leader proposes again what was voted for in a lower ballot.
NeverProposedAgain ==
    ~ \E w, x \in cast : w.inst = x.inst /\ w.bal < x.bal /\ w.val = x.val

\* Two servers lead at the same time.
NeverTwoLeaders == \A s, t \in Servers : phase[s] = "lead" /\ phase[t] = "lead" => s = t

\* A leader is told of votes for different values at one instance.
NeverToldOfTwo ==
    ~ \E s \in Servers : \E w, x \in Told(promises[s]) : w.inst = x.inst /\ w.val # x.val

\* The log holds a command twice, and a server has applied both.
NeverTwice ==
    ~ \E s \in Servers : \E i, j \in Instances :
        i < j /\ j <= applied[s] /\ Log[i] = Log[j] /\ Log[i] \in Commands

\* A server knows an instance to be chosen, and not the one before it.
NeverOutOfOrder ==
    \A s \in Servers : \A i \in Instances :
        i > 1 /\ learned[s][i] # None => i - 1 <= applied[s] \/ learned[s][i - 1] # None

\* A server jumps ahead by a snapshot of another.
NeverInstalled == [][\A s \in Servers : snapshot'[s].upTo <= applied[s] \/ ~up[s]]_vars

\* A promise comes from one whose snapshot stands for what the leader asks about.
NeverBelowBase == \A m \in Sent("Promise") : m.base <= applied[Owner(m.bal)]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The value of the vote in the lowest ballot, not the highest.
BrokenLowest(W) ==
    IF W = {} THEN NoOp ELSE (CHOOSE w \in W : \A x \in W : w.bal <= x.bal).val

\* Every instance below the last vote is filled with a no-op, without looking.
BrokenGap(W) == NoOp

\* A gap is filled with a command that nobody has asked for.
BrokenInvent(W) == IF W = {} THEN c2 ELSE (CHOOSE w \in W : \A x \in W : x.bal <= w.bal).val

\* A gap is filled with nothing at all.
BrokenNothing(W) == None

\* No leader goes through phase 1.
BrokenNoPhase1(b) == TRUE

\* Votes are cast below the promise.
BrokenAcceptBelow(b, p) == TRUE

\* A server tells as chosen what it has only voted for.
BrokenTell(known, v) == IF known = None THEN v ELSE known

\* A command that the log holds twice takes effect twice.
BrokenApply(st, e) == IF e \in Commands THEN Append(st, e) ELSE st

\* A snapshot stands for instances that are only voted on.
BrokenBeyond(a, v) == Largest({a} \cup {i \in Instances : v[i] # NoVote})

\* A promise leaves before it is durable.
BrokenPromiseAtOnce(type, Q) == type = "Promise" \/ Q = <<>>

\* A vote is told before it is durable.
BrokenAcceptedAtOnce(type, Q) == type = "Accepted" \/ Q = <<>>

\* A recovered server has lost its promise.
BrokenForgetPromise(d) == [d EXCEPT !.promised = 0]

\* A recovered server has the place of its snapshot, but not the state.
BrokenForgetState(d) == [d EXCEPT !.snapshot.state = <<>>]

\* A disk loses its votes in a crash, although an fsync had covered them.
BrokenSurvives(d) == [d EXCEPT !.votes = NoVotes]

\* Nobody votes.
BrokenMute(b, p) == FALSE
=============================================================================
