---- MODULE Queue ----
EXTENDS Naturals, Sequences, TLC
CONSTANTS Producers, Consumers, Cap
ASSUME Cap \in Nat \ {0}
(* --algorithm Queue
variables buffer = <<>>, waiting = {}, total = 0;
define
  Running == (Producers \cup Consumers) \ waiting
  NoStarve == Running # {}
end define
macro notify() begin
  if waiting # {} then
    with p \in waiting do waiting := waiting \ {p} end with;
  end if;
end macro
process producer \in Producers
begin
  put: while TRUE do
    if Len(buffer) < Cap then
      buffer := Append(buffer, total);
      total := (total + 1) % 2;
      notify();
    else
      waiting := waiting \cup {self};
      sleep: await self \notin waiting;
    end if;
  end while;
end process
process consumer \in Consumers
variable item = 0;
begin
  get: while TRUE do
    if buffer = <<>> then
      waiting := waiting \cup {self};
      nap: await self \notin waiting;
    else
      item := Head(buffer);
      buffer := Tail(buffer);
      notify();
    end if;
  end while;
end process
end algorithm *)
\* BEGIN TRANSLATION (chksum(pcal) = "a038fb7b" /\ chksum(tla) = "7b1f5744")
VARIABLES buffer, waiting, total, pc

(* define statement *)
Running == (Producers \cup Consumers) \ waiting
NoStarve == Running # {}

VARIABLE item

vars == << buffer, waiting, total, pc, item >>

ProcSet == (Producers) \cup (Consumers)

Init == (* Global variables *)
        /\ buffer = <<>>
        /\ waiting = {}
        /\ total = 0
        (* Process consumer *)
        /\ item = [self \in Consumers |-> 0]
        /\ pc = [self \in ProcSet |-> CASE self \in Producers -> "put"
                                        [] self \in Consumers -> "get"]

put(self) == /\ pc[self] = "put"
             /\ IF Len(buffer) < Cap
                   THEN /\ buffer' = Append(buffer, total)
                        /\ total' = (total + 1) % 2
                        /\ IF waiting # {}
                              THEN /\ \E p \in waiting:
                                        waiting' = waiting \ {p}
                              ELSE /\ TRUE
                                   /\ UNCHANGED waiting
                        /\ pc' = [pc EXCEPT ![self] = "put"]
                   ELSE /\ waiting' = (waiting \cup {self})
                        /\ pc' = [pc EXCEPT ![self] = "sleep"]
                        /\ UNCHANGED << buffer, total >>
             /\ item' = item

sleep(self) == /\ pc[self] = "sleep"
               /\ self \notin waiting
               /\ pc' = [pc EXCEPT ![self] = "put"]
               /\ UNCHANGED << buffer, waiting, total, item >>

producer(self) == put(self) \/ sleep(self)

get(self) == /\ pc[self] = "get"
             /\ IF buffer = <<>>
                   THEN /\ waiting' = (waiting \cup {self})
                        /\ pc' = [pc EXCEPT ![self] = "nap"]
                        /\ UNCHANGED << buffer, item >>
                   ELSE /\ item' = [item EXCEPT ![self] = Head(buffer)]
                        /\ buffer' = Tail(buffer)
                        /\ IF waiting # {}
                              THEN /\ \E p \in waiting:
                                        waiting' = waiting \ {p}
                              ELSE /\ TRUE
                                   /\ UNCHANGED waiting
                        /\ pc' = [pc EXCEPT ![self] = "get"]
             /\ total' = total

nap(self) == /\ pc[self] = "nap"
             /\ self \notin waiting
             /\ pc' = [pc EXCEPT ![self] = "get"]
             /\ UNCHANGED << buffer, waiting, total, item >>

consumer(self) == get(self) \/ nap(self)

Next == (\E self \in Producers: producer(self))
           \/ (\E self \in Consumers: consumer(self))

Spec == Init /\ [][Next]_vars

\* END TRANSLATION 
Sane == Len(buffer) <= Cap /\ total \in 0..1
====
