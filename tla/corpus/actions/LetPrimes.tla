---- MODULE LetPrimes ----
EXTENDS Integers, Sequences
VARIABLES x, log
vars == <<x, log>>
Init == x = 0 /\ log = <<>>
Move(d) ==
  LET new == x + d
      ok == new \in 0..3
      note(t) == log' = Append(log, <<t, x'>>)
  IN  /\ ok
      /\ Len(log) < 3
      /\ x' = new
      /\ LET same == x' = x
             msg == IF same THEN "same" ELSE IF x' > x THEN "up" ELSE "down"
         IN  note(msg)
Next == \E d \in -1..2 : LET m == Move(d) IN m
Inv == \A i \in 1..Len(log) : LET e == log[i] IN e[1] = "down" => e[2] < 3
Broken == \A i \in DOMAIN log : log[i] # <<"down", 2>>
====
