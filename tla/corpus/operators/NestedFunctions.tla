---- MODULE NestedFunctions ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES m
N == 1..2
mat == [i \in N |-> [j \in N |-> i * j]]
Mul(A, B) == [i \in N, j \in N |-> A[i][1] * B[1][j] + A[i][2] * B[2][j]]
Tr(A) == [i \in DOMAIN A |-> [j \in DOMAIN A[i] |-> A[j][i]]]
pasc[n \in 0..4] == [k \in 0..n |-> IF k = 0 \/ k = n THEN 1 ELSE pasc[n - 1][k - 1] + pasc[n - 1][k]]
g[S \in SUBSET {1, 2, 3}] == IF S = {} THEN 0 ELSE LET e == CHOOSE e \in S : TRUE IN e + g[S \ {e}]
h[p \in N \X N] == p[1] + p[2]
k[i \in N, j \in N] == i - j + 2
Init == m = mat
Next == \/ m' = Tr(m) /\ Mul(m, m)[1, 2] < 100
        \/ \E i, j \in N : m' = [m EXCEPT ![i][j] = (@ + h[<<i, j>>]) % 4]
        \/ \E i \in N : m' = [m EXCEPT ![i] = [@ EXCEPT ![(k[i, i] % 2) + 1] = 0]]
        \/ m' = [i \in N |-> [j \in N |-> pasc[4][i + j] % 4]]
Inv == g[{1, 3}] = 4 /\ pasc[4][2] = 6 /\ h[<<1, 2>>] = 3 /\ m \in [N -> [N -> 0..4]]
Broken == m # <<<<2, 0>>, <<2, 0>>>>
====
