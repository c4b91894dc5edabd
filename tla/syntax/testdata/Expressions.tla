---- MODULE Expressions ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS a, b, S, T, f, r
VARIABLES x, y
vars == <<x, y>>

Numbers == <<0, 007, 12345678901234567890, 3.14, \b101, \B0, \o17, \O7, \hFf, \H0>>
1stOperator == 1
_under_score_ == 2
2_x == 1stOperator + _under_score_
Strings == <<"", " ", "a\"b", "back\\slash", "tab\tnewline\n", "(* no comment *)", "\\* none">>

Bounds == <<
  \A i \in S : TRUE, \A i, j \in S : TRUE, \A i \in S, j \in T : TRUE,
  \A <<i, j>> \in S \X T : TRUE, \E <<i>> \in S, j, k \in T, <<l, m, n>> \in S : TRUE,
  \A i, j : i = j, \E i : i = i,
  CHOOSE i \in S : TRUE, CHOOSE i : i \notin S, CHOOSE <<i, j>> \in S : i = j, CHOOSE <<i, j>> : i = j >>

Sets == <<
  {}, {a}, {a, b}, {{}}, {i \in S : i > 1}, {<<i, j>> \in S \X T : i = j},
  {i + 1 : i \in S}, {i + j : i \in S, j \in T}, {<<i, j>> : i, j \in S},
  {i \in S : i \in T}, {(i \in S) : i \in T}, {a \in S, a}, {\A i \in S : i = 1},
  {i \in {j \in S : j > 1} : i < 5}, {{i : i \in j} : j \in S}, {[k \in S |-> k] : i \in S},
  {<<i, j, k>> : i \in S, <<j, k>> \in T} >>

Functions == <<
  [i \in S |-> i], [i, j \in S |-> i], [i \in S, j \in T |-> i + j], [<<i, j>> \in S |-> i],
  [S -> T], [S -> [T -> S]], [[S -> T] -> T], f[1], f[1, 2], f[1][2], f[<<1, 2>>],
  [i \in S |-> [j \in T |-> i]], [i \in S |-> i][1], [{i \in S : TRUE} -> {a}] >>

Records == <<
  [h |-> 1], [h |-> 1, g |-> [k |-> 2]], [h : S], [h : S, g : T], [h : [g : S]], r.h, r.h.g, r.h[1].g,
  [r EXCEPT !.h = 1], [r EXCEPT !.h.g = 1, !.k = @ + 1], [f EXCEPT ![1] = 2],
  [f EXCEPT ![1][2].h[<<3, 4>>] = @, ![5] = [@ EXCEPT ![6] = @ + 1]],
  [f EXCEPT ![<<1, 2>>] = 3], [[f EXCEPT ![1] = 2] EXCEPT ![2] = 3],
  [r EXCEPT !["h"] = 1] >>

If == IF a THEN IF b THEN 1 ELSE 2 ELSE IF b THEN 3 ELSE 4
Case == CASE a -> 1 [] b -> 2
Case2 == CASE a -> 1 [] b -> CASE a -> 2 [] OTHER -> 3 [] OTHER -> 4
CaseBox == CASE a -> [](x = 1) [] b -> []<>(x = 2)

Let == LET p == 1
           q(i) == i + p
           h[i \in Nat] == IF i = 0 THEN 0 ELSE h[i - 1]
           i \oplus j == i + j
           i ^+ == 0
           RECURSIVE t(_), u(_)
           t(i) == u(i)
           u(i) == t(i)
           I == INSTANCE Naturals
       IN  q(p) + (h[p] \oplus I!+(1, 2))
LetLet == LET p == LET q == 1 IN q IN LET s == p IN s

Higher(G(_), H(_, _), v) == G(H(v, v))
Applied == Higher(LAMBDA i : i + 1, LAMBDA i, j : LET k == i IN k + j, 3)

Actions == <<x' = x, UNCHANGED x, UNCHANGED vars, UNCHANGED <<x, <<y>>>>, ENABLED (x' = 1),
             [x' = 1]_x, <<x' = 1>>_vars, [x' = 1]_<<x, y>>, <<x' = 1>>_<<x>>, [x' = 1]_(x)>>
Temporal == /\ [][x' = x]_vars
            /\ []<>(x = 1)
            /\ <>[](x = 1)
            /\ x = 1 ~> x = 2
            /\ WF_x(x' = 1) /\ SF_vars(x' = 2) /\ WF_<<x, y>>(x' = 3)
            /\ \A i \in S : WF_vars(x' = i)
            /\ \EE z : [](z = x)
            /\ \AA z, w : <>(z = w)

Labels == /\ lab1 :: a = b
          /\ \A i \in S : lab2(i) :: /\ lab3 :: i = 1
                                     /\ i = 2

(* nested (* comments (* three deep *) \* *) with ) stray ( marks ** *)
A1(* between *) (* here *) == (* there *) 1 \* end
(***************************************************************************)
(* a box                                                                   *)
(***************************************************************************)
VARIABLE z \* two
         \* columns
NoSpaces==a=b/\b=a=>~a
====
