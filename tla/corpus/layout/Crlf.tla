---- MODULE Crlf ----
EXTENDS Naturals
VARIABLE x

(* a comment
   of two lines *)
Init == /\ x = 0
        /\ TRUE
Next == \/ /\ x < 3
           /\ x' = x + 1
        \/ x = 3 /\ x' = 0 \* back
Inv == x < 4
Broken == x < 3
====
