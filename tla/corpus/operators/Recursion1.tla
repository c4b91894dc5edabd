---- MODULE Recursion1 ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES s, t
RECURSIVE Sum(_), Sort(_), Even(_), Odd(_), Fold(_, _, _)
Sum(q) == IF q = <<>> THEN 0 ELSE Head(q) + Sum(Tail(q))
Sort(S) == IF S = {} THEN <<>> ELSE LET m == CHOOSE m \in S : \A k \in S : m <= k IN <<m>> \o Sort(S \ {m})
Even(n) == IF n = 0 THEN TRUE ELSE Odd(n - 1)
Odd(n) == IF n = 0 THEN FALSE ELSE Even(n - 1)
Fold(F(_, _), b, S) == IF S = {} THEN b ELSE LET e == CHOOSE e \in S : TRUE IN F(e, Fold(F, b, S \ {e}))
Fib[n \in Nat] == IF n < 2 THEN n ELSE Fib[n - 1] + Fib[n - 2]
Ack[m, n \in Nat] == IF m = 0 THEN n + 1 ELSE IF n = 0 THEN Ack[m - 1, 1] ELSE Ack[m - 1, Ack[m, n - 1]]
RECURSIVE Perms(_)
Perms(S) == IF S = {} THEN {<<>>} ELSE UNION {{<<x>> \o p : p \in Perms(S \ {x})} : x \in S}
Len2(q) == LET L[r \in Seq(Nat)] == IF r = <<>> THEN 0 ELSE 1 + L[Tail(r)] IN L[q]
Rev(q) == LET RECURSIVE R(_, _)
              R(a, b) == IF a = <<>> THEN b ELSE R(Tail(a), <<Head(a)>> \o b)
          IN R(q, <<>>)
Init == s \in Perms({1, 2, 3}) /\ t = 0
Next == \/ \E i \in 1..2 : s' = [s EXCEPT ![i] = s[i + 1], ![i + 1] = s[i]] /\ t' = Sum(SubSeq(s, 1, i))
        \/ t' = Fold(LAMBDA a, b : (2 * a + b) % 8, 0, {s[1], s[2]}) /\ UNCHANGED s
        \/ t' = Fib[t % 6] /\ s' = Rev(s)
        \/ t' = Ack[1, t % 3] /\ UNCHANGED s
Inv == /\ Sum(s) = 6 /\ Sort({s[i] : i \in 1..3}) = <<1, 2, 3>> /\ Even(Len(s) + 1) /\ Len2(s) = Cardinality(DOMAIN s) /\ Cardinality(Perms({s[1], s[2]})) = 2
Broken == Odd(t) \/ t < 6
====
