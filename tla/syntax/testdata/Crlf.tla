---- MODULE Crlf ----
EXTENDS Integers
\* a comment
CONSTANT a
(* two
   lines *)
A == /\ a
     /\ \/ a
        \/ ~a
B == "a string"
====
