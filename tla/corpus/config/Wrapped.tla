---- MODULE Wrapped ----
EXTENDS Naturals, Sequences
CONSTANTS Client, Limit(_)
VARIABLES owner, hist
vars == <<owner, hist>>
Free == "free"
Init == owner = Free /\ hist = <<>> /\ hist \in Seq(Client)
Take(c) == owner = Free /\ owner' = c /\ hist' = Append(hist, c) /\ Limit(hist)
Drop(c) == owner = c /\ owner' = Free /\ UNCHANGED hist
Jump == \E n \in Nat : Len(hist) > n /\ hist' = SubSeq(hist, 1, n) /\ UNCHANGED owner
Next == (\E c \in Client : Take(c) \/ Drop(c)) \/ Jump
TypeOK == owner \in Client \cup {Free}
Broken == Len(hist) < 3
====
