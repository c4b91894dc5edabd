------------------------------ MODULE Relation ------------------------------
(* Relations on a set S, as functions R from S \X S to BOOLEAN or, where the *)
(* name ends in Under, as operators.                                         *)
EXTENDS Naturals, FiniteSets

IsReflexiveUnder(op(_, _), S) == \A x \in S : op(x, x)
IsReflexive(R, S) == IsReflexiveUnder(LAMBDA x, y : R[x, y], S)

IsIrreflexiveUnder(op(_, _), S) == \A x \in S : ~op(x, x)
IsIrreflexive(R, S) == IsIrreflexiveUnder(LAMBDA x, y : R[x, y], S)

IsSymmetricUnder(op(_, _), S) == \A x, y \in S : op(x, y) <=> op(y, x)
IsSymmetric(R, S) == IsSymmetricUnder(LAMBDA x, y : R[x, y], S)

IsAntiSymmetricUnder(op(_, _), S) == \A x, y \in S : op(x, y) /\ op(y, x) => x = y
IsAntiSymmetric(R, S) == IsAntiSymmetricUnder(LAMBDA x, y : R[x, y], S)

IsAsymmetricUnder(op(_, _), S) == \A x, y \in S : ~(op(x, y) /\ op(y, x))
IsAsymmetric(R, S) == IsAsymmetricUnder(LAMBDA x, y : R[x, y], S)

IsTransitiveUnder(op(_, _), S) == \A x, y, z \in S : op(x, y) /\ op(y, z) => op(x, z)
IsTransitive(R, S) == IsTransitiveUnder(LAMBDA x, y : R[x, y], S)

IsPartiallyOrderedUnder(op(_, _), S) ==
  IsReflexiveUnder(op, S) /\ IsAntiSymmetricUnder(op, S) /\ IsTransitiveUnder(op, S)
IsPartiallyOrdered(R, S) == IsPartiallyOrderedUnder(LAMBDA x, y : R[x, y], S)

IsStrictlyPartiallyOrderedUnder(op(_, _), S) ==
  IsIrreflexiveUnder(op, S) /\ IsAntiSymmetricUnder(op, S) /\ IsTransitiveUnder(op, S)
IsStrictlyPartiallyOrdered(R, S) == IsStrictlyPartiallyOrderedUnder(LAMBDA x, y : R[x, y], S)

IsTotallyOrderedUnder(op(_, _), S) ==
  IsPartiallyOrderedUnder(op, S) /\ \A x, y \in S : op(x, y) \/ op(y, x)
IsTotallyOrdered(R, S) == IsTotallyOrderedUnder(LAMBDA x, y : R[x, y], S)

IsStrictlyTotallyOrderedUnder(op(_, _), S) ==
  IsStrictlyPartiallyOrderedUnder(op, S) /\ \A x, y \in S : x # y => op(x, y) \/ op(y, x)
IsStrictlyTotallyOrdered(R, S) == IsStrictlyTotallyOrderedUnder(LAMBDA x, y : R[x, y], S)

\* x is related to y in one step or more.
TransitiveClosure(R, S) ==
  LET RECURSIVE closure(_, _)
      closure(T, Q) ==
        IF T = {} THEN Q
        ELSE LET z == CHOOSE z \in T : TRUE
             IN  closure(T \ {z}, [x, y \in S |-> Q[x, y] \/ (Q[x, z] /\ Q[z, y])])
  IN  closure(S, [x, y \in S |-> R[x, y]])

ReflexiveTransitiveClosure(R, S) ==
  LET Q == TransitiveClosure(R, S) IN [x, y \in S |-> x = y \/ Q[x, y]]

\* Every element is related to every other, by some number of steps.
IsConnected(R, S) ==
  LET Q == ReflexiveTransitiveClosure(R, S) IN \A x, y \in S : Q[x, y]
=============================================================================
