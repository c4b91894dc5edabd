---- MODULE NoSubstitute ----
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS A
VARIABLES x, seen
None == CHOOSE n : n \notin A
Null == CHOOSE n : n \notin Nat
Min(S) == CHOOSE m \in S : \A k \in S : m <= k
Sets == {{1, 2}, {3}, {}, {1}, {1, 3}, {2}}
Pool == <<{<<1, 2>>, <<2, 1>>, <<1>>, <<>>}, {[a |-> 2], [a |-> 1]}, Sets, {"b", "a", "c"}, A, {FALSE, TRUE}, {[i \in {2, 3} |-> i], [i \in {2, 3} |-> 2], [i \in {1, 4} |-> 0]}, 3..5, {[b |-> 1, a |-> 2], [a |-> 1, b |-> 3]}>>
Init == x = 0 /\ seen = {}
Next == \E i \in DOMAIN Pool : LET c == CHOOSE e \in Pool[i] : <<i, e>> \notin seen
        IN /\ \E e \in Pool[i] : <<i, e>> \notin seen
           /\ \A k \in DOMAIN Pool : k < i => \A e \in Pool[k] : <<k, e>> \in seen
           /\ seen' = seen \cup {<<i, c>>} /\ x' = <<i, c>>
Inv == /\ None \notin A /\ Null \notin Nat
       /\ seen # {} => Min({e[1] : e \in seen}) = 1
Show == PrintT(x)
Broken == Cardinality(seen) # 30
====
