---- MODULE TlcModule ----
EXTENDS TLC, Naturals, Sequences, FiniteSets
VARIABLES x
ASSUME TLCSet(1, 0) /\ TLCSet(2, <<>>)
Less(p, q) == p < q
Init == x = <<3, 1, 2>> /\ TLCSet(1, TLCGet(1) + 1)
Next == \/ x' = SortSeq(x, Less)
        \/ x' = SortSeq(x, LAMBDA p, q : p > q)
        \/ \E p \in Permutations({1, 2, 3}) : x' = [i \in 1..3 |-> p[x[i]]]
        \/ x' = TLCEval(Tail(x) \o <<Head(x)>>)
Inv == /\ Assert(Len(x) = 3, "length")
       /\ ToString(x[1]) \in {"1", "2", "3"}
       /\ TLCGet(1) = 1 
       /\ Print(<<"seen", x>>, TRUE)
Broken == x # <<2, 1, 3>>
====
