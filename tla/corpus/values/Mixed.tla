---- MODULE Mixed ----
EXTENDS Naturals, Sequences, TLC, FiniteSets
CONSTANTS NULL, Ids
VARIABLES db, tx
Tx == [id : Ids, op : {"r", "w"}, val : {NULL} \cup 0..1]
Entry == [k : Ids, v : 0..1] \cup {NULL}
Init == db \in [Ids -> {NULL}] /\ tx = <<>>
Begin == Len(tx) < 2 /\ \E t \in Tx : (t.op = "r" <=> t.val = NULL) /\ tx' = Append(tx, t) /\ UNCHANGED db
Apply == /\ tx # <<>>
         /\ LET t == Head(tx) IN
              CASE t.op = "w" -> db' = [db EXCEPT ![t.id] = [k |-> t.id, v |-> t.val]]
                [] t.op = "r" /\ db[t.id] = NULL -> db' = db
                [] OTHER -> db' = [db EXCEPT ![t.id].v = 1 - @]
         /\ tx' = Tail(tx)
Wipe == /\ \E i \in Ids : db[i] # NULL /\ \A j \in Ids \ {i} : db[j] = NULL
        /\ db' = [i \in Ids |-> NULL] /\ UNCHANGED tx
Next == Begin \/ Apply \/ Wipe
TypeOK == db \in [Ids -> Entry] /\ tx \in Seq(Tx)
Broken == \A i, j \in Ids : i # j /\ db[i] # NULL /\ db[j] # NULL => db[i].v = db[j].v
====
