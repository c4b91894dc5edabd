------------------------------- MODULE Layers -------------------------------
EXTENDS Naturals, FiniteSets
CONSTANTS Proc, Max
VARIABLES want, have, turn
vars == <<want, have, turn>>

Others(p) == Proc \ {p}
Free(r) == \A p \in Proc : r \notin have[p]
Ask(p, r) == /\ r \notin want[p]
             /\ Cardinality(want[p]) < Max
             /\ want' = [want EXCEPT ![p] = @ \cup {r}]
             /\ UNCHANGED <<have, turn>>
Take(p, r) == /\ r \in want[p]
              /\ Free(r)
              /\ have' = [have EXCEPT ![p] = @ \cup {r}]
              /\ want' = [want EXCEPT ![p] = @ \ {r}]
              /\ UNCHANGED turn
Drop(p) == /\ have[p] # {}
           /\ have' = [have EXCEPT ![p] = {}]
           /\ \E q \in Others(p) : turn' = q
           /\ UNCHANGED want
Resource == 1..2
Act(p) == \/ \E r \in Resource : Ask(p, r) \/ Take(p, r)
          \/ Drop(p)
Step(S) == \E p \in S : Act(p)
Wait == /\ \A p \in Proc : want[p] # {} => \E r \in want[p] : ~Free(r)
        /\ UNCHANGED vars
Init == want = [p \in Proc |-> {}] /\ have = want /\ turn \in Proc
Next == Step(Proc \ {turn}) \/ Step({turn}) \/ Wait
Exclusive == \A p, q \in Proc : p # q => have[p] \cap have[q] = {}
Broken == \A p \in Proc : have[p] # Resource
=============================================================================
