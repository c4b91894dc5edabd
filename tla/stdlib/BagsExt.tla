------------------------------ MODULE BagsExt -------------------------------
(* More operators on bags.                                                   *)
LOCAL INSTANCE Bags
LOCAL INSTANCE Integers
LOCAL INSTANCE Folds

\* One copy of x more, one less, none.
BagAdd(B, x) ==
  IF x \in DOMAIN B THEN [B EXCEPT ![x] = @ + 1] ELSE B @@ (x :> 1)
BagRemove(B, x) ==
  IF x \notin DOMAIN B THEN B
  ELSE IF B[x] = 1 THEN [y \in DOMAIN B \ {x} |-> B[y]]
  ELSE [B EXCEPT ![x] = @ - 1]
BagRemoveAll(B, x) == [y \in DOMAIN B \ {x} |-> B[y]]

LOCAL Some(S) == CHOOSE x \in S : TRUE

\* Of an op for which the order does not matter and a base that does not change
\* the result: the copies of each element are folded first, then the results.
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
  LET RECURSIVE copies(_, _)
      copies(x, n) == IF n = 0 THEN base ELSE op(copies(x, n - 1), f(x))
  IN  MapThenFoldSet(op, base, LAMBDA x : copies(x, B[x]), Some, DOMAIN B)

FoldBag(op(_, _), base, B) == MapThenFoldBag(op, base, LAMBDA x : x, Some, B)

SumBag(B) == FoldBag(LAMBDA x, y : x + y, 0, B)
ProductBag(B) == FoldBag(LAMBDA x, y : x * y, 1, B)
=============================================================================
