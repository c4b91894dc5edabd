---- MODULE Lazy ----
EXTENDS Integers, FiniteSets, Sequences
CONSTANTS S
VARIABLES x
Init == x = 0
Next == x < 4 /\ x' = x + 1
Inv == /\ Cardinality(SUBSET (1..16)) = 65536
       /\ Cardinality([1..8 -> 1..4]) = 65536
       /\ Cardinality([a : 1..100, b : 1..100]) = 10000
       /\ Cardinality((1..30) \X (1..20) \X {x}) = 600
       /\ [S -> 0..x] \cap [S -> 1..x] = [S -> 1..x]
       /\ SUBSET {1, x} = {{}, {1}, {x}, {1, x}}
       /\ [1..2 -> {x}] = {<<x, x>>}
       /\ [a : {x}] = {[a |-> x]}
       /\ {1} \X {x} = {<<1, x>>}
       /\ UNION {1..x, {x}, 0..0} = 0..x
       /\ (1..x = {}) = (x = 0)
       /\ 5..x = {} /\ 1..0 = 3..2
       /\ IsFiniteSet(SUBSET (1..10))
       /\ {y \in 1..1000 : y * y = x * x} = {x} \ {0}
       /\ \A T \in SUBSET (0..x) : T # {} => \E m \in T : \A k \in T : k >= m
       /\ \E h \in [0..x -> 0..1] : \A i \in 0..x : h[i] = i % 2
Broken == \A h \in [1..3 -> 0..x] : h[1] + h[2] + h[3] # 8
====
