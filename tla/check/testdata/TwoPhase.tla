---- MODULE TwoPhase ----
EXTENDS Integers
CONSTANT RM
VARIABLES rmState, tmState, tmPrepared, msgs
vars == <<rmState, tmState, tmPrepared, msgs>>
Messages == [type : {"Prepared"}, rm : RM] \cup [type : {"Commit", "Abort"}]
TypeOK == /\ rmState \in [RM -> {"working", "prepared", "committed", "aborted"}]
          /\ tmState \in {"init", "committed", "aborted"}
          /\ tmPrepared \subseteq RM
          /\ msgs \subseteq Messages
Init == /\ rmState = [r \in RM |-> "working"]
        /\ tmState = "init"
        /\ tmPrepared = {}
        /\ msgs = {}
RcvPrepared(r) == /\ tmState = "init"
                  /\ [type |-> "Prepared", rm |-> r] \in msgs
                  /\ tmPrepared' = tmPrepared \cup {r}
                  /\ UNCHANGED <<rmState, tmState, msgs>>
TMCommit == /\ tmState = "init" /\ tmPrepared = RM
            /\ tmState' = "committed"
            /\ msgs' = msgs \cup {[type |-> "Commit"]}
            /\ UNCHANGED <<rmState, tmPrepared>>
TMAbort == /\ tmState = "init"
           /\ tmState' = "aborted"
           /\ msgs' = msgs \cup {[type |-> "Abort"]}
           /\ UNCHANGED <<rmState, tmPrepared>>
Prepare(r) == /\ rmState[r] = "working"
              /\ rmState' = [rmState EXCEPT ![r] = "prepared"]
              /\ msgs' = msgs \cup {[type |-> "Prepared", rm |-> r]}
              /\ UNCHANGED <<tmState, tmPrepared>>
ChooseAbort(r) == /\ rmState[r] = "working"
                  /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
                  /\ UNCHANGED <<tmState, tmPrepared, msgs>>
RcvCommit(r) == /\ [type |-> "Commit"] \in msgs
                /\ rmState' = [rmState EXCEPT ![r] = "committed"]
                /\ UNCHANGED <<tmState, tmPrepared, msgs>>
RcvAbort(r) == /\ [type |-> "Abort"] \in msgs
               /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
               /\ UNCHANGED <<tmState, tmPrepared, msgs>>
Next == \/ TMCommit \/ TMAbort
        \/ \E r \in RM : \/ RcvPrepared(r) \/ Prepare(r) \/ ChooseAbort(r)
                         \/ RcvCommit(r) \/ RcvAbort(r)
Spec == Init /\ [][Next]_vars
Consistent == \A a, b \in RM : ~ (rmState[a] = "aborted" /\ rmState[b] = "committed")
Broken == tmPrepared # RM
====
