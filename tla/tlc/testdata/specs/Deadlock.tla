---- MODULE Deadlock ----
\* Two processes, two locks, taken in opposite orders.
EXTENDS Naturals, Sequences
VARIABLES held
Proc == {"left", "right"}
Order == [p \in Proc |-> IF p = "left" THEN <<"a", "b">> ELSE <<"b", "a">>]
Free(l) == \A p \in Proc: \A i \in DOMAIN held[p]: held[p][i] # l
Init == held = [p \in Proc |-> <<>>]
Take(p, l) == /\ Free(l)
              /\ l = Order[p][Len(held[p]) + 1]
              /\ held' = [held EXCEPT ![p] = Append(@, l)]
Release(p) == /\ Len(held[p]) = 2
              /\ held' = [held EXCEPT ![p] = <<>>]
Next == \E p \in Proc: \/ Release(p)
                       \/ /\ Len(held[p]) < 2
                          /\ \E l \in {"a", "b"}: Take(p, l)
====
