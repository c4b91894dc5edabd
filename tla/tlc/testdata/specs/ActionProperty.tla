---- MODULE ActionProperty ----
EXTENDS Naturals
VARIABLE decided
Init == decided = "none"
Decide == decided = "none" /\ decided' \in {"commit", "abort"}
Forget == decided = "commit" /\ decided' = "none"
Stay == decided = "abort" /\ UNCHANGED decided
Next == Decide \/ Forget \/ Stay
Spec == Init /\ [][Next]_decided
Irrevocable == [][decided = "none"]_decided
====
