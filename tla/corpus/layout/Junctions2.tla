---- MODULE Junctions2 ----
EXTENDS Naturals
VARIABLES x, y
Init == /\ \/ x = 0
           \/ x = 1 /\ TRUE
        /\ y = IF x = 0
               THEN /\ TRUE
                    /\ 1 = 1
               ELSE \/ FALSE
                    \/ x = 2
P(a) == \/ /\ a > 1 /\ a < 5
           /\ a # 3
        \/ a = 3 =>
           /\ a < 0
           /\ a > 0
Q == LET s == {1,
               2} IN
     /\ \A k \in s :
        \/ k > x
        \/ k <= x
     /\ \E k \in s : /\ k # x
                     /\ LET m == k + x IN /\ m > 0
                                          /\ m < 9
Next ==
  \/ /\ x < 6
     /\ x' = (x
              + 1)
     /\ y' = (/\ P(x)
              /\ Q)
  \/ /\ x = 6 /\
        y' = FALSE
     /\ x' =
         0
Inv == x \in 0..6
Broken == ~y => x # 4
====
