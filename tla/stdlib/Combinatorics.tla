--------------------------- MODULE Combinatorics ----------------------------
(* Counting.                                                                 *)
EXTENDS Naturals

\* 1 * 2 * ... * n.
factorial[n \in Nat] == IF n = 0 THEN 1 ELSE n * factorial[n - 1]

\* How many subsets of k elements a set of n has.
choose(n, k) ==
  LET RECURSIVE binomial(_, _)
      binomial(m, j) == IF j = 0 \/ j = m THEN 1
                        ELSE IF j > m THEN 0
                        ELSE binomial(m - 1, j - 1) + binomial(m - 1, j)
  IN  binomial(n, k)
=============================================================================
