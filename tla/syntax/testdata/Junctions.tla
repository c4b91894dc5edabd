This text comes before the module, with a stray "quote and (* an open comment.
---- MODULE Junctions ----
EXTENDS Integers
CONSTANTS a, b, c, d, S
VARIABLE x

OneItem == /\ a
Nested == \/ /\ a
             /\ \/ b
                \/ c
          \/ d
InfixInside == /\ a \/ b
               /\ c => d
Dedented ==    /\ a
               /\ b
            \/ c
AfterList == /\ a
             /\ b
          => c
SameColumn == /\ a
              = b
SameColumnOther == /\ a
                   \/ b
InParens == (/\ a
             /\ b
  ) => c
BulletOnBullet == /\ /\ a
                     /\ b
                  /\ \A y \in S : /\ y
                                  /\ \E z \in S : \/ z
                                                  \/ y = z
                  /\ c
InIf == IF /\ a
           /\ b THEN /\ c
                     /\ d
        ELSE \/ c
             \/ d
InCase == CASE /\ a
               /\ b -> c
            [] \/ c
               \/ d -> /\ a
                       /\ b
            [] OTHER -> /\ TRUE
InSet == {y \in S : /\ y > 1
                    /\ y < 5}
InFunction == [y \in S |-> /\ y > 1
                           /\ y < 5]
InLet == /\ LET p == /\ a
                     /\ b
                q == \/ c
            IN  /\ p
                /\ q
         /\ d
Record == [f |-> /\ a
                 /\ b,
           g |-> \/ c
                 \/ d]
Equal == x = /\ a
             /\ b
Prime == /\ x' = /\ a
                 /\ b
         /\ (/\ x
             /\ a)' = b
TwoOnALine == /\ a /\ b
              /\ c /\ d
Empty == <<>> = /\ <<>>
====
This comes after. ---- MODULE NotThis ----
