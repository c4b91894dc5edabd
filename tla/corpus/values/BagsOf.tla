---- MODULE BagsOf ----
EXTENDS Bags, Naturals, TLC
VARIABLES net, got
Msg == {"a", "b"}
Init == net = EmptyBag /\ got = SetToBag({})
Next == \/ \E m \in Msg : net' = net (+) SetToBag({m}) /\ UNCHANGED got
        \/ \E m \in BagToSet(net) : net' = net \ominus SetToBag({m}) /\ got' = got \oplus (m :> 1)
        \/ \E B \in SubBag(net) : BagCardinality(B) = 2 /\ net' = B /\ got' = EmptyBag
        \/ net' = BagUnion({net, got}) /\ got' = EmptyBag /\ BagCardinality(got) = 1
Small == BagCardinality(net) + BagCardinality(got) <= 3
Inv == /\ IsABag(net) /\ BagToSet(net) = DOMAIN net
       /\ \A m \in Msg : CopiesIn(m, net) \in Nat
       /\ BagIn("a", net) <=> "a" \in DOMAIN net
       /\ net \sqsubseteq (net (+) got)
Broken == CopiesIn("b", got) < 2 \/ CopiesIn("a", net) = 0
====
