---- MODULE Operators2 ----
EXTENDS Integers, Sequences
VARIABLES a
c ** d == (c + d) % 7
x \oplus y == (x * y) % 7
x \prec y == x < y /\ x # 3
x | y == y % x = 0
p ^# == p + 1
x ++ y == {x, y}
s ?? t == s \o t
Init == a = 1
Next == \/ a' = a ** 2
        \/ a' = a \oplus 3
        \/ a \prec 4 /\ a' = a^#
        \/ 2 | a /\ a' = a \div 2
        \/ a' = CHOOSE k \in a ++ 5 : k # a \/ a = 5
        \/ a' = Len(<<a>> ?? <<>> ?? <<1, 1>>)
Inv == /\ a \in 0..7 /\ a \geq 0 /\ a \leq 7 /\ ~(a = 8) /\ \lnot (a = 9) /\ \neg FALSE
       /\ (a = 1 => TRUE) /\ (a = 1 <=> a = 1) /\ (a = 1 \equiv a = 1) /\ (a # 1 \lor a = 1) /\ (TRUE \land TRUE)
       /\ {a} \cup {} = {a} \union {} /\ {a} \cap {a} = {a} \intersect {a} /\ <<a>> \o <<>> = <<a>> \circ <<>>
       /\ a /= 9 /\ {a} \X {1} = {a} \times {1} /\ a \notin {}
Broken == a # 6
====
