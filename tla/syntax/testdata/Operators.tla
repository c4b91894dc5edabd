---- MODULE Operators ----
EXTENDS Integers, Sequences
CONSTANTS a, b, c, S, T, _ \prec _, _ ^#, Op(_, _), F(_)
VARIABLES x, y

\* Every user-definable infix operator that the modules above leave free.
p ++ q == <<p, q>>
p -- q == <<p, q>>
p ** q == <<p, q>>
p // q == <<p, q>>
p ^^ q == <<p, q>>
p %% q == <<p, q>>
p && q == <<p, q>>
p || q == <<p, q>>
p & q == <<p, q>>
p | q == <<p, q>>
p $ q == <<p, q>>
p $$ q == <<p, q>>
p ?? q == <<p, q>>
p !! q == <<p, q>>
p ## q == <<p, q>>
p @@ q == <<p, q>>
p :> q == <<p, q>>
p <: q == <<p, q>>
p := q == <<p, q>>
p ::= q == <<p, q>>
p (+) q == <<p, q>>
p (-) q == <<p, q>>
p (.) q == <<p, q>>
p (/) q == <<p, q>>
p (\X) q == <<p, q>>
p |- q == <<p, q>>
p -| q == <<p, q>>
p |= q == <<p, q>>
p =| q == <<p, q>>
p / q == <<p, q>>
p \preceq q == <<p, q>>
p \succ q == <<p, q>>
p \succeq q == <<p, q>>
p \ll q == <<p, q>>
p \gg q == <<p, q>>
p \sqsubset q == <<p, q>>
p \sqsubseteq q == <<p, q>>
p \sqsupset q == <<p, q>>
p \sqsupseteq q == <<p, q>>
p \subset q == <<p, q>>
p \supset q == <<p, q>>
p \supseteq q == <<p, q>>
p \sqcap q == <<p, q>>
p \sqcup q == <<p, q>>
p \uplus q == <<p, q>>
p \star q == <<p, q>>
p \bullet q == <<p, q>>
p \bigcirc q == <<p, q>>
p \sim q == <<p, q>>
p \simeq q == <<p, q>>
p \asymp q == <<p, q>>
p \approx q == <<p, q>>
p \cong q == <<p, q>>
p \doteq q == <<p, q>>
p \propto q == <<p, q>>
p \wr q == <<p, q>>
p ^+ == <<p>>
p ^* == <<p>>

Spellings == <<a <= b, a =< b, a \leq b, a >= b, a \geq b, a # b, a /= b>>
Logic == <<a /\ b, a \land b, a \/ b, a \lor b, ~a, \lnot a, \neg a, a <=> b, a \equiv b>>
Sets == <<S \cup T, S \union T, S \cap T, S \intersect T, S \ T, S \X T, S \times T>>
Seqs == <<a \o b, a \circ b>>
Rings == <<a \oplus b, a \ominus b, a \odot b, a \oslash b, a \otimes b>>

Precedence == <<
  a + b * c ^ 2, a - b - c, a - b + c, (a - b) + c, -a + b, -a * b, a - -b, a % -b,
  -a ^ 2, a .. b + 1, 1..2 \cup 3..4, S \cup T \cup S, a \in S \X T, a = b /\ b = c,
  ~a = b, ~ ~a, a => b /\ c, a /\ b => c \/ a, a <=> (b => c), DOMAIN a \cup S,
  SUBSET S \cup T, UNION SUBSET S, SUBSET UNION S, DOMAIN DOMAIN a, -DOMAIN a,
  a * ~b, a + ENABLED b, a ++ b ++ c, a \prec b + c, a ^# ^#, a ^+ + 1,
  a \o b \o c, S \X T \X S, (S \X T) \X S, S \X (T \X S), a @@ b :> c, a :> b @@ b :> c,
  x' + y', (x + y)', a[1]', x'[1], a.f', x'.f.g[1, 2].h, "s"[1], <<a>>[1], {a}[1],
  [i \in S |-> i][1], [f |-> 1].f, 1.f, F(a)[1].f, (IF a THEN b ELSE c)[1] >>

Unary == <<-a, - a, -(a), -1, 1 - 1, 1-1, a -b>>
AsArguments == <<Op(a, b), a \prec b, \cup(S, T), +(a, b), \o(a, b), =(a, b)>>
Apply(G(_, _), H(_), _ ...  _) == G(1, H(2)) ... 3
Passing == <<Apply(+, -., *), Apply(\cup, SUBSET, \o), Apply( + , ~, - ),
             Apply(LAMBDA u, v : u + v, LAMBDA u : -u, LAMBDA u, v : u * v)>>
====
