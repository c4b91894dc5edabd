---- MODULE InfixParam ----
EXTENDS Naturals, Sequences
VARIABLES x, log
Less(a, b) == a < b
Merge(a, b) == (a + b) % 5
O == INSTANCE Ordered WITH \prec <- Less, ++ <- Merge, v <- x
P == INSTANCE Ordered WITH \prec <- LAMBDA a, b : a > b, ++ <- Merge, v <- log[1]
Init == x = 0 /\ log = <<4>>
Next == \/ O!Up(3) /\ UNCHANGED log
        \/ \E k \in 1..3 : O!Join(k) /\ log' = <<x>>
Inv == O!Max({1, 3, 2}) = 3 /\ P!Max({1, 3, 2}) = 1 /\ P!Sum3 < 5
Broken == P!Sum3 # 3
====
