----------------------------- MODULE MCLogReads ------------------------------
(***************************************************************************)
(* The models of LogReads, and its law broken.                             *)
(***************************************************************************)
EXTENDS LogReads

CONSTANT MaxLen             \* the longest log of a model

BoundedLogs == UNION {[1..n -> Entries] : n \in 0..MaxLen}

\* Not vacuous: a read ends although much has been committed that it did not
\* see, which nobody had been told.  This says that it never happens.
NeverBehind ==
    \A q \in Readers : reads[q].at = "done" => reads[q].saw = Len(Effects(log, Commands))

\* Broken: a replica answers from its own state.
BrokenReadSteps(q) ==
    CASE reads[q].at = "pending" ->
            {reads[q]} \cup {Done(reads[q].floor, Len(state[r])) : r \in Replicas}
      [] OTHER -> {reads[q], Pending(seen)}

\* Broken: a read sees what is not committed yet.
BrokenReadAhead(q) ==
    CASE reads[q].at = "pending" ->
            {reads[q]} \cup {Done(reads[q].floor, n) :
                                n \in reads[q].floor..(Len(Effects(log', Commands)) + 1)}
      [] OTHER -> {reads[q], Pending(seen)}

\* Broken: a read begins with no floor, as if nobody had been told anything.
BrokenFloor(q) ==
    CASE reads[q].at = "pending" ->
            {reads[q]} \cup {Done(reads[q].floor, n) :
                                n \in reads[q].floor..Len(Effects(log', Commands))}
      [] OTHER -> {reads[q], Pending(0)}

\* Broken: what has been seen is forgotten when a read begins.
BrokenSeen ==
    seen' = IF reads' # reads THEN 0 ELSE
                CHOOSE n \in Told \cup {0} : \A k \in Told \cup {0} : k <= n

\* Broken: a read that has ended does not say what its floor was.
BrokenDone(floor, n) == [at |-> "done", saw |-> n]

\* Broken: a client is to read what it has written, and so a replica applies what
\* clients have asked for before it is committed.
BrokenReadNext ==
    /\ \/ Next
       \/ /\ \E r \in Replicas, c \in invoked :
                 state' = [state EXCEPT ![r] = Append(state[r], c)]
          /\ UNCHANGED <<invoked, log, replies>>
    /\ Read
    /\ Seen
=============================================================================
