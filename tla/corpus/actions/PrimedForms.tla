---- MODULE PrimedForms ----
EXTENDS Naturals, Sequences
VARIABLES x, y, r, f
vars == <<x, y, r, f>>
Set(v, e) == v' = e
Is(p, e) == p = e
In(p, S) == p \in S
Keep(v) == v' = v
Inv == x <= 3 /\ r.a <= 3
Init == x = 0 /\ y = 0 /\ r = [a |-> 0, b |-> <<>>] /\ f = [i \in 1..2 |-> 0]
A == Set(x, (x + 1) % 4) /\ Keep(y) /\ Keep(r) /\ Is(f', f)
B == /\ In(x', {y, x}) /\ Is(y', (y + 1) % 2)
     /\ r' = [r EXCEPT !.a = x'] /\ r'.a < 3
     /\ f' = [f EXCEPT ![1] = r'.a] /\ f'[1] # f[2]
C == /\ x' = x /\ y' = y
     /\ IF x' > 1 THEN r' = [r EXCEPT !.b = <<x'>>] ELSE r' = r
     /\ f' \in [1..2 -> {x', 0}]
     /\ (f[1] = f[2])'
     /\ Inv'
D == /\ UNCHANGED <<x, y>>
     /\ \A i \in {1, 2} : IF i = 1 THEN r' = [r EXCEPT !.a = 0] ELSE f' = [f EXCEPT ![2] = 0]
     /\ vars' # vars
E == /\ x = 3 => x' = 0
     /\ x # 3 => x' = 3
     /\ y' = 0 /\ UNCHANGED r /\ f' = f
G == LET x2 == x' IN x' = 2 /\ y' = x2 % 2 /\ UNCHANGED <<r, f>> /\ <<x, y>>' # <<0, 0>>
Next == A \/ B \/ C \/ D \/ [E]_vars \/ G
Broken == f # <<2, 2>>
====
