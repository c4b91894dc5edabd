------------------------------ MODULE CommitMsgs ------------------------------
CONSTANT RM
VARIABLES rmState, tmState, tmPrepared, msgs
Messages == [type : {"Prepared"}, rm : RM] \cup [type : {"Commit", "Abort"}]
TypeOK == /\ rmState \in [RM -> {"working", "prepared", "committed", "aborted"}]
          /\ tmState \in {"init", "done"}
          /\ tmPrepared \subseteq RM
          /\ msgs \subseteq Messages
Init == /\ rmState = [r \in RM |-> "working"]
        /\ tmState = "init"
        /\ tmPrepared = {}
        /\ msgs = {}
-----------------------------------------------------------------------------
RecvPrepared(r) ==
  /\ tmState = "init"
  /\ [type |-> "Prepared", rm |-> r] \in msgs
  /\ tmPrepared' = tmPrepared \cup {r}
  /\ UNCHANGED <<rmState, tmState, msgs>>
DecideCommit ==
  /\ tmState = "init" /\ tmPrepared = RM
  /\ tmState' = "done"
  /\ msgs' = msgs \cup {[type |-> "Commit"]}
  /\ UNCHANGED <<rmState, tmPrepared>>
DecideAbort ==
  /\ tmState = "init"
  /\ tmState' = "done"
  /\ msgs' = msgs \cup {[type |-> "Abort"]}
  /\ UNCHANGED <<rmState, tmPrepared>>
Prepare(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "prepared"]
  /\ msgs' = msgs \cup {[type |-> "Prepared", rm |-> r]}
  /\ UNCHANGED <<tmState, tmPrepared>>
ChooseToAbort(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>
Learn(r, what, state) ==
  /\ [type |-> what] \in msgs
  /\ rmState' = [rmState EXCEPT ![r] = state]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>
Next == \/ DecideCommit \/ DecideAbort
        \/ \E r \in RM : RecvPrepared(r) \/ Prepare(r) \/ ChooseToAbort(r)
                         \/ Learn(r, "Commit", "committed") \/ Learn(r, "Abort", "aborted")
-----------------------------------------------------------------------------
Spec == Init /\ [][Next]_<<rmState, tmState, tmPrepared, msgs>>
Consistent == \A a, b \in RM : ~ (rmState[a] = "aborted" /\ rmState[b] = "committed")
Broken == \A a, b \in RM : ~ (rmState[a] = "aborted" /\ rmState[b] = "prepared" /\ tmState = "done")
THEOREM Spec => [](TypeOK /\ Consistent)
=============================================================================
