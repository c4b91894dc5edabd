-------------------------------- MODULE Lease --------------------------------
(***************************************************************************)
(* Raft with reads by lease: neither a log entry nor a message.            *)
(*                                                                         *)
(* THE PROBLEM.  ReadIndex asks a quorum before each read.                 *)
(*                                                                         *)
(* THE IDEA.  A server that has heard from a leader votes for nobody,      *)
(* itself included, for an election timeout, by its own clock.  So a       *)
(* leader that has been heard by a quorum is the only one for about that   *)
(* long, counted from the moment at which it sent what they have heard.    *)
(* While it is, it answers reads from its state.  Since clocks drift, it   *)
(* counts less than the election timeout: LeaseLength.  If the clocks      *)
(* drift more than that allows for, reads can be stale, though nothing     *)
(* else goes wrong.                                                        *)
(*                                                                         *)
(* SOURCES.  Ongaro's thesis, section 6.4.1 (leases), and 4.2.3 (servers   *)
(* that hear from a leader disregard RequestVote).  Clocks are those of    *)
(* module DriftingClocks (specs/clocksync).                                *)
(*                                                                         *)
(* DEPARTURES.  Heartbeats are messages of their own, one for each         *)
(* receiver, and carry the leader's clock; an answer says whether the      *)
(* heartbeat was accepted.  A leader does not disregard RequestVote: it    *)
(* steps down, and with it its lease goes (the thesis has leaders stay     *)
(* too, section 4.2.4).  A server that recovers waits for an election      *)
(* timeout before it votes: it may have heard from a leader just before it *)
(* crashed (the thesis does not say so; model lease-broken-recover).  A    *)
(* hand-over of leadership would have to end the lease first (module       *)
(* RaftServer).  That clients tell what they have seen, so that nobody     *)
(* goes back although clocks misbehave (6.4.1), is not here.               *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANTS
    Readers,                \* the reads that there may be
    Period,                 \* see DriftingClocks: how little clocks drift
    ElectionTimeout         \* in ticks of a server's own clock

ASSUME ElectionTimeout \in Nat \ {0}

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Real time and clocks; see DriftingClocks.
    now, hardware, steady,

    \* Volatile: what its clock said when a server last heard from a leader.
    heardAt,

    \* Volatile, of a leader, for each server: what the leader's clock said when
    \* it sent the last heartbeat that this server has accepted; -1 for none.
    ackedAt,

    \* What has become of each read.  (`floor`, and what is left of a read that is
    \* done, is history.)
    reads

Raft   == INSTANCE Raft
Clocks == INSTANCE DriftingClocks WITH Nodes <- Servers

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>
clockVars == <<now, hardware, steady>>
leaseVars == <<heardAt, ackedAt>>
ownVars   == <<now, hardware, steady, heardAt, ackedAt, reads>>
vars      == <<raftVars, now, hardware, steady, heardAt, ackedAt, reads>>

(***************************************************************************)
(* A read is idle; waiting, on its way to whoever leads, and when its      *)
(* client asked `floor` entries were committed; or done, having seen the   *)
(* state after `saw` entries.                                              *)
(***************************************************************************)
Idle             == [at |-> "idle"]
Waiting(floor)   == [at |-> "waiting", floor |-> floor]
Done(floor, saw) == [at |-> "done", floor |-> floor, saw |-> saw]

IsRead(q) ==
    CASE q.at = "idle"    -> q = Idle
      [] q.at = "waiting" -> q = Waiting(q.floor) /\ q.floor \in Nat
      [] q.at = "done"    -> q = Done(q.floor, q.saw) /\ q.floor \in Nat /\ q.saw \in Nat

(***************************************************************************)
(* The rules.                                                              *)
(*                                                                         *)
(* How long a lease is, by the leader's clock: as long as may be, so that  *)
(* when the leader's clock has not come to the end of it, t ticks of real  *)
(* time after it began, no follower's clock has come to the end of an      *)
(* election timeout.                                                       *)
(***************************************************************************)
LeaseLength ==
    LET Safe(n) == \A t \in 0..(4 * ElectionTimeout) :
                      t - Clocks!Drift(t) < n => t + Clocks!Drift(t) < ElectionTimeout
    IN  CHOOSE n \in 0..ElectionTimeout :
           Safe(n) /\ \A m \in (n + 1)..ElectionTimeout : ~Safe(m)

\* A server whose clock says c, and said h when it last heard from a leader, may
\* vote.
MayElect(c, h) == c >= h + ElectionTimeout

\* By answer m the leader of term t was heard: m.from has accepted a heartbeat of
\* that term, and from then on it disregards others.  To refuse one of an earlier
\* term is no promise, though the answer is in the term of who refuses: that can
\* be t, if its leader has led before.
CountsAsHeard(m, t) == m.accepted /\ m.term = t

\* From when on a lease counts, by the leader's clock: `sent` is what that said
\* when the heartbeat left, c what it says when the answer is there.
LeaseStart(sent, c) == sent

\* When a server that recovers takes itself to have heard from a leader, if its
\* clock says c.
HeardBeforeCrash(c) == c

\* A leader of term t can answer reads when what it knows to be committed ends
\* with an entry of term u.
MayRead(u, t) == u = t

MayPass    == TRUE          \* time may go by
MayBeat(i) == TRUE          \* leader i may send a heartbeat

Never == [j \in Servers |-> -1]

LeaseMessage(m) ==
    CASE m.type = "Heartbeat" ->
            DOMAIN m = {"type", "term", "from", "to", "at"} /\ m.to \in Servers
      [] m.type = "HeartbeatResponse" ->
            /\ DOMAIN m = {"type", "term", "from", "to", "accepted", "at"}
            /\ m.to \in Servers /\ m.accepted \in BOOLEAN
      [] OTHER -> TRUE

TypeOK ==
    /\ Raft!TypeOK /\ Clocks!ClocksTypeOK(now, hardware, steady)
    /\ \A m \in msgs : LeaseMessage(m)
    /\ heardAt \in [Servers -> Int]
    /\ ackedAt \in [Servers -> [Servers -> Int]]
    /\ \A r \in Readers : reads[r].at \in {"idle", "waiting", "done"} /\ IsRead(reads[r])

OwnInit ==
    /\ now = 0
    /\ hardware = [i \in Servers |-> 0]
    /\ steady = Clocks!SteadyAtStart
    /\ heardAt = [i \in Servers |-> 0]
    /\ ackedAt = [i \in Servers |-> Never]
    /\ reads = [r \in Readers |-> Idle]

Init == Raft!Init /\ OwnInit

\* Leader i has been heard by a quorum when its clock said a, or later.
Heard(i, a) == Raft!IsQuorum({i} \cup {j \in Servers : ackedAt[i][j] >= a}, log[i])

\* Leader i holds a lease.
HasLease(i) ==
    \E a \in {ackedAt[i][j] : j \in Servers \ {i}} :
        a >= 0 /\ Heard(i, a) /\ hardware[i] < a + LeaseLength

\* What was heard of server i is of no use when it leads no more.
Drop(i) == ackedAt' = IF role'[i] = role[i] /\ currentTerm'[i] = currentTerm[i] THEN ackedAt
                      ELSE [ackedAt EXCEPT ![i] = Never]

-----------------------------------------------------------------------------
(***************************************************************************)
(* A tick of real time goes by.                                            *)
(***************************************************************************)
Tick ==
    /\ MayPass
    /\ now' = now + 1
    /\ \E by \in Clocks!Steps(steady) :
          /\ hardware' = Clocks!HardwareAfter(hardware, by)
          /\ steady' = Clocks!SteadyAfter(steady, by)
    /\ UNCHANGED <<raftVars, leaseVars, reads>>

(***************************************************************************)
(* Leader i tells all to whom it sends entries that it leads, and what its *)
(* clock says.                                                             *)
(***************************************************************************)
SendHeartbeat(i) ==
    /\ up[i] /\ role[i] = "leader" /\ MayBeat(i)
    /\ Raft!Send(i, {[type |-> "Heartbeat", term |-> currentTerm[i], from |-> i, to |-> j,
                      at |-> hardware[i]] : j \in Raft!Members(log[i]) \ {i}})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested, ownVars>>

(***************************************************************************)
(* Server i hears from the leader of its term, and from now on disregards  *)
(* those who ask for its vote.  Or it refuses a heartbeat of an earlier    *)
(* term, and nothing changes.                                              *)
(***************************************************************************)
HandleHeartbeat(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "Heartbeat" /\ m.to = i
    /\ ~(role[i] = "leader" /\ m.term = currentTerm[i])            \* ElectionSafety
    /\ LET t == Raft!NewTerm(i, m.term)
       IN  Raft!PersistAndSend(i, t, Raft!NewVote(i, m.term), log[i],
              {[type |-> "HeartbeatResponse", term |-> t, from |-> i, to |-> m.from,
                accepted |-> m.term >= currentTerm[i], at |-> m.at]})
    /\ IF m.term >= currentTerm[i]
       THEN /\ Raft!Become(i, "follower")
            /\ heardAt' = [heardAt EXCEPT ![i] = hardware[i]]
       ELSE UNCHANGED <<roleVars, heardAt>>
    /\ Drop(i)
    /\ UNCHANGED <<disk, up, commitVars, requested, clockVars, reads>>

(***************************************************************************)
(* Leader i hears that it was heard; or of a later term.                   *)
(***************************************************************************)
HandleHeartbeatResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "HeartbeatResponse" /\ m.to = i
    /\ IF role[i] = "leader" /\ CountsAsHeard(m, currentTerm[i])
       THEN /\ ackedAt' = [ackedAt EXCEPT ![i][m.from] =
                              Raft!Max(@, LeaseStart(m.at, hardware[i]))]
            /\ UNCHANGED <<raftVars, heardAt>>
       ELSE /\ Raft!HearOf(i, m.term)
            /\ Raft!PersistAndSend(i, Raft!NewTerm(i, m.term), Raft!NewVote(i, m.term), log[i], {})
            /\ Drop(i)
            /\ UNCHANGED <<disk, up, commitVars, requested, heardAt>>
    /\ UNCHANGED <<clockVars, reads>>

(***************************************************************************)
(* A client asks for read r.                                               *)
(***************************************************************************)
Ask(r) ==
    /\ reads[r] = Idle
    /\ reads' = [reads EXCEPT ![r] = Waiting(Len(chosen))]
    /\ UNCHANGED <<raftVars, clockVars, leaseVars>>

(***************************************************************************)
(* Read r has come to leader i, which answers it from its state.           *)
(***************************************************************************)
LeaseRead(i, r) ==
    /\ up[i] /\ role[i] = "leader" /\ HasLease(i) /\ reads[r].at = "waiting"
    /\ MayRead(Raft!TermAt(log[i], commitIndex[i]), currentTerm[i])
    /\ reads' = [reads EXCEPT ![r] = Done(@.floor, commitIndex[i])]
    /\ UNCHANGED <<raftVars, clockVars, leaseVars>>

(***************************************************************************)
(* The actions of Raft.  To stand, as to vote, takes an election timeout   *)
(* without a leader.                                                       *)
(***************************************************************************)
Timeout(i) ==
    /\ MayElect(hardware[i], heardAt[i])
    /\ Raft!Timeout(i)
    /\ UNCHANGED ownVars

HandleRequestVote(i, m) ==
    /\ MayElect(hardware[i], heardAt[i]) \/ role[i] = "leader"
    /\ Raft!HandleRequestVote(i, m) /\ Drop(i)
    /\ UNCHANGED <<clockVars, heardAt, reads>>

HandleRequestVoteResponse(i, m) ==
    Raft!HandleRequestVoteResponse(i, m) /\ Drop(i) /\ UNCHANGED <<clockVars, heardAt, reads>>

ClientRequest(i, v)        == Raft!ClientRequest(i, v) /\ UNCHANGED ownVars
SendAppendEntries(i, j, n) == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED ownVars

HandleAppendEntries(i, m) ==
    /\ Raft!HandleAppendEntries(i, m) /\ Drop(i)
    /\ heardAt' = IF m.term >= currentTerm[i] THEN [heardAt EXCEPT ![i] = hardware[i]]
                  ELSE heardAt
    /\ UNCHANGED <<clockVars, reads>>

HandleAppendEntriesResponse(i, m) ==
    Raft!HandleAppendEntriesResponse(i, m) /\ Drop(i) /\ UNCHANGED <<clockVars, heardAt, reads>>

Sync(i)  == Raft!Sync(i) /\ Drop(i) /\ UNCHANGED <<clockVars, heardAt, reads>>
Crash(i) == Raft!Crash(i) /\ Drop(i) /\ UNCHANGED <<clockVars, heardAt, reads>>

Recover(i) ==
    /\ Raft!Recover(i)
    /\ heardAt' = [heardAt EXCEPT ![i] = HeardBeforeCrash(hardware[i])]
    /\ UNCHANGED <<clockVars, ackedAt, reads>>

Lose(m) == Raft!Lose(m) /\ UNCHANGED ownVars

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
    \/ Tick
    \/ \E i \in Servers : SendHeartbeat(i)
    \/ \E i \in Servers : ReceiveHeartbeat(i)
    \/ \E i \in Servers : ReceiveHeartbeatResponse(i)
    \/ \E r \in Readers : Ask(r)
    \/ \E i \in Servers, r \in Readers : LeaseRead(i, r)
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
(* Reads are linearizable: a read sees all that was committed when its     *)
(* client asked, and so all that any client could know of by then; and     *)
(* nothing that is not committed.                                          *)
(***************************************************************************)
LinearizableReads ==
    \A r \in Readers : reads[r].at = "done" =>
        reads[r].floor <= reads[r].saw /\ reads[r].saw <= Len(chosen)

(***************************************************************************)
(* Why: while a leader holds a lease, none of a later term has been        *)
(* elected.                                                                *)
(***************************************************************************)
LeaseExcludesOthers ==
    \A i \in Servers : role[i] = "leader" /\ HasLease(i) =>
        \A e \in elected : e.term <= currentTerm[i]

THEOREM Spec => []TypeOK /\ []Raft!Safe /\ []LinearizableReads /\ []LeaseExcludesOthers
=============================================================================
