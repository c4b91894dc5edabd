---- MODULE MCWrap ----
EXTENDS Wrapped, TLC
CONSTANTS c1, c2
const_1 == {c1, c2}
const_2 == Permutations(const_1)
const_3(q) == Len(q) < 3
MCNat == 0..2
MCInit == Init /\ hist = <<>>
MCNext == [Next]_vars
MCAlias == [h |-> hist, o |-> owner, n |-> Len(hist)]
====
