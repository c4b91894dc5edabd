---- MODULE Alternating ----
EXTENDS Naturals, Sequences
CONSTANTS Data, K
VARIABLES msgQ, ackQ, sBit, sAck, rBit, sent, rcvd
Init == /\ msgQ = <<>> /\ ackQ = <<>>
        /\ sBit \in {0, 1} /\ sAck = sBit /\ rBit = sBit
        /\ sent \in Data /\ rcvd \in Data
SndNew(d) == /\ sAck = sBit /\ sent' = d /\ sBit' = 1 - sBit
             /\ msgQ' = Append(msgQ, <<sBit', d>>) /\ UNCHANGED <<ackQ, sAck, rBit, rcvd>>
ReSnd == sAck # sBit /\ msgQ' = Append(msgQ, <<sBit, sent>>) /\ UNCHANGED <<ackQ, sBit, sAck, rBit, sent, rcvd>>
RcvMsg == /\ msgQ # <<>> /\ msgQ' = Tail(msgQ) /\ rBit' = Head(msgQ)[1] /\ rcvd' = Head(msgQ)[2]
          /\ UNCHANGED <<ackQ, sBit, sAck, sent>>
SndAck == ackQ' = Append(ackQ, rBit) /\ UNCHANGED <<msgQ, sBit, sAck, rBit, sent, rcvd>>
RcvAck == /\ ackQ # << >> /\ ackQ' = Tail(ackQ) /\ sAck' = Head(ackQ) /\ UNCHANGED <<msgQ, sBit, rBit, sent, rcvd>>
Lose(q) == /\ q # << >>
           /\ \E i \in 1..Len(q) : q' = [j \in 1..(Len(q) - 1) |-> IF j < i THEN q[j] ELSE q[j + 1]]
           /\ UNCHANGED <<sBit, sAck, rBit, sent, rcvd>>
LoseMsg == Lose(msgQ) /\ UNCHANGED ackQ
LoseAck == Lose(ackQ) /\ UNCHANGED msgQ
Next == \/ \E d \in Data : SndNew(d)
        \/ ReSnd \/ RcvMsg \/ SndAck \/ RcvAck \/ LoseMsg \/ LoseAck
Short == Len(msgQ) <= K /\ Len(ackQ) <= K
Inv == (sBit = rBit) => (sent = rcvd)
InvR == sAck = sBit => rBit = sBit
Broken == Len(msgQ) = 2 => msgQ[1] = msgQ[2]
Broken2 == sAck = sBit => msgQ = <<>>
====
