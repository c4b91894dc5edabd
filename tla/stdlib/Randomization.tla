--------------------------- MODULE Randomization ----------------------------
(* Random subsets, for checking inductive invariants on samples.             *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE FiniteSets

LOCAL Native(args) == CHOOSE v : v = args

RandomSubset(k, S) == Native(<<k, S>>)              \* one subset of S, with k elements
RandomSetOfSubsets(k, n, S) == Native(<<k, n, S>>)  \* at most k subsets of S, of n elements on average
RandomSubsetSet(k, p, S) == Native(<<k, p, S>>)     \* k subsets of S, each element in one with probability p, a string

\* How many elements five draws of RandomSetOfSubsets have.
TestRandomSetOfSubsets(k, n, S) ==
  [i \in 1..5 |-> Cardinality(RandomSetOfSubsets(k, n, S))]
=============================================================================
