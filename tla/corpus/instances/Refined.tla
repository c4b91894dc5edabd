---- MODULE Refined ----
\* The clash of names with Abstract is avoided by an instance with all names replaced.
EXTENDS Naturals, FiniteSets
CONSTANTS Value, Acceptor, None
VARIABLES vote
Won(v) == Cardinality({a \in Acceptor : vote[a] = v}) * 2 > Cardinality(Acceptor)
chosen == IF \E v \in Value : Won(v) THEN CHOOSE v \in Value : Won(v) ELSE None
hasty == LET S == {v \in Value : \E a \in Acceptor : vote[a] = v} IN IF S = {} THEN None ELSE CHOOSE v \in S : TRUE
Start == vote = [a \in Acceptor |-> None]
Cast(a, v) == vote[a] = None /\ vote' = [vote EXCEPT ![a] = v]
Step == \E a \in Acceptor, v \in Value : Cast(a, v)
Voting == Start /\ [][Step]_vote /\ WF_vote(Step)
A == INSTANCE Abstract
H == INSTANCE Abstract WITH chosen <- hasty
Correct == A!Spec
Wrong == H!Spec
THEOREM Voting => A!Spec
====
