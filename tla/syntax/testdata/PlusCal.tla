---- MODULE PlusCal ----
EXTENDS Integers, TLC
(* --algorithm Count {
  variables n = 0;
  process (p \in 1..2) { a: n := n + 1; b: assert n > 0; }
} *)
\* BEGIN TRANSLATION (chksum(pcal) = "deadbeef" /\ chksum(tla) = "c0ffee")
VARIABLES n, pc

vars == << n, pc >>

ProcSet == (1..2)

Init == (* Global variables *)
        /\ n = 0
        /\ pc = [self \in ProcSet |-> "a"]

a(self) == /\ pc[self] = "a"
           /\ n' = n + 1
           /\ pc' = [pc EXCEPT ![self] = "b"]

b(self) == /\ pc[self] = "b"
           /\ Assert(n > 0, 
                     "Failure of assertion at line 5, column 49.")
           /\ pc' = [pc EXCEPT ![self] = "Done"]
           /\ n' = n

p(self) == a(self) \/ b(self)

(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == /\ \A self \in ProcSet: pc[self] = "Done"
               /\ UNCHANGED vars

Next == (\E self \in 1..2: p(self))
           \/ Terminating

Spec == Init /\ [][Next]_vars

Termination == <>(\A self \in ProcSet: pc[self] = "Done")

\* END TRANSLATION 
====
