---- MODULE Lambdas ----
EXTENDS Naturals, Sequences, FiniteSets
VARIABLES db, n
Map(F(_), q) == [i \in DOMAIN q |-> F(q[i])]
Filter(q, P(_)) == SelectSeq(q, P)
Compose(F(_), G(_), x) == F(G(x))
Exists(S, P(_)) == \E s \in S : P(s)
Update(key, F(_)) == db' = [db EXCEPT ![key] = F(@)]
Pick(S, Better(_, _)) == CHOOSE s \in S : \A t \in S : s = t \/ Better(s, t)
Infix(a, _##_, b) == a ## b
Init == db = [k \in {"a", "b"} |-> <<>>] /\ n = 0
Add(k) == Update(k, LAMBDA q : Append(q, n)) /\ Len(db[k]) < 2 /\ n' = (n + 1) % 3
Inc == /\ Exists({"a", "b"}, LAMBDA k : db[k] # <<>>)
       /\ \E k \in {"a", "b"} : Update(k, LAMBDA q : Map(LAMBDA e : (e + n) % 3, q))
       /\ UNCHANGED n
Drop == \E k \in {"a", "b"} : LET IsN(e) == e # n IN Update(k, LAMBDA q : Filter(q, IsN)) /\ n' = Infix(n, LAMBDA a, b : (a + b) % 3, 1)
Top == LET S == {db["a"][i] : i \in DOMAIN db["a"]} IN S # {} /\ n' = Pick(S, >) /\ UNCHANGED db
Next == (\E k \in {"a", "b"} : Add(k)) \/ Inc \/ Drop \/ Top
Inv == Compose(LAMBDA x : x <= 2, LAMBDA x : x, Cardinality({k \in {"a", "b"} : Len(db[k]) > 1}))
Broken == db["a"] # <<2, 2>> \/ db["b"] # <<1>>
====
