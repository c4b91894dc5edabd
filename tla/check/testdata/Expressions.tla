---- MODULE Expressions ----
\* Nothing but the evaluation of expressions: quantifiers over tuples, functions
\* and numbers.
EXTENDS Integers, FiniteSets
CONSTANT N
VARIABLE x
S == 1..N
Rising == {t \in S \X S \X S : t[1] < t[2] /\ t[2] < t[3]}
ASSUME \A a, b, c \in S : <<a, b, c>>[2] = b /\ (a + b) + c = a + (b + c)
ASSUME Cardinality(Rising) = (N * (N - 1) * (N - 2)) \div 6
ASSUME \A t \in Rising : \E u \in S : t[1] + u = t[3]
ASSUME \A f \in [1..4 -> 1..7] : \E i, j \in 1..4 : f[i] <= f[j] /\ i # j
Init == x = 0
Next == x' = x
====
