---- MODULE Ordered ----
CONSTANTS _\prec_, _++_
VARIABLE v
Max(S) == CHOOSE m \in S : \A k \in S : k = m \/ k \prec m
Up(n) == v \prec n /\ v' = n
Join(n) == v' = v ++ n /\ n # v
Sum3 == v ++ v ++ v
====
