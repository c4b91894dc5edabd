---- MODULE Composite ----
EXTENDS Naturals, Sequences, FiniteSets
(* Messages as records of different shapes in one set. *)
CONSTANTS Node, NoOne
VARIABLES msgs, st
Msg == [type : {"req", "ack"}, from : Node, to : Node] \cup [type : {"all"}, from : Node]
Send(m) == msgs' = msgs \cup {m}
Replace(old, new) == msgs' = (msgs \ {old}) \cup {new}
Init == msgs = {} /\ st = [n \in Node |-> [holder |-> NoOne, clock |-> 0, seen |-> {}]]
Request(n, m) ==
  /\ n # m
  /\ st[n].holder = NoOne
  /\ ~ \E r \in msgs : r.type = "req" /\ r.from = n
  /\ Send([type |-> "req", from |-> n, to |-> m])
  /\ st' = [st EXCEPT ![n].clock = IF @ < 1 THEN @ + 1 ELSE @]
Grant(n) ==
  \E m \in {r \in msgs : r.type = "req" /\ r.to = n} :
     /\ st[n].holder \in {NoOne, m.from}
     /\ Replace(m, [m EXCEPT !.type = "ack", !.from = m.to, !.to = m.from])
     /\ st' = [st EXCEPT ![n] = [@ EXCEPT !.holder = m.from, !.seen = @ \cup {m.from}],
                         ![m.from].seen = {}]
Tell(n) == /\ st[n].holder # NoOne
           /\ Send([type |-> "all", from |-> n])
           /\ st' = [st EXCEPT ![n].holder = NoOne]
Recv(n) == \E m \in msgs : /\ m.type = "ack" /\ m.to = n
                           /\ msgs' = msgs \ {m}
                           /\ UNCHANGED st
Next == \E n \in Node : Grant(n) \/ Tell(n) \/ Recv(n) \/ \E m \in Node : Request(n, m)
TypeOK == /\ msgs \subseteq Msg
          /\ st \in [Node -> [holder : Node \cup {NoOne}, clock : Nat, seen : SUBSET Node]]
Broken == Cardinality({m \in msgs : m.type = "all"}) < Cardinality(Node)
====
