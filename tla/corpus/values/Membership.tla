---- MODULE Membership ----
EXTENDS Integers, Sequences, Reals
VARIABLES f, r, n
Init == f = [i \in 1..2 |-> 0] /\ r = [a |-> 0, b |-> {}] /\ n = 0
Next == \/ f' \in [1..2 -> {n, n + 1}] /\ UNCHANGED <<r, n>>
        \/ n < 2 /\ n' = n + 1 /\ r' = [a |-> n, b |-> {n}] /\ UNCHANGED f
        \/ n' = -n /\ UNCHANGED <<f, r>>
TypeOK == /\ f \in [1..2 -> Nat] /\ f \in [1..2 -> Int] /\ f \notin [1..3 -> Nat]
          /\ f \in Seq(Int) /\ f \in Int \X Int /\ f \notin Nat \X Nat \X Nat
          /\ r \in [a : Int, b : SUBSET Nat] \cup [c : Int]
          /\ n \in Int /\ (n < 0 => n \notin Nat)
          /\ n \in Nat \cup {-1, -2}
          /\ 1..3 \subseteq Nat /\ {n, -n} \subseteq Int
          /\ [f |-> f, r |-> <<r>>] \in [f : [1..2 -> Nat], r : Seq([a : Int, b : SUBSET Int])]
          /\ {<<n, f>>} \subseteq (Int \X [1..2 -> Nat])
          /\ [x \in {} |-> 1] \in [{} -> {}] /\ <<>> \in [{} -> Nat]
          /\ {} \in SUBSET [Nat -> Nat]
Broken == n \in Nat
====
