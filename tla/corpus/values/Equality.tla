---- MODULE Equality ----
EXTENDS Naturals, Sequences, TLC
VARIABLE v
All == << <<1, 2>>, [i \in 1..2 |-> i], (1 :> 1 @@ 2 :> 2), [i \in {2, 1} |-> 3 - i], (2 :> 2) @@ (1 :> 1), <<>>, [x \in {} |-> 0], [x \in 1..0 |-> 3], Append(<<1>>, 2), Tail(<<0, 1, 2>>), [<<1, 1>> EXCEPT ![2] = 2], SubSeq(<<1, 2, 3>>, 1, 2) >>
Init == v \in {All[i] : i \in DOMAIN All}
Next == \E i \in DOMAIN All : v' = All[i]
Inv == {All[i] : i \in {1, 2, 3, 5, 9, 10, 11, 12}} = {<<1, 2>>}
Broken == v # [i \in 1..2 |-> 3 - i]
====
