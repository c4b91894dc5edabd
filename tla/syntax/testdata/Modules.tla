---- MODULE Modules ----
EXTENDS Naturals, Sequences
CONSTANTS C, D(_, _), _ \prec _
VARIABLES x, y

----------------------------------------------------------------------------

---- MODULE Inner ----
CONSTANTS c, G(_)
VARIABLE v
LOCAL INSTANCE Integers
Op(i) == c + i + G(v)
i \odot j == i - j
------ MODULE Innermost ------
Deep == c
==============================
J == INSTANCE Innermost
K(c2) == INSTANCE Innermost
======================

---- MODULE Empty ----
====

I(i) == INSTANCE Inner WITH c <- i, v <- x, G <- LAMBDA k : k + 1
Plain == INSTANCE Inner WITH c <- 1, G <- Len, v <- <<y>>
LOCAL Private == INSTANCE Empty
LOCAL Hidden(i) == i
LOCAL p ++ q == p
LOCAL f[i \in Nat] == i

INSTANCE Inner WITH c <- C, v <- y, G(* comment *) <- Len
Use1 == I(1)!Op(2) + Plain!Op(3) + Op(4)
Use2 == I(1)!\odot(2, 3) + I(C)!J!Deep + I(C)!K(2)!Deep

RECURSIVE R(_, _), N
R(i, j) == IF i = 0 THEN j ELSE R(i - 1, j) + N
N == 3

ASSUME C \in Nat
ASSUME Named == C > 0
ASSUMPTION C # 7
AXIOM \A i \in Nat : D(i, i) \in Nat
THEOREM C > 0 => Named
LEMMA L == TRUE
COROLLARY TRUE
PROPOSITION P == C = C
====
