------------------------------ MODULE ReadIndex ------------------------------
(***************************************************************************)
(* Raft with reads that make no log entry.                                 *)
(*                                                                         *)
(* THE PROBLEM.  A read changes nothing, and to append it to the log is    *)
(* dear. But a leader that answers from its own state may have been        *)
(* deposed, and what it says may be older than what clients have seen      *)
(* elsewhere.                                                              *)
(*                                                                         *)
(* THE IDEA.  The leader notes its commit index when the read arrives, and *)
(* then asks all others whether it still leads.  Once a quorum has said    *)
(* so, it did lead when the read arrived: all that was committed by then   *)
(* is below the noted index, and the state at that index or later will do. *)
(* For that it has to know what was committed by then: a leader does as    *)
(* soon as an entry of its own term is committed.                          *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 6.4.                                  *)
(*                                                                         *)
(* DEPARTURES.  Heartbeats are messages of their own here, one for each    *)
(* read (the thesis asks for a round of AppendEntries, which many reads    *)
(* can share).  Each reader reads once; a read at a leader that steps down *)
(* fails, and its client would try again.  A leader that has to wait for   *)
(* its first commit does not take the read.  Followers answer no reads     *)
(* (they could ask the leader for the index alone).                        *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANT Readers            \* the reads that there may be

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Volatile, of a leader, for each read: what has become of it, and who has
    \* confirmed that its server still leads.  (`floor`, and what is left of a read
    \* that is done or has failed, is history.)
    reads, confirmed

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

readVars == <<reads, confirmed>>
vars     == <<raftVars, reads, confirmed>>

(***************************************************************************)
(* A read is idle; waiting at server i, which leads term t and knew        *)
(* `index` entries to be committed when it came, while `floor` were; done, *)
(* having seen the state after `saw` entries; or failed.                   *)
(***************************************************************************)
Idle                      == [at |-> "idle"]
Waiting(i, t, index, floor) ==
    [at |-> "waiting", server |-> i, term |-> t, index |-> index, floor |-> floor]
Done(floor, saw)          == [at |-> "done", floor |-> floor, saw |-> saw]
Failed(floor)             == [at |-> "failed", floor |-> floor]

IsRead(q) ==
    CASE q.at = "idle"    -> q = Idle
      [] q.at = "waiting" -> /\ q = Waiting(q.server, q.term, q.index, q.floor)
                             /\ q.server \in Servers /\ q.term \in Nat
                             /\ q.index \in Nat /\ q.floor \in Nat
      [] q.at = "done"    -> q = Done(q.floor, q.saw) /\ q.floor \in Nat /\ q.saw \in Nat
      [] q.at = "failed"  -> q = Failed(q.floor) /\ q.floor \in Nat

(***************************************************************************)
(* Messages.                                                               *)
(*   Heartbeat          do I still lead?  (for a read; one to each other)  *)
(*   HeartbeatResponse  accepted: you do; or not, and the term of one who  *)
(*                      knows better                                       *)
(***************************************************************************)
ReadMessage ==
    [type : {"Heartbeat"}, term : Nat, from : Servers, to : Servers, read : Readers]
    \cup
    [type : {"HeartbeatResponse"}, term : Nat, from : Servers, to : Servers,
     accepted : BOOLEAN, read : Readers]

(***************************************************************************)
(* The rules.                                                              *)
(***************************************************************************)
\* A leader of term t can take reads when what it knows to be committed ends
\* with an entry of term u.
MayRead(u, t) == u = t

\* The leader whose log is l led when the read came, if all of Q say so.
IsConfirmed(Q, l) == Raft!IsQuorum(Q, l)

\* Answer m confirms the leader of term t.
Confirms(m, t) == m.accepted /\ m.term = t

\* An answer to the heartbeat that was sent for read r counts for read q.
CountsFor(r, q) == r = q

\* What a heartbeat and its answers carry, to tell for which read they are: read
\* r, which has noted `index`.
Context(r, index) == r

\* A read that was taken in term t is lost when its server is in term u, and leads
\* or not.
IsLost(leads, u, t) == ~(leads /\ u = t)

TypeOK ==
    /\ Raft!TypeOK
    /\ \A m \in msgs : m.type \in {"Heartbeat", "HeartbeatResponse"} => m \in ReadMessage
    /\ \A r \in Readers : reads[r].at \in {"idle", "waiting", "done", "failed"} /\ IsRead(reads[r])
    /\ confirmed \in [Readers -> SUBSET Servers]

Init ==
    /\ Raft!Init
    /\ reads = [r \in Readers |-> Idle]
    /\ confirmed = [r \in Readers |-> {}]

\* The reads that wait at server i fail, if it leads no more.
Fail(i) ==
    LET lost(r) == /\ reads[r].at = "waiting" /\ reads[r].server = i
                   /\ IsLost(role'[i] = "leader", currentTerm'[i], reads[r].term)
    IN  /\ reads' = [r \in Readers |-> IF lost(r) THEN Failed(reads[r].floor) ELSE reads[r]]
        /\ confirmed' = [r \in Readers |-> IF lost(r) THEN {} ELSE confirmed[r]]

\* Read r comes to leader i, and waits.
Wait(i, r) ==
    /\ up[i] /\ role[i] = "leader" /\ reads[r] = Idle
    /\ MayRead(Raft!TermAt(log[i], commitIndex[i]), currentTerm[i])
    /\ reads' = [reads EXCEPT ![r] =
                    Waiting(i, currentTerm[i], commitIndex[i], Len(chosen))]
    /\ confirmed' = [confirmed EXCEPT ![r] = {i}]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Read r comes to leader i, which asks whether it still leads.            *)
