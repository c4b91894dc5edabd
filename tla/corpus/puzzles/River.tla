---- MODULE River ----
EXTENDS FiniteSets, Naturals
CONSTANTS Missionaries, Cannibals
VARIABLES bank_of_boat, who_is_on_bank
Init == /\ bank_of_boat = "E"
        /\ who_is_on_bank = [i \in {"E", "W"} |-> IF i = "E" THEN Cannibals \cup Missionaries ELSE {}]
IsSafe(S) == \/ S \subseteq Cannibals
             \/ Cardinality(S \cap Cannibals) <= Cardinality(S \cap Missionaries)
OtherBank(b) == IF b = "E" THEN "W" ELSE "E"
Move(S, b) == /\ Cardinality(S) \in {1, 2}
              /\ LET newThis == who_is_on_bank[b] \ S
                     newOther == who_is_on_bank[OtherBank(b)] \cup S
                 IN /\ IsSafe(newThis) /\ IsSafe(newOther)
                    /\ bank_of_boat' = OtherBank(b)
                    /\ who_is_on_bank' = [i \in {"E", "W"} |-> IF i = b THEN newThis ELSE newOther]
Next == \E S \in SUBSET who_is_on_bank[bank_of_boat] : Move(S, bank_of_boat)
NotAcross == who_is_on_bank["E"] # {}
TypeOK == bank_of_boat \in {"E", "W"} /\ who_is_on_bank \in [{"E", "W"} -> SUBSET (Cannibals \cup Missionaries)]
====
