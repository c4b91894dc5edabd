---- MODULE HigherOrder ----
EXTENDS Naturals, Sequences
VARIABLES stack, acc
Do(Op(_, _), v) == acc' = Op(acc, v)
Twice(F(_), v) == F(F(v))
Inc(n) == n + 1
Plus(a, b) == a + b
Times(a, b) == a * b
Both(P(_), Q(_), v) == P(v) /\ Q(v)
Apply2(Act(_, _), a, b) == Act(a, b)
Push(v, n) == /\ Len(stack) < n
              /\ stack' = <<v>> \o stack
              /\ acc' = acc
Pop(Op(_, _)) == /\ stack # <<>>
                 /\ Do(Op, Head(stack))
                 /\ stack' = Tail(stack)
Init == stack = << >> /\ acc = 1
Next == \/ \E v \in {2, Twice(Inc, 1)} : Apply2(Push, v, 2)
        \/ Pop(Plus) \/ Pop(Times) \/ Pop( + )
        \/ Pop(LAMBDA a, b : IF a > b THEN a - b ELSE b - a)
        \/ \E OpName \in {"reset"} : acc > 20 /\ acc' = 0 /\ stack' = stack
Small == acc <= 100
Inv == Both(LAMBDA n : n >= 0, LAMBDA n : n \in Nat, acc)
Broken == Both(LAMBDA n : n >= 0, LAMBDA n : n # 17, acc)
====
