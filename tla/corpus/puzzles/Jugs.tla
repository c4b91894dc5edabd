---- MODULE Jugs ----
EXTENDS Naturals
CONSTANTS Jug, Capacity, Goal
VARIABLE contents
Min(a, b) == IF a < b THEN a ELSE b
Init == contents = [j \in Jug |-> 0]
Fill(j) == contents' = [contents EXCEPT ![j] = Capacity[j]]
Empty(j) == contents' = [contents EXCEPT ![j] = 0]
Pour(j, k) == LET amount == Min(contents[j], Capacity[k] - contents[k])
              IN contents' = [contents EXCEPT ![j] = @ - amount, ![k] = @ + amount]
Next == \E j \in Jug : \/ Fill(j) \/ Empty(j) \/ \E k \in Jug \ {j} : Pour(j, k)
NotSolved == \A j \in Jug : contents[j] # Goal
TypeOK == contents \in [Jug -> Nat]
CapacityOf == [j \in Jug |-> IF j = "small" THEN 3 ELSE 5]
====
