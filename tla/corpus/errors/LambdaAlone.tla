---- MODULE LambdaAlone ----
EXTENDS Sequences, Naturals
VARIABLES q, out
D == {"x", "y"}
Init == q = <<>> /\ out = << <<>> >>
Rev(s) == [i \in 1..Len(s) |-> s[Len(s) + 1 - i]]
Is(c) == LAMBDA e : e = c
Next == \/ Len(q) < 3 /\ \E d \in D : q' = Append(q, d) /\ UNCHANGED out
        \/ q # <<>> /\ q' = Tail(q) /\ out' = <<Head(q)>>
        \/ \E i, j \in 1..Len(q) : q' = SubSeq(q, i, j) /\ out' = SubSeq(q, j, i) \o SelectSeq(q, LAMBDA e : e = "x")
        \/ LET NotX(e) == e # "x" IN q' = SelectSeq(q, NotX) /\ out' = Rev(q)
        \/ Len(q) = 2 /\ q' = [q EXCEPT ![1] = q[2], ![2] = q[1]] /\ out' = q \o <<q>>
TypeOK == /\ q \in Seq(D)
          /\ Len(q) \in 0..3
          /\ DOMAIN q = 1..Len(q)
          /\ q \notin Seq({"x"}) => \E i \in DOMAIN q : q[i] = "y"
          /\ <<q, 1>> \in Seq(D) \X Nat
          /\ [z |-> q] \in [z : Seq(D)]
          /\ {q} \in SUBSET Seq(STRING)
Broken == out # <<"y", "x", <<"y", "x">> >>
====