(***************************************************************************)
Read(i, r) ==
    /\ Wait(i, r)
    /\ Raft!Send(i, {[type |-> "Heartbeat", term |-> currentTerm[i], from |-> i, to |-> j,
                      read |-> Context(r, commitIndex[i])] : j \in Raft!Members(log[i]) \ {i}})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* Server i hears a heartbeat.  One of an earlier term it refuses;         *)
(* otherwise the sender leads, and i follows.                              *)
(***************************************************************************)
HandleHeartbeat(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "Heartbeat" /\ m.to = i
    /\ ~(role[i] = "leader" /\ m.term = currentTerm[i])            \* ElectionSafety
    /\ LET t == Raft!NewTerm(i, m.term)
       IN  Raft!PersistAndSend(i, t, Raft!NewVote(i, m.term), log[i],
              {[type |-> "HeartbeatResponse", term |-> t, from |-> i, to |-> m.from,
                accepted |-> m.term >= currentTerm[i], read |-> m.read]})
    /\ IF m.term >= currentTerm[i] THEN Raft!Become(i, "follower") ELSE UNCHANGED roleVars
    /\ Fail(i)
    /\ UNCHANGED <<disk, up, commitVars, requested>>

(***************************************************************************)
(* Leader i hears that it still leads, or of a later term.                 *)
(***************************************************************************)
HandleHeartbeatResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "HeartbeatResponse" /\ m.to = i
    /\ LET R == {q \in Readers : /\ reads[q].at = "waiting" /\ reads[q].server = i
                                 /\ CountsFor(m.read, q)}
       IN  IF Confirms(m, currentTerm[i]) /\ R # {}
           THEN /\ confirmed' = [q \in Readers |-> IF q \in R THEN confirmed[q] \cup {m.from}
                                                   ELSE confirmed[q]]
                /\ UNCHANGED <<raftVars, reads>>
           ELSE /\ Raft!HearOf(i, m.term)
                /\ Raft!PersistAndSend(i, Raft!NewTerm(i, m.term), Raft!NewVote(i, m.term),
                                       log[i], {})
                /\ Fail(i)
                /\ UNCHANGED <<disk, up, commitVars, requested>>

