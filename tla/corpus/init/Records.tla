---- MODULE Records ----
EXTENDS Naturals, TLC
VARIABLE s
Init == s \in [kind : {"a", "b"}, val : [x : 0..1, y : {TRUE}], opt : SUBSET {1, 2}]
Next == \/ s.kind = "a" /\ s' = [s EXCEPT !.kind = "b", !.val.x = 1 - @]
        \/ s.kind = "b" /\ s.opt # {} /\ s' = [s EXCEPT !.opt = @ \ {CHOOSE e \in @ : TRUE}]
        \/ s.opt = {} /\ \E k \in {"a", "b"} : s' = [kind |-> k, val |-> s.val, opt |-> {2}]
Inv == s.val \in [x : Nat, y : BOOLEAN]
Broken == ~(s.kind = "a" /\ s.val.x = 1 /\ s.opt = {2})
====
