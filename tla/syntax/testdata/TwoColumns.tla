------------------------------ MODULE TwoColumns ------------------------------
EXTENDS Naturals          (*************************************************)
                          (* Specifications in the style of the book: the  *)
CONSTANT N,               (* text on the left, a comment on the right.     *)
         M                (*************************************************)
VARIABLE x                \* the only variable

Init ==                   (*************************************************)
  /\ x = 0                (* A conjunct ends where the next bullet begins, *)
  /\ \/ N > 1             (* whatever is written at its right.             *)
     \/ (* in between *) M > 1
  /\ TRUE                 (*************************************************)

Next == x' = IF x = N     \* the last one
             THEN 0       \* starts again
             ELSE x + 1   \* the others go on
=============================================================================
