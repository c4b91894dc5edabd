---- MODULE Ring ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANT Size
Node == 0..(Size - 1)
next(i) == (i + 1) % Size
VARIABLES id, inbox, leader, token
Ids == {f \in [Node -> 1..Size] : \A i, j \in Node : i # j => f[i] # f[j]}
Init == /\ id \in Ids
        /\ inbox = [i \in Node |-> <<>>]
        /\ leader = [i \in Node |-> -1]
        /\ token = [i \in Node |-> "fresh"]
Begin(i) == /\ token[i] = "fresh"
            /\ token' = [token EXCEPT ![i] = "sent"]
            /\ inbox' = [inbox EXCEPT ![next(i)] = Append(@, id[i])]
            /\ UNCHANGED <<id, leader>>
Pass(i) == LET m == Head(inbox[i]) IN
           /\ inbox[i] # << >>
           /\ \/ m > id[i] /\ inbox' = [inbox EXCEPT ![i] = Tail(@), ![next(i)] = Append(@, m)] /\ UNCHANGED leader
              \/ m < id[i] /\ inbox' = [inbox EXCEPT ![i] = Tail(@)] /\ UNCHANGED leader
              \/ m = id[i] /\ inbox' = [inbox EXCEPT ![i] = Tail(@)] /\ leader' = [leader EXCEPT ![i] = m]
           /\ UNCHANGED <<id, token>>
Next == \E i \in Node : Begin(i) \/ Pass(i)
One == Cardinality({i \in Node : leader[i] # -1}) <= 1
Broken == \A i \in Node : leader[i] # -1 => \A j \in Node : token[j] = "sent"
====
