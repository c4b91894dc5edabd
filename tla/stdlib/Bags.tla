-------------------------------- MODULE Bags --------------------------------
(* Bags, also called multisets: functions from their elements to how many    *)
(* copies of each there are, at least one.                                   *)
EXTENDS TLC
LOCAL INSTANCE Naturals

LOCAL Max(a, b) == IF a >= b THEN a ELSE b

LOCAL Total(f) ==
  LET RECURSIVE sum(_)
      sum(S) == IF S = {} THEN 0
                ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + sum(S \ {x})
  IN  sum(DOMAIN f)

IsABag(B) == B \in [DOMAIN B -> {n \in Nat : n > 0}]

BagToSet(B) == DOMAIN B
SetToBag(S) == [x \in S |-> 1]
BagIn(e, B) == e \in DOMAIN B
EmptyBag == SetToBag({})
CopiesIn(e, B) == IF BagIn(e, B) THEN B[e] ELSE 0
BagCardinality(B) == Total(B)

A (+) B == [x \in DOMAIN A \cup DOMAIN B |-> CopiesIn(x, A) + CopiesIn(x, B)]

A (-) B ==
  [x \in {y \in DOMAIN A : CopiesIn(y, A) > CopiesIn(y, B)} |->
     CopiesIn(x, A) - CopiesIn(x, B)]

A \sqsubseteq B == \A x \in DOMAIN A : CopiesIn(x, A) =< CopiesIn(x, B)

\* The sum of all bags in S.
BagUnion(S) ==
  LET RECURSIVE sum(_)
      sum(T) == IF T = {} THEN EmptyBag
                ELSE LET B == CHOOSE B \in T : TRUE IN B (+) sum(T \ {B})
  IN  sum(S)

\* The set of all bags that are part of B.
SubBag(B) ==
  LET most == LET RECURSIVE maximum(_)
                  maximum(S) == IF S = {} THEN 0
                                ELSE LET x == CHOOSE x \in S : TRUE
                                     IN  Max(B[x], maximum(S \ {x}))
              IN  maximum(DOMAIN B)
  IN  UNION {{A \in [S -> 1..most] : A \sqsubseteq B} : S \in SUBSET DOMAIN B}

\* The bag of F(x) for all copies x in B.
BagOfAll(F(_), B) ==
  [y \in {F(x) : x \in DOMAIN B} |->
     Total([x \in {z \in DOMAIN B : F(z) = y} |-> B[x]])]
=============================================================================
