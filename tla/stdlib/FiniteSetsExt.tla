--------------------------- MODULE FiniteSetsExt ----------------------------
(* More operators on finite sets.                                            *)
LOCAL INSTANCE Folds
LOCAL INSTANCE Functions
LOCAL INSTANCE Integers
LOCAL INSTANCE FiniteSets

LOCAL Some(S) == CHOOSE x \in S : TRUE
LOCAL Same(x) == x

\* Of an op for which the order does not matter.
FoldSet(op(_, _), base, S) == MapThenFoldSet(op, base, Same, Some, S)

SumSet(S) == FoldSet(LAMBDA x, y : x + y, 0, S)
ProductSet(S) == FoldSet(LAMBDA x, y : x * y, 1, S)

\* Their names in earlier versions.
Sum(S) == SumSet(S)
Product(S) == ProductSet(S)

MapThenSumSet(op(_), S) == MapThenFoldSet(LAMBDA x, y : x + y, 0, op, Some, S)

\* The earlier name of FoldSet, with the last two arguments the other way round.
ReduceSet(op(_, _), S, base) == FoldSet(op, base, S)

FlattenSet(S) == UNION S

\* The elements of one of A and B, but not of both.
SymDiff(A, B) == (A \ B) \cup (B \ A)

\* How many elements of S satisfy P.
Quantify(S, P(_)) == Cardinality({x \in S : P(x)})

\* The subsets of S that have k elements.
kSubset(k, S) ==
  IF k \notin 0..Cardinality(S) THEN {}
  ELSE {T \in SUBSET S : Cardinality(T) = k}

\* The subsets of S that have at most k elements.
BoundedSubset(k, S) == UNION {kSubset(i, S) : i \in 0..k}

Max(S) == CHOOSE x \in S : \A y \in S : x >= y
Min(S) == CHOOSE x \in S : \A y \in S : x =< y

\* For a set of sets, all sets that come of picking an element from each of them.
Choices(Sets) ==
  {Range(f) : f \in {g \in [Sets -> UNION Sets] : \A S \in Sets : g[S] \in S}}

\* The only element of S that satisfies P.
ChooseUnique(S, P(_)) ==
  CHOOSE x \in S : P(x) /\ \A y \in S : P(y) => y = x
=============================================================================
