---- MODULE MoreProofs ----
EXTENDS Integers, Sequences
CONSTANTS S, P(_), Q(_, _)
VARIABLES x, y
TypeOK == x \in Int
Next == x' = x + 1 /\ y' = y

THEOREM T1 == TRUE
  BY LET a == 1 b == 2 IN a < b, x = 1 DEF TypeOK
After1 == 1

THEOREM T2 == TRUE
<1>1. LET a == 1
          b == 2
      IN  a < b
  <2>1. TRUE BY LET c == 1
                    d == 2 IN c < d,
                1 = 1
  <2>2. QED BY <2>1, LET e == 1 f == 2 IN e < f
<1>2. QED
  BY <1>1,
     TypeOK
  DEF TypeOK,
      Next
After2(a, b(_)) == a

LEMMA T3 == \A i \in Nat : P(i) => P(i + 1)
PROOF
  <1>1. TAKE i \in Nat
  <1>2. HAVE P(i)
  <1>3. SUFFICES ASSUME NEW k \in Nat, P(k), P(i)
                 PROVE  P(k + 1)
    OBVIOUS
  <1>4. PICK m \in Nat : P(m) BY <1>2
  <1>5. CASE i = 0
    PROOF
      <2>1. P(1)
        <3> DEFINE f[j \in Nat] == j
                   A == f[1]
                   B(j) == A + j
        <3> USE DEF TypeOK
        <3>1. B(1) = 2
          BY DEF TypeOK
        <3> HIDE DEF B
        <3> QED BY <3>1
      <2>2. INSTANCE Naturals
      <2> WITNESS 1 \in Nat
      <2>3. QED OBVIOUS
  <1>6. CASE i > 0 OMITTED
  <1> QED BY <1>5, <1>6
i \oplus j == i + j

COROLLARY TRUE OMITTED
f[i \in Nat] == i

PROPOSITION Named == ASSUME NEW VARIABLE v, NEW STATE s, NEW ACTION A, NEW TEMPORAL F, CONSTANT c \in S,
                            ASSUME P(c) PROVE Q(c, c)
                     PROVE TRUE
  OBVIOUS
LOCAL Hidden == 1

THEOREM Levels == TRUE
<10>a TRUE
  <20>b TRUE
    <30>c QED OBVIOUS
  <20> QED BY <20>b
<10>z QED BY <10>a
RECURSIVE R(_)
R(i) == IF i = 0 THEN 0 ELSE R(i - 1)

THEOREM Mixed == [](x = 1) => <>(x = 1)
<1>1. x = 1 /\ [Next]_<<x, y>> => x' = 1
  <2>1. CASE Next BY <2>1 DEF Next
  <2>2. CASE UNCHANGED <<x, y>>
        BY <2>2
  <2>3. QED BY <2>1, <2>2 DEF Next
<1>2. QED BY <1>1 DEF Next, TypeOK
----------------------------------------------------------------
THEOREM TRUE BY S = S ASSUME S = S
THEOREM TRUE BY S = S
CONSTANT C
VARIABLE z
THEOREM TRUE
PROOF BY TRUE
---- MODULE Nested ----
THEOREM TRUE
<1> QED
 OBVIOUS
A == 1
=====
Last == <<After1, After2(1, P), Hidden, R(1), 1 \oplus 2>>
====
