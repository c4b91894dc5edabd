----------------------------- MODULE Functions ------------------------------
(* More operators on functions.                                              *)
LOCAL INSTANCE Folds
LOCAL INSTANCE Integers

Range(f) == {f[x] : x \in DOMAIN f}

\* f on the elements of S only, which shall be in its domain.
Restrict(f, S) == [x \in S |-> f[x]]
RestrictDomain(f, P(_)) == Restrict(f, {x \in DOMAIN f : P(x)})
RestrictValues(f, P(_)) == Restrict(f, {x \in DOMAIN f : P(f[x])})

\* f is g on a smaller domain.
IsRestriction(f, g) ==
  DOMAIN f \subseteq DOMAIN g /\ \A x \in DOMAIN f : f[x] = g[x]

\* Maps the elements of T to elements of S that f maps to them.
Inverse(f, S, T) ==
  [y \in T |-> CHOOSE x \in S : y \in Range(Restrict(f, S)) => f[x] = y]

\* The inverse of an injective function.
AntiFunction(f) == Inverse(f, DOMAIN f, Range(f))

IsInjective(f) == \A x, y \in DOMAIN f : f[x] = f[y] => x = y

Injection(S, T) == {f \in [S -> T] : IsInjective(f)}
Surjection(S, T) == {f \in [S -> T] : \A y \in T : \E x \in S : f[x] = y}
Bijection(S, T) == Injection(S, T) \cap Surjection(S, T)

ExistsInjection(S, T) == Injection(S, T) # {}
ExistsSurjection(S, T) == Surjection(S, T) # {}
ExistsBijection(S, T) == Bijection(S, T) # {}

LOCAL Some(S) == CHOOSE x \in S : TRUE

\* Of an op for which the order does not matter.
FoldFunctionOnSet(op(_, _), base, f, S) ==
  MapThenFoldSet(op, base, LAMBDA x : f[x], Some, S)
FoldFunction(op(_, _), base, f) == FoldFunctionOnSet(op, base, f, DOMAIN f)

SumFunctionOnSet(f, S) == FoldFunctionOnSet(LAMBDA x, y : x + y, 0, f, S)
SumFunction(f) == SumFunctionOnSet(f, DOMAIN f)
=============================================================================
