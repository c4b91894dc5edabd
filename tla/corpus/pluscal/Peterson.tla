---- MODULE Peterson ----
EXTENDS Naturals, TLC
Not(i) == 1 - i
(*
--algorithm Peterson
variables flag = [i \in {0, 1} |-> FALSE], turn = 0;
define
  Mutex == ~ (pc[0] = "cs" /\ pc[1] = "cs")
  Broken == \A i \in {0, 1} : pc[i] = "cs" => flag[Not(i)] = FALSE
end define;
fair process proc \in {0, 1}
begin
  a0: while TRUE do
  ncs:  skip;
  a1:   flag[self] := TRUE;
  a2:   turn := Not(self);
  a3a:  if flag[Not(self)] then goto a3b else goto cs end if;
  a3b:  if turn = Not(self) then goto a3a else goto cs end if;
  cs:-  skip;
  a4:   flag[self] := FALSE;
      end while;
end process;
end algorithm
*)
\* BEGIN TRANSLATION (chksum(pcal) = "56a270f2" /\ chksum(tla) = "159ddd58")
VARIABLES flag, turn, pc

(* define statement *)
Mutex == ~ (pc[0] = "cs" /\ pc[1] = "cs")
Broken == \A i \in {0, 1} : pc[i] = "cs" => flag[Not(i)] = FALSE


vars == << flag, turn, pc >>

ProcSet == ({0, 1})

Init == (* Global variables *)
        /\ flag = [i \in {0, 1} |-> FALSE]
        /\ turn = 0
        /\ pc = [self \in ProcSet |-> "a0"]

a0(self) == /\ pc[self] = "a0"
            /\ pc' = [pc EXCEPT ![self] = "ncs"]
            /\ UNCHANGED << flag, turn >>

ncs(self) == /\ pc[self] = "ncs"
             /\ TRUE
             /\ pc' = [pc EXCEPT ![self] = "a1"]
             /\ UNCHANGED << flag, turn >>

a1(self) == /\ pc[self] = "a1"
            /\ flag' = [flag EXCEPT ![self] = TRUE]
            /\ pc' = [pc EXCEPT ![self] = "a2"]
            /\ turn' = turn

a2(self) == /\ pc[self] = "a2"
            /\ turn' = Not(self)
            /\ pc' = [pc EXCEPT ![self] = "a3a"]
            /\ flag' = flag

a3a(self) == /\ pc[self] = "a3a"
             /\ IF flag[Not(self)]
                   THEN /\ pc' = [pc EXCEPT ![self] = "a3b"]
                   ELSE /\ pc' = [pc EXCEPT ![self] = "cs"]
             /\ UNCHANGED << flag, turn >>

a3b(self) == /\ pc[self] = "a3b"
             /\ IF turn = Not(self)
                   THEN /\ pc' = [pc EXCEPT ![self] = "a3a"]
                   ELSE /\ pc' = [pc EXCEPT ![self] = "cs"]
             /\ UNCHANGED << flag, turn >>

cs(self) == /\ pc[self] = "cs"
            /\ TRUE
            /\ pc' = [pc EXCEPT ![self] = "a4"]
            /\ UNCHANGED << flag, turn >>

a4(self) == /\ pc[self] = "a4"
            /\ flag' = [flag EXCEPT ![self] = FALSE]
            /\ pc' = [pc EXCEPT ![self] = "a0"]
            /\ turn' = turn

proc(self) == a0(self) \/ ncs(self) \/ a1(self) \/ a2(self) \/ a3a(self)
                 \/ a3b(self) \/ cs(self) \/ a4(self)

Next == (\E self \in {0, 1}: proc(self))

Spec == /\ Init /\ [][Next]_vars
        /\ \A self \in {0, 1} : WF_vars((pc[self] # "cs") /\ proc(self))

\* END TRANSLATION 
====
