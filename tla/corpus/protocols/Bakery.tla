---- MODULE Bakery ----
\* In the style of a hand-written specification with program counters.
EXTENDS Naturals
CONSTANTS N, MaxNum
P == 1..N
VARIABLES pc, num, choosing, unread
vars == <<pc, num, choosing, unread>>
Max(S) == IF S = {} THEN 0 ELSE CHOOSE m \in S : \A k \in S : k <= m
LL(i, j) == \/ num[i] < num[j]
            \/ num[i] = num[j] /\ i <= j
Goto(p, from, to) == pc[p] = from /\ pc' = [pc EXCEPT ![p] = to]
Init == /\ pc = [p \in P |-> "idle"]
        /\ num = [p \in P |-> 0]
        /\ choosing = [p \in P |-> FALSE]
        /\ unread = [p \in P |-> {}]
Start(p) == Goto(p, "idle", "choose") /\ choosing' = [choosing EXCEPT ![p] = TRUE] /\ UNCHANGED <<num, unread>>
Choose(p) == /\ Goto(p, "choose", "wait")
             /\ num' = [num EXCEPT ![p] = 1 + Max({num[q] : q \in P})]
             /\ num'[p] <= MaxNum
             /\ choosing' = [choosing EXCEPT ![p] = FALSE]
             /\ unread' = [unread EXCEPT ![p] = P \ {p}]
Wait(p) == /\ pc[p] = "wait"
           /\ \E q \in unread[p] : /\ ~choosing[q]
                                   /\ num[q] = 0 \/ LL(p, q)
                                   /\ unread' = [unread EXCEPT ![p] = @ \ {q}]
           /\ UNCHANGED <<pc, num, choosing>>
Enter(p) == Goto(p, "wait", "cs") /\ unread[p] = {} /\ UNCHANGED <<num, choosing, unread>>
Exit(p) == Goto(p, "cs", "idle") /\ num' = [num EXCEPT ![p] = 0] /\ UNCHANGED <<choosing, unread>>
Next == \E p \in P : Start(p) \/ Choose(p) \/ Wait(p) \/ Enter(p) \/ Exit(p)
Fairness == \A p \in P : WF_vars(Choose(p) \/ Wait(p) \/ Enter(p) \/ Exit(p))
Spec == Init /\ [][Next]_vars /\ Fairness
TypeOK == /\ pc \in [P -> {"idle", "choose", "wait", "cs"}]
          /\ num \in [P -> Nat]
          /\ choosing \in [P -> BOOLEAN]
          /\ unread \in [P -> SUBSET P]
Mutex == \A p, q \in P : pc[p] = "cs" /\ pc[q] = "cs" => p = q
Broken == \A p \in P : pc[p] = "cs" => \A q \in P \ {p} : num[q] = 0
====
