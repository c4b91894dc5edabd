This text stands before the module and is no part of it. It even has ==
and /\ in it, and (* an opening comment that is never closed.
-----------------------------  MODULE   TwoColumns  -----------------------------
EXTENDS Naturals,   (* naturals *)   (* in a column *)
        Sequences   \* and sequences
(***************************************************************************)
(* A box comment (* with a nested one *) and another (*(**)*).             *)
(***************************************************************************)
CONSTANT   N        (* how many *)
VARIABLES  x,       (* the one *)
           y        (* the other *)
--------------------------------------------------------------------------------
vars == <<          (* a tuple *)
  x,                (* of *)
  y                 (* two *)
 >>
Init == /\ x = 0          (* first column *)    (* second column *)
        /\ y = <<>>       \* a line comment with (* that is not an opening
A    == /\ x < N          (* spans
                             several lines *)
        /\ \/ x' = x + 1  (* one *)
           \/ x' = x + 2  (* two
   *)
        /\ y' = Append(   \* an argument list over lines
                  y,
                  x)
----
B    == /\ x >= N  (**) /\ x' = 0
        /\ y' = <<>>
Next == A
     \/ B
     (* a
     comment *) \/ UNCHANGED vars
Spec == Init /\ [][Next]_vars
--------------------------------------------------------------------------------
Inv == x <= N + 1
Broken == Len(y) < N
================================================================================
Text after the module: VARIABLE z, and ---- MODULE Ghost ---- is not read.
