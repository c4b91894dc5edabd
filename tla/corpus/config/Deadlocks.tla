---- MODULE Deadlocks ----
EXTENDS Naturals
VARIABLES l, r
Init == l = "free" /\ r = "free"
P == \/ l = "free" /\ l' = "p" /\ UNCHANGED r
     \/ l = "p" /\ r = "free" /\ r' = "p" /\ UNCHANGED l
     \/ l = "p" /\ r = "p" /\ l' = "free" /\ r' = "free"
Q == \/ r = "free" /\ r' = "q" /\ UNCHANGED l
     \/ r = "q" /\ l = "free" /\ l' = "q" /\ UNCHANGED r
     \/ r = "q" /\ l = "q" /\ r' = "free" /\ l' = "free"
Next == P \/ Q
====
