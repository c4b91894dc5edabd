------------------------------ MODULE LogReads -------------------------------
(***************************************************************************)
(* Reads of a replicated log that no log entry is made for.                *)
(*                                                                         *)
(* THE PROBLEM.  A read changes nothing, and to append it to the log is    *)
(* dear.  But a replica that answers from its own state alone may be       *)
(* behind what some client has seen already, and its answer is stale.      *)
(*                                                                         *)
(* WHAT IS ASKED.  Linearizability (M. Herlihy and J. Wing, ACM TOPLAS     *)
(* 12(3), 1990): a read takes effect at one moment between its call and    *)
(* its answer.  So it sees at least all that anybody had been told when it *)
(* was called, by an answer to a command or to an earlier read, and it     *)
(* sees what is committed and no more.  `seen` is how much anybody has     *)
(* been told; a read takes a note of it when it begins (its floor), and    *)
(* ends with a state of at least that length.                              *)
(*                                                                         *)
(* HOW TO REFINE IT.  As ReplicatedLog, of which it has all variables, and *)
(*                                                                         *)
(*     seen  <- a history: the length of the longest state that a client   *)
(*              has been told of.  (Seen, below, says how it changes.)     *)
(*     reads <- for each reader Idle, Pending(floor) or Done(floor, n),    *)
(*              where n is the length of the state that the read saw       *)
(*                                                                         *)
(* In Raft these are the reads of section 6.4 of the thesis (ReadIndex,    *)
(* leases).                                                                *)
(***************************************************************************)
EXTENDS ReplicatedLog

CONSTANT Readers            \* those who read, one read at a time

VARIABLES seen, reads

readVars == <<invoked, log, state, replies, seen, reads>>

Idle           == [at |-> "idle"]
Pending(floor) == [at |-> "pending", floor |-> floor]
Done(floor, n) == [at |-> "done", floor |-> floor, saw |-> n]

ReadsTypeOK ==
    /\ TypeOK
    /\ seen \in Nat
    /\ reads \in [Readers -> {Idle}
                             \cup [at : {"pending"}, floor : Nat]
                             \cup [at : {"done"}, floor : Nat, saw : Nat]]

-----------------------------------------------------------------------------
ReadInit ==
    /\ Init
    /\ seen = 0
    /\ reads = [q \in Readers |-> Idle]

(***************************************************************************)
(* What read q may be after this step: what it was; begun, with all that   *)
(* has been seen for a floor; or ended, with a state that is committed     *)
(* and not below its floor.                                                *)
(***************************************************************************)
ReadSteps(q) ==
    CASE reads[q].at = "pending" ->
            {reads[q]} \cup {Done(reads[q].floor, n) :
                                n \in reads[q].floor..Len(Effects(log', Commands))}
      [] OTHER -> {reads[q], Pending(seen)}

Read ==
    reads' \in {f \in [Readers -> UNION {ReadSteps(q) : q \in Readers}] :
                   \A q \in Readers : f[q] \in ReadSteps(q)}

(***************************************************************************)
(* Whatever is told in this step has been seen after it.                   *)
(***************************************************************************)
Told == {m.result : m \in replies'}
        \cup {reads'[q].saw : q \in {p \in Readers : reads'[p].at = "done"}}

Seen == seen' = CHOOSE n \in Told \cup {seen} : \A k \in Told \cup {seen} : k <= n

ReadNext == Next /\ Read /\ Seen

ReadSpec == ReadInit /\ [][ReadNext]_readVars

-----------------------------------------------------------------------------
(***************************************************************************)
(* No stale read: a read that has ended saw at least its floor.            *)
(***************************************************************************)
NoStaleRead == \A q \in Readers : reads[q].at = "done" => reads[q].saw >= reads[q].floor

(***************************************************************************)
(* That says something only because the floor is what had been seen: when  *)
(* a read begins it is noted, and until the read has ended it stays.       *)
(***************************************************************************)
FloorIsSeen ==
    [][\A q \in Readers : reads'[q] # reads[q] =>
          reads'[q].floor = IF reads'[q].at = "pending" THEN seen ELSE reads[q].floor]_readVars

(***************************************************************************)
(* What has been seen is committed.                                        *)
(***************************************************************************)
SeenIsCommitted == seen <= Len(Effects(log, Commands))

(***************************************************************************)
(* It only grows.                                                          *)
(***************************************************************************)
SeenGrows == [][seen <= seen']_readVars

THEOREM ReadSpec =>
    /\ Spec /\ []ReadsTypeOK
    /\ []NoStaleRead /\ FloorIsSeen /\ []SeenIsCommitted /\ SeenGrows
=============================================================================
