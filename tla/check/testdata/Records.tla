---- MODULE Records ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANT Node
VARIABLES net, st
Msg == [kind : {"req"}, from : Node] \cup [kind : {"ack"}, to : Node, n : 0..1]
Nil == CHOOSE v : v \notin Node
Init == net = {} /\ st = [n \in Node |-> [phase |-> "idle", cnt |-> 0, seen |-> {}]]
Send(m) == net' = net \cup {m}
Ask(n) == /\ st[n].phase = "idle"
          /\ st' = [st EXCEPT ![n].phase = "wait", ![n].cnt = @ + 1]
          /\ Send([kind |-> "req", from |-> n])
Answer(n) == \E m \in {m \in net : m.kind = "req" /\ m.from # n} :
               /\ st[n].cnt <= 1
               /\ Send([kind |-> "ack", to |-> m.from, n |-> st[n].cnt])
               /\ st' = [st EXCEPT ![n] = [@ EXCEPT !.seen = @ \cup {m.from}]]
Done(n) == /\ st[n].phase = "wait"
           /\ \E m \in net : m.kind = "ack" /\ m.to = n /\ m.n = 0
           /\ st' = [st EXCEPT ![n].phase = "done"] /\ UNCHANGED net
Next == \E n \in Node : Ask(n) \/ Answer(n) \/ Done(n)
TypeOK == net \subseteq Msg /\ st \in [Node -> [phase : {"idle", "wait", "done"}, cnt : Nat, seen : SUBSET Node]]
Broken == \A n \in Node : st[n].phase # "done"
====
