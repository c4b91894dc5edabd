---- MODULE WithAssume ----
EXTENDS Naturals, TLC
CONSTANT K
ASSUME PrintT("assumption of an instance") /\ K > 5
Start == K
Succ(n) == (n + 1) % (K + 2)
====
