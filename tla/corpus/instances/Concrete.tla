---- MODULE Concrete ----
EXTENDS Naturals, FiniteSets
CONSTANTS Value, Acceptor, None
VARIABLES vote
Init == vote = [a \in Acceptor |-> None]
Cast(a, v) == vote[a] = None /\ vote' = [vote EXCEPT ![a] = v]
Next == \E a \in Acceptor, v \in Value : Cast(a, v)
Spec == Init /\ [][Next]_vote /\ WF_vote(Next)
Won(v) == Cardinality({a \in Acceptor : vote[a] = v}) * 2 > Cardinality(Acceptor)
chosen == IF \E v \in Value : Won(v) THEN CHOOSE v \in Value : Won(v) ELSE None
hasty == IF \E v \in Value : \E a \in Acceptor : vote[a] = v THEN CHOOSE v \in Value : \E a \in Acceptor : vote[a] = v ELSE None
INSTANCE Abstract
A == INSTANCE Abstract
H == INSTANCE Abstract WITH chosen <- hasty
Correct == A!Spec
Wrong == H!Spec
====
