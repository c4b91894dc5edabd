---- MODULE Proofs ----
EXTENDS Naturals
CONSTANT N
ASSUME NAssumption == N \in Nat /\ N > 0
VARIABLES x
Init == x = 0
Next == x' = (x + 1) % N
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Inv == x \in 0..(N - 1)
LEMMA Arith == \A a \in Nat : (a + 1) % N \in 0..(N - 1)
  PROOF OMITTED
THEOREM Safety == Spec => []Inv
<1>1. Init => Inv
  BY NAssumption DEF Init, Inv
<1>2. Inv /\ [Next]_x => Inv'
  <2> SUFFICES ASSUME Inv, [Next]_x PROVE Inv'
    OBVIOUS
  <2> USE DEF Inv
  <2>1. CASE Next
    <3>1. x' = (x + 1) % N BY <2>1 DEF Next
    <3>2. x' \in 0..(N - 1)
      BY <3>1, Arith
    <3> QED BY <3>2
  <2>2. CASE UNCHANGED x
    BY <2>2 DEF Inv
  <2>3. HAVE TRUE
  <2> DEFINE P(k) == k \in Nat
             Q == P(x)
  <2>4. TAKE a \in Nat
  <2>5. WITNESS 1 \in Nat
  <2>6. PICK k \in 0..N : k = x
    OBVIOUS
  <2>. QED
    BY <2>1, <2>2
<1> QED
  BY <1>1, <1>2 DEF Spec
Mid == x # N
THEOREM Spec => []Mid
PROOF
  <1>a. Inv => Mid BY DEF Inv, Mid
  <1>b. QED BY <1>a, Safety
COROLLARY Spec => [](Inv /\ Mid)
  OBVIOUS
AXIOM Ax == TRUE
USE DEF Mid
HIDE DEF Mid
THEOREM Named == ASSUME NEW a \in Nat, NEW b \in Nat, a < b PROVE a # b
OBVIOUS
Broken == x # N - 1
====
