---- MODULE Recursion ----
EXTENDS Naturals, Sequences, FiniteSets, TLC
VARIABLES s, n
RECURSIVE Sum(_)
Sum(t) == IF t = <<>> THEN 0 ELSE Head(t) + Sum(Tail(t))
RECURSIVE SumSet(_)
SumSet(S) == IF S = {} THEN 0 ELSE LET e == CHOOSE e \in S : TRUE IN e + SumSet(S \ {e})
fact[k \in Nat] == IF k = 0 THEN 1 ELSE k * fact[k - 1]
Add(a, b) == a + b
Max(S) == CHOOSE m \in S : \A k \in S : k <= m
Range(f) == {f[i] : i \in DOMAIN f}
Perms == LET f[S \in SUBSET (1..3)] == IF S = {} THEN {<<>>}
             ELSE UNION {{Append(t, e) : t \in f[S \ {e}]} : e \in S} IN f[1..3]
ASSUME fact[5] = 120 /\ Cardinality(Perms) = 6 /\ SumSet(1..4) = 10
ASSUME LET RECURSIVE Ev(_), Od(_)
           Ev(k) == k = 0 \/ Od(k - 1)
           Od(k) == k # 0 /\ Ev(k - 1) IN Ev(10) /\ ~Od(10)
ASSUME [i \in 0..3 |-> 6 \div i][2] = 3
ASSUME (1 :> 2 @@ 2 :> 3) = <<2, 3>> /\ [a |-> 1] = ("a" :> 1)
ASSUME SelectSeq(<<1, 2, 3>>, LAMBDA e : e # 2) = <<1, 3>>
Init == s \in {<<>>, <<1>>} /\ n = Sum(s)
Next == \/ \E e \in 1..2 : Len(s) < 3 /\ s' = Append(s, e) /\ n' = Sum(s')
        \/ s # <<>> /\ s' = Tail(s) /\ n' = Sum(s')
Inv == n = Sum(s) /\ (s # <<>> => Max(Range(s)) <= 2) /\ n < 6
Broken == Len(s) < 2
====
