-------------------------- MODULE DyadicRationals ---------------------------
(* Fractions whose denominator is a power of two, as records in lowest terms.*)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

LOCAL Reduce(n, d) ==
  LET RECURSIVE reduce(_, _)
      reduce(a, b) == IF b > 1 /\ a % 2 = 0 THEN reduce(a \div 2, b \div 2)
                      ELSE [num |-> a, den |-> b]
  IN  reduce(n, d)

Zero == [num |-> 0, den |-> 1]
One == [num |-> 1, den |-> 1]

LOCAL IsPowerOfTwo(n) ==
  LET RECURSIVE power(_)
      power(m) == m = 1 \/ (m > 1 /\ m % 2 = 0 /\ power(m \div 2))
  IN  power(n)

IsDyadicRational(r) == r = [num |-> r.num, den |-> r.den] /\ IsPowerOfTwo(r.den)

Add(p, q) == Reduce(p.num * q.den + q.num * p.den, p.den * q.den)
Half(p) == Reduce(p.num, p.den * 2)

LOCAL Concat(s, t) == s \o t

PrettyPrint(p) ==
  IF p = Zero THEN "0" ELSE IF p = One THEN "1"
  ELSE Concat(Concat(ToString(p.num), "/"), ToString(p.den))
=============================================================================
