---- MODULE SmallNat ----
EXTENDS Naturals, Sequences
CONSTANTS Client, MaxTicket
VARIABLES ticket, calls
Small == 0..MaxTicket
SmallSeq(S) == UNION {[1..n -> S] : n \in 0..2}
TypeOK == ticket \in [Client -> Nat] /\ calls \in Seq(Client)
Init == ticket \in [Client -> {n \in Nat : n < 2}] /\ calls \in Seq(Client)
Next == \E c \in Client : \/ \E n \in Nat : n > ticket[c] /\ ticket' = [ticket EXCEPT ![c] = n] /\ calls' = <<>>
                          \/ calls' = Append(calls, c) /\ Len(calls) < 2 /\ UNCHANGED ticket
Broken == \A c \in Client : ticket[c] < MaxTicket
====
