---- MODULE Termination ----
EXTENDS Integers, FiniteSets
CONSTANT N
ASSUME NAssumption == N \in Nat \ {0}
Nodes == 0 .. N-1
Color == {"white", "black"}
VARIABLES active, color, counter, pending, tok
vars == << active, color, counter, pending, tok >>
Sum(f, S) == LET sum[T \in SUBSET S] == IF T = {} THEN 0 ELSE LET x == CHOOSE x \in T : TRUE IN f[x] + sum[T \ {x}] IN sum[S]
Init ==
  /\ active \in [Nodes -> BOOLEAN]
  /\ color \in [Nodes -> Color]
  /\ counter = [i \in Nodes |-> 0]
  /\ pending = [i \in Nodes |-> 0]
  /\ tok \in [pos : {0}, q : {0}, color : {"black"}]
Initiate == /\ tok.pos = 0
            /\ tok.color = "black" \/ color[0] = "black" \/ counter[0] + tok.q > 0
            /\ tok' = [pos |-> N-1, q |-> 0, color |-> "white"]
            /\ color' = [color EXCEPT ![0] = "white"]
            /\ UNCHANGED <<active, counter, pending>>
Pass(i) == /\ ~ active[i] /\ tok.pos = i
           /\ tok' = [tok EXCEPT !.pos = @ - 1, !.q = @ + counter[i], !.color = IF color[i] = "black" THEN "black" ELSE @]
           /\ color' = [color EXCEPT ![i] = "white"]
           /\ UNCHANGED <<active, counter, pending>>
SendMsg(i) == /\ active[i]
              /\ counter' = [counter EXCEPT ![i] = @ + 1]
              /\ \E j \in Nodes \ {i} : pending' = [pending EXCEPT ![j] = @ + 1]
              /\ UNCHANGED <<active, color, tok>>
RecvMsg(i) == /\ pending[i] > 0
              /\ pending' = [pending EXCEPT ![i] = @ - 1]
              /\ counter' = [counter EXCEPT ![i] = @ - 1]
              /\ color' = [color EXCEPT ![i] = "black"]
              /\ active' = [active EXCEPT ![i] = TRUE]
              /\ UNCHANGED tok
Deactivate(i) == active[i] /\ active' = [active EXCEPT ![i] = FALSE] /\ UNCHANGED <<color, counter, pending, tok>>
Next == Initiate \/ (\E i \in Nodes \ {0} : Pass(i)) \/ \E i \in Nodes : SendMsg(i) \/ RecvMsg(i) \/ Deactivate(i)
Small == /\ \A i \in Nodes : counter[i] <= 1 /\ pending[i] <= 1
         /\ tok.q <= 1
Detected == tok.pos = 0 /\ tok.color = "white" /\ tok.q + counter[0] = 0 /\ color[0] = "white" /\ ~ active[0]
Quiet == \A i \in Nodes : ~ active[i] /\ pending[i] = 0
Safe == Detected => Quiet
Counted == Sum(counter, Nodes) = Sum(pending, Nodes)
Broken == Quiet => Detected
====
