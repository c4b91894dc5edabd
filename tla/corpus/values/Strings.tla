---- MODULE Strings ----
EXTENDS Sequences, Naturals, TLC
VARIABLES s, r
Keys == {"k1", "k2", "key with space"}
Init == s = "" /\ r = [k \in Keys |-> ""]
Next == \/ \E k \in Keys : r' = [r EXCEPT ![k] = s] /\ s' = k
        \/ s' = "quote \" back \\ tab \t" /\ r' = [r EXCEPT !.k1 = @ \o "!"] /\ Len(r.k1) < 5
        \/ s' \in DOMAIN [a |-> 1, b |-> 2] /\ UNCHANGED r
        \/ s \in {"a", "b"} /\ r' = ("k1" :> "one") @@ ("k2" :> "two") @@ ("key with space" :> s \o s) /\ s' = ToString(<<1, {s}>>)
Inv == r \in [Keys -> STRING] /\ s \in STRING /\ Len(s) < 40
Broken == r["k2"] # "two" \/ r["key with space"] # "bb"
====
