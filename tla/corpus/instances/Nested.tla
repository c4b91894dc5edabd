---- MODULE Nested ----
EXTENDS Naturals, Sequences
---- MODULE Inner ----
VARIABLE v
CONSTANT K
Put(x) == v' = Append(v, x)
Get == v # <<>> /\ v' = Tail(v)
Room == Len(v) < K
  ---- MODULE Innermost ----
  CONSTANT C
  Add(x) == Room /\ Put(x + C)
  ====
I(c) == INSTANCE Innermost WITH C <- c
====
VARIABLES q, r
Q == INSTANCE Inner WITH v <- q, K <- 2
R(k) == INSTANCE Inner WITH v <- r, K <- k
Init == q = <<>> /\ r = <<>>
Next == \/ \E x \in 0..1 : Q!I(x)!Add(x) /\ UNCHANGED r
        \/ Q!Get /\ R(3)!Put(q[1]) /\ R(3)!Room
        \/ \E k \in 1..2 : R(k)!I(k)!Add(k) /\ UNCHANGED q
        \/ R(1)!Get /\ UNCHANGED q
Inv == Len(q) <= 2 /\ Len(r) <= 3
Broken == \A i \in DOMAIN r : r[i] < 4 /\ (i = 3 => r[i] # 0)
====
