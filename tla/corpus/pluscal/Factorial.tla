---- MODULE Factorial ----
EXTENDS Naturals, Sequences, TLC
(* A recursive procedure with its stack, C syntax.
--algorithm Factorial {
  variables result = 1, n \in 1..4;
  procedure Fact(arg1)
    variable save = 0;
  {
    f0: if (arg1 > 1) {
          save := arg1;
    f1:   call Fact(arg1 - 1);
    f2:   result := result * save;
        };
    f3: return;
  }
  {
    a: call Fact(n);
    b: assert result \in {1, 2, 6, 24};
       print <<n, result>>;
  }
} *)
\* BEGIN TRANSLATION (chksum(pcal) = "68d97b12" /\ chksum(tla) = "acde33a9")
CONSTANT defaultInitValue
VARIABLES result, n, pc, stack, arg1, save

vars == << result, n, pc, stack, arg1, save >>

Init == (* Global variables *)
        /\ result = 1
        /\ n \in 1..4
        (* Procedure Fact *)
        /\ arg1 = defaultInitValue
        /\ save = 0
        /\ stack = << >>
        /\ pc = "a"

f0 == /\ pc = "f0"
      /\ IF arg1 > 1
            THEN /\ save' = arg1
                 /\ pc' = "f1"
            ELSE /\ pc' = "f3"
                 /\ save' = save
      /\ UNCHANGED << result, n, stack, arg1 >>

f1 == /\ pc = "f1"
      /\ /\ arg1' = arg1 - 1
         /\ stack' = << [ procedure |->  "Fact",
                          pc        |->  "f2",
                          save      |->  save,
                          arg1      |->  arg1 ] >>
                      \o stack
      /\ save' = 0
      /\ pc' = "f0"
      /\ UNCHANGED << result, n >>

f2 == /\ pc = "f2"
      /\ result' = result * save
      /\ pc' = "f3"
      /\ UNCHANGED << n, stack, arg1, save >>

f3 == /\ pc = "f3"
      /\ pc' = Head(stack).pc
      /\ save' = Head(stack).save
      /\ arg1' = Head(stack).arg1
      /\ stack' = Tail(stack)
      /\ UNCHANGED << result, n >>

Fact == f0 \/ f1 \/ f2 \/ f3

a == /\ pc = "a"
     /\ /\ arg1' = n
        /\ stack' = << [ procedure |->  "Fact",
                         pc        |->  "b",
                         save      |->  save,
                         arg1      |->  arg1 ] >>
                     \o stack
     /\ save' = 0
     /\ pc' = "f0"
     /\ UNCHANGED << result, n >>

b == /\ pc = "b"
     /\ Assert(result \in {1, 2, 6, 24}, 
               "Failure of assertion at line 18, column 8.")
     /\ PrintT(<<n, result>>)
     /\ pc' = "Done"
     /\ UNCHANGED << result, n, stack, arg1, save >>

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == pc = "Done" /\ UNCHANGED vars

Next == Fact \/ a \/ b
           \/ Terminating

Spec == Init /\ [][Next]_vars

Termination == <>(pc = "Done")

\* END TRANSLATION 
Broken == pc # "f2" \/ result < 6
====
