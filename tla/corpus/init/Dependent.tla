---- MODULE Dependent ----
EXTENDS Integers, Sequences
VARIABLES n, seq, rec, set
Init == /\ n \in 1..3
        /\ LET S == 1..n IN seq \in [S -> {0, n}]
        /\ rec = [size |-> Len(seq), last |-> seq[Len(seq)]]
        /\ \E k \in 0..n : set = {i \in -k..k : i * i < n} /\ (k > 1 => rec.last = 0)
        /\ IF n = 2 THEN seq[1] # seq[2] ELSE TRUE
        /\ CASE n = 1 -> TRUE [] n = 2 -> set # {} [] OTHER -> seq[1] = 0
Next == /\ n' = n - 1
        /\ n > 1
        /\ seq' = Tail(seq)
        /\ rec' = [rec EXCEPT !.size = @ - 1]
        /\ set' \in SUBSET set
Inv == Len(seq) = rec.size /\ seq \in Seq(0..3)
Broken == set # {0} \/ n > 1
====
