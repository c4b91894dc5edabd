------------------------------- MODULE Folds --------------------------------
(* One fold to define the others with.                                       *)

\* op(f(x1), op(f(x2), ... base)) for the elements x1, x2, ... of the finite
\* set S, in the order in which choose picks them.
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET RECURSIVE fold(_)
      fold(T) == IF T = {} THEN base
                 ELSE LET x == choose(T) IN op(f(x), fold(T \ {x}))
  IN  fold(S)
=============================================================================
