---- MODULE ModelValues ----
EXTENDS FiniteSets, Naturals
CONSTANTS Proc, Leader, Empty, Mixed, Sets, T
VARIABLES x, y
Init == x \in Proc \cup {Leader} /\ y = Empty
Next == \/ x' \in Mixed /\ y' = {x}
        \/ x' = Leader /\ y' \in Sets
        \/ \E z \in y : x' = z /\ y' = y \ {z}
        \/ x' \in T /\ y' = T
Inv == x \in Proc \cup Mixed \cup {Leader, "str"} \cup UNION Sets /\ Leader \notin Empty /\ Leader \in Mixed
       /\ (x # Leader \/ Leader # "Leader")
Broken == x # "str"
====
