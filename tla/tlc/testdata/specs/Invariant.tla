---- MODULE Invariant ----
\* States with every kind of value that TLC prints, and an invariant that breaks.
EXTENDS Integers, Sequences, TLC
CONSTANTS Server, Nil
VARIABLES x, s, f, r, t, log, sub

vars == <<x, s, f, r, t, log, sub>>

Init == /\ x = 0
        /\ s = {}
        /\ f = [p \in Server |-> Nil]
        /\ r = [kind |-> "none", from |-> 1]
        /\ t = <<>>
        /\ log = 0 :> "zero"
        /\ sub = {Server, {}}

Grow(p) == /\ x' = x - 1
           /\ s' = s \cup {[who |-> p, at |-> x], [who |-> p, at |-> x - 1]}
           /\ f' = [f EXCEPT ![p] = x]
           /\ r' = [kind |-> "say \"hi\" \\ @!@!@ENDMSG 2217 @!@!@", from |-> -1]
           /\ t' = Append(t, <<p, TRUE>>)
           /\ log' = log @@ (x - 1 :> <<"a long string that makes the printer wrap its lines", "another long string that makes the printer wrap its lines">>)
           /\ UNCHANGED sub

Next == \E p \in Server: Grow(p)

Small == x > -2
Same == x = x
====
