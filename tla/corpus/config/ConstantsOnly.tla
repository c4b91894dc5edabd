---- MODULE ConstantsOnly ----
EXTENDS Naturals, TLC, FiniteSets
CONSTANT N
ASSUME NIsSmall == N \in 1..5 /\ Print("checked", TRUE)
ASSUME LET S == 1..N IN PrintT(<<"subsets", Cardinality(SUBSET S), [i \in S |-> i * i]>>)
Fact[n \in Nat] == IF n = 0 THEN 1 ELSE n * Fact[n - 1]
ASSUME PrintT(Fact[N]) /\ Fact[N] > N
ASSUME \A a, b \in BOOLEAN : (a => b) <=> (~a \/ b)
====
