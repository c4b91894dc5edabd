---- MODULE PlusAndMod ----
EXTENDS Integers
VARIABLES n
Init == n \in {-7, -1, 0, 1, 7}
Next == \/ n' = n \div 2 \/ n' = n % 3 \/ n' = (-n) \div 3 \/ n' = -(n \div 3) \/ (n' = n - 5 /\ n > -4)
        \/ n' = - n \/ n' = 0 - -n \/ (n > 0 /\ n < 4 /\ n' = 2 ^ n)
        \/ n' = \b11 /\ n = 1
        \/ n' = \hF /\ n = \o7
Inv == /\ n \in -20..20 /\ (-1) * n = -n /\ n % 4 \in 0..3 /\ 3 * (n \div 3) + n % 3 = n
       /\ n <= 20 /\ n =< 20 /\ n \leq 20 /\ n >= -20 /\ n \geq -20 /\ -n < 21
Broken == n # -12 /\ n # 15
====
