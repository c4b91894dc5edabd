---- MODULE Philosophers ----
EXTENDS Integers, TLC
CONSTANTS N
(* --algorithm dining {
variable fork = [i \in 0..N-1 |-> N], meals = 0;
macro get(i) { when fork[i] = N; fork[i] := self; }
macro put(i) { assert fork[i] = self; fork[i] := N }
fair process (phil \in 0..N-1)
variable left = self, right = (self + 1) % N, fed = FALSE;
{
  think: while (TRUE) {
    either { await ~fed; goto first } or { fed := FALSE };
    again: skip; goto think;
    first: if (self = 0) get(right) else get(left);
    second: if (self = 0) get(left) else get(right);
    eat: fed := TRUE; 
         meals := (meals + 1) % 2;
    drop: put(left); 
    drop2: put(right);
  }
}
} *)
\* BEGIN TRANSLATION
VARIABLES fork, meals, pc, left, right, fed

vars == << fork, meals, pc, left, right, fed >>

ProcSet == (0..N-1)

Init == (* Global variables *)
        /\ fork = [i \in 0..N-1 |-> N]
        /\ meals = 0
        (* Process phil *)
        /\ left = [self \in 0..N-1 |-> self]
        /\ right = [self \in 0..N-1 |-> (self + 1) % N]
        /\ fed = [self \in 0..N-1 |-> FALSE]
        /\ pc = [self \in ProcSet |-> "think"]

think(self) == /\ pc[self] = "think"
               /\ \/ /\ ~fed[self]
                     /\ pc' = [pc EXCEPT ![self] = "first"]
                     /\ fed' = fed
                  \/ /\ fed' = [fed EXCEPT ![self] = FALSE]
                     /\ pc' = [pc EXCEPT ![self] = "again"]
               /\ UNCHANGED << fork, meals, left, right >>

again(self) == /\ pc[self] = "again"
               /\ TRUE
               /\ pc' = [pc EXCEPT ![self] = "think"]
               /\ UNCHANGED << fork, meals, left, right, fed >>

first(self) == /\ pc[self] = "first"
               /\ IF self = 0
                     THEN /\ fork[right[self]] = N
                          /\ fork' = [fork EXCEPT ![right[self]] = self]
                     ELSE /\ fork[left[self]] = N
                          /\ fork' = [fork EXCEPT ![left[self]] = self]
               /\ pc' = [pc EXCEPT ![self] = "second"]
               /\ UNCHANGED << meals, left, right, fed >>

second(self) == /\ pc[self] = "second"
                /\ IF self = 0
                      THEN /\ fork[left[self]] = N
                           /\ fork' = [fork EXCEPT ![left[self]] = self]
                      ELSE /\ fork[right[self]] = N
                           /\ fork' = [fork EXCEPT ![right[self]] = self]
                /\ pc' = [pc EXCEPT ![self] = "eat"]
                /\ UNCHANGED << meals, left, right, fed >>

eat(self) == /\ pc[self] = "eat"
             /\ fed' = [fed EXCEPT ![self] = TRUE]
             /\ meals' = (meals + 1) % 2
             /\ pc' = [pc EXCEPT ![self] = "drop"]
             /\ UNCHANGED << fork, left, right >>

drop(self) == /\ pc[self] = "drop"
              /\ Assert(fork[left[self]] = self, 
                        "Failure of assertion at line 7, column 16 of macro called at line 18, column 11.")
              /\ fork' = [fork EXCEPT ![left[self]] = N]
              /\ pc' = [pc EXCEPT ![self] = "drop2"]
              /\ UNCHANGED << meals, left, right, fed >>

drop2(self) == /\ pc[self] = "drop2"
               /\ Assert(fork[right[self]] = self, 
                         "Failure of assertion at line 7, column 16 of macro called at line 19, column 12.")
               /\ fork' = [fork EXCEPT ![right[self]] = N]
               /\ pc' = [pc EXCEPT ![self] = "think"]
               /\ UNCHANGED << meals, left, right, fed >>

phil(self) == think(self) \/ again(self) \/ first(self) \/ second(self)
                 \/ eat(self) \/ drop(self) \/ drop2(self)

Next == (\E self \in 0..N-1: phil(self))

Spec == /\ Init /\ [][Next]_vars
        /\ \A self \in 0..N-1 : WF_vars(phil(self))

\* END TRANSLATION
Exclusive == \A i \in 0..N-1 : pc[i] = "eat" => fork[i] = i /\ fork[(i + 1) % N] = i
Broken == ~ \E i, j \in 0..N-1 : i # j /\ pc[i] = "second" /\ pc[j] = "eat" /\ fed[i]
Broken2 == \A i, j \in 0..N-1 : (i # j /\ pc[i] = "second") => pc[j] # "second"
====