(***************************************************************************)
(* Leader i answers read r from its state, which has come at least as far  *)
(* as the noted index.                                                     *)
(***************************************************************************)
ReadReply(i, r) ==
    /\ up[i] /\ reads[r].at = "waiting" /\ reads[r].server = i
    /\ IsConfirmed(confirmed[r], log[i]) /\ commitIndex[i] >= reads[r].index
    /\ reads' = [reads EXCEPT ![r] = Done(@.floor, commitIndex[i])]
    /\ confirmed' = [confirmed EXCEPT ![r] = {}]
    /\ UNCHANGED raftVars

(***************************************************************************)
(* The actions of Raft.                                                    *)
(***************************************************************************)
Timeout(i)                        == Raft!Timeout(i) /\ UNCHANGED readVars
HandleRequestVote(i, m)           == Raft!HandleRequestVote(i, m) /\ Fail(i)
HandleRequestVoteResponse(i, m)   == Raft!HandleRequestVoteResponse(i, m) /\ Fail(i)
ClientRequest(i, v)               == Raft!ClientRequest(i, v) /\ UNCHANGED readVars
SendAppendEntries(i, j, n)        == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED readVars
HandleAppendEntries(i, m)         == Raft!HandleAppendEntries(i, m) /\ Fail(i)
HandleAppendEntriesResponse(i, m) == Raft!HandleAppendEntriesResponse(i, m) /\ Fail(i)
Sync(i)                           == Raft!Sync(i) /\ UNCHANGED readVars
Crash(i)                          == Raft!Crash(i) /\ Fail(i)
Recover(i)                        == Raft!Recover(i) /\ UNCHANGED readVars
Lose(m)                           == Raft!Lose(m) /\ UNCHANGED readVars

-----------------------------------------------------------------------------
ReceiveRequestVote(i) ==
    \E m \in Raft!Sent("RequestVote") : HandleRequestVote(i, m)
ReceiveRequestVoteResponse(i) ==
    \E m \in Raft!Sent("RequestVoteResponse") : HandleRequestVoteResponse(i, m)
ReceiveAppendEntries(i) ==
    \E m \in Raft!Sent("AppendEntries") : HandleAppendEntries(i, m)
ReceiveAppendEntriesResponse(i) ==
    \E m \in Raft!Sent("AppendEntriesResponse") : HandleAppendEntriesResponse(i, m)
Replicate(i, j) == \E n \in 0..Len(log[i]) : SendAppendEntries(i, j, n)
LoseAny         == \E m \in msgs : Lose(m)

ReceiveHeartbeat(i) == \E m \in Raft!Sent("Heartbeat") : HandleHeartbeat(i, m)
ReceiveHeartbeatResponse(i) ==
    \E m \in Raft!Sent("HeartbeatResponse") : HandleHeartbeatResponse(i, m)

Next ==
    \/ \E i \in Servers, r \in Readers : Read(i, r)
    \/ \E i \in Servers : ReceiveHeartbeat(i)
    \/ \E i \in Servers : ReceiveHeartbeatResponse(i)
    \/ \E i \in Servers, r \in Readers : ReadReply(i, r)
    \/ \E i \in Servers : Timeout(i)
    \/ \E i \in Servers : ReceiveRequestVote(i)
    \/ \E i \in Servers : ReceiveRequestVoteResponse(i)
    \/ \E i \in Servers, v \in Values : ClientRequest(i, v)
    \/ \E i, j \in Servers : Replicate(i, j)
    \/ \E i \in Servers : ReceiveAppendEntries(i)
    \/ \E i \in Servers : ReceiveAppendEntriesResponse(i)
    \/ \E i \in Servers : Sync(i)
    \/ \E i \in Servers : Crash(i)
    \/ \E i \in Servers : Recover(i)
    \/ LoseAny

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(*                                                                         *)
(* Reads are linearizable: a read sees all that was committed when it      *)
(* came, and so all that any client could know of by then; and nothing     *)
(* that is not committed.                                                  *)
(***************************************************************************)
LinearizableReads ==
    \A r \in Readers : reads[r].at = "done" =>
        reads[r].floor <= reads[r].saw /\ reads[r].saw <= Len(chosen)

THEOREM Spec => []TypeOK /\ []Raft!Safe /\ []LinearizableReads
=============================================================================
