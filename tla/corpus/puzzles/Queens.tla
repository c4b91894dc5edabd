---- MODULE Queens ----
EXTENDS Naturals, Sequences, FiniteSets
CONSTANT N
ASSUME N \in Nat \ {0}
Attacks(queens, i, j) == \/ queens[i] = queens[j]
                         \/ queens[i] - queens[j] = i - j
                         \/ queens[j] - queens[i] = i - j
IsSolution(queens) == \A i \in 1..Len(queens) - 1 : \A j \in i + 1..Len(queens) : ~ Attacks(queens, i, j)
Solutions == {queens \in [1..N -> 1..N] : IsSolution(queens)}
VARIABLES todo, sols
Init == todo = {<<>>} /\ sols = {}
Place == /\ todo # {}
         /\ \E queens \in todo :
              LET nxt == Len(queens) + 1
                  cols == {c \in 1..N : ~ \E i \in 1..Len(queens) : Attacks(Append(queens, c), i, nxt)}
                  exts == {Append(queens, c) : c \in cols}
              IN IF nxt = N
                   THEN /\ todo' = todo \ {queens}
                        /\ sols' = sols \cup exts
                   ELSE /\ todo' = (todo \ {queens}) \cup exts
                        /\ sols' = sols
Next == Place \/ (todo = {} /\ UNCHANGED <<todo, sols>>)
Inv == sols \subseteq Solutions /\ (todo = {} => Solutions \subseteq sols)
NoSolutions == sols = {}
====
