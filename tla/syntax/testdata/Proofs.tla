---- MODULE Proofs ----
EXTENDS Integers
CONSTANTS a, b, P(_), S
VARIABLE x
Init == x = a
Next == x' = x + 1
Inv == x \in Int

THEOREM Simple == Init => Inv
OBVIOUS

THEOREM Init => Inv BY DEF Init, Inv
THEOREM ByFacts == TRUE
  BY Simple, 1 + 1 = 2, \A i \in S : P(i) => P(i) DEFS Inv

LEMMA ASSUME NEW i \in S, NEW CONSTANT j, NEW Q(_), VARIABLE w, NEW STATE s,
             P(i), ASSUME NEW k \in S, P(k) PROVE Q(k)
      PROVE Q(i)
PROOF OMITTED

THEOREM Steps == Init /\ [][Next]_x => []Inv
PROOF
  <1> USE a \in Int DEF Inv
  <1> DEFINE L(i) == i + 1
             M == L(1)
  <1>1. Init => Inv
    BY a \in Int DEF Init
  <1>2. Inv /\ [Next]_x => Inv'
    <2>. SUFFICES ASSUME Inv, [Next]_x
                  PROVE Inv'
      OBVIOUS
    <2>a CASE Next
      <3>1. x \in Int
        <4>1 QED BY DEF Inv
      <3>2. HAVE x' = x + 1
      <3>3. TAKE i \in S
      <3>4. WITNESS 1 \in Int
      <3>5. PICK k \in Int : k = x
        BY <3>1
      <3>6. QED
        BY <3>1, <3>2 DEF Next
    <2>b. CASE UNCHANGED x
      BY <2>b
    <2>c. QED
      BY <2>a, <2>b DEF Next
  <1>4. HIDE DEF Inv
  <1>5. x = 1
    PROOF
    <2>1. QED PROOF OBVIOUS
  <1>q. QED
    BY <1>1, <1>2

USE DEF Inv
AfterProof == 1
p ++ q == p

THEOREM Implicit == TRUE
<*> TRUE
  <+> TRUE OBVIOUS
  <*>. QED OBVIOUS
<*>. QED

HIDE DEF Inv, Next
f[i \in S] == i
THEOREM NoProof == TRUE
THEOREM QedOnly == TRUE
<1> QED
-------------------------
Last == AfterProof
====
