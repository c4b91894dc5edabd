---- MODULE Towers ----
EXTENDS Naturals, Sequences, TLC
CONSTANT D, N
ASSUME D \in Nat /\ N > 2
VARIABLES towers
PowerOfTwo(i) == i = 1 \/ i = 2 \/ i = 4 \/ i = 8
RECURSIVE Stack(_)
Stack(k) == IF k = 0 THEN <<>> ELSE Append(Stack(k - 1), D - k + 1)
Top(t) == IF t = <<>> THEN D + 1 ELSE t[Len(t)]
Init == towers = [i \in 1..N |-> IF i = 1 THEN Stack(D) ELSE <<>>]
CanMove(from, to) == /\ from # to
                     /\ towers[from] # <<>>
                     /\ Top(towers[from]) < Top(towers[to])
Move(from, to) == towers' = [towers EXCEPT ![from] = SubSeq(@, 1, Len(@) - 1), ![to] = Append(@, Top(towers[from]))]
Next == \E i, j \in DOMAIN towers : CanMove(i, j) /\ Move(i, j)
NotDone == towers[N] # Stack(D)
Sorted == \A i \in 1..N : \A k \in 2..Len(towers[i]) : towers[i][k] < towers[i][k - 1]
====
