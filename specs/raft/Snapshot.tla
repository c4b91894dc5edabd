------------------------------ MODULE Snapshot -------------------------------
(***************************************************************************)
(* Raft with snapshots: a log that does not grow for ever.                 *)
(*                                                                         *)
(* THE PROBLEM.  A log that is kept from the first entry on fills the      *)
(* disk, takes ever longer to replay, and is sent to every new follower.   *)
(*                                                                         *)
(* THE IDEA.  What is committed can be replaced by the state that it leads *)
(* to.  Each server takes snapshots of its state machine on its own, and   *)
(* forgets the entries up to there.  A leader that has forgotten what a    *)
(* follower needs sends its snapshot (InstallSnapshot); the follower puts  *)
(* it in place of its log, unless it has the last entry of it already,     *)
(* when it keeps what follows.                                             *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, chapter 5; InstallSnapshot is Figure 5.3.     *)
(*                                                                         *)
(* THE STATE MACHINE here is deterministic, so its state after a log       *)
(* stands for that log and nothing else does.  So log[i] still starts with *)
(* entry 1: its first first[i] entries are what the snapshot of server i   *)
(* stands for, and are never sent one by one nor looked at but for the     *)
(* last one's term.  (An AppendEntries that begins before that agrees      *)
(* there, for all of it is committed: to compare, as is done here, or to   *)
(* skip it, comes to the same.)                                            *)
(*                                                                         *)
(* DEPARTURES.  A snapshot is sent in one message (the thesis splits it).  *)
(* It is a record like others: durable after a Sync, all at once; a real   *)
(* one is a file of its own, which counts from the moment of its fsync and *)
(* rename.  The latest configuration, which a snapshot has to hold too, is *)
(* part of what the entries stand for.  An InstallSnapshot is answered     *)
(* like AppendEntries, with the index (the thesis answers with the term    *)
(* alone).  When to take a snapshot is left open (5.1.2); snapshots of     *)
(* machines on disk, log cleaning and snapshots in the log (5.2 to 5.4)    *)
(* are not here.                                                           *)
(*                                                                         *)
(* NEW RULES, for models to put in place: EmptyDisk <- [Raft]              *)
(* SnapshotDisk, Write <- [Raft] SnapshotWrite, RecoveredCommit <- [Raft]  *)
(* SnapshotCommit.                                                         *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* In memory, as on the disk once all is synced: how many entries of its log
    \* a server has only as a snapshot.
    first

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

vars == <<raftVars, first>>

(***************************************************************************)
(* Disks have a further field, first; and there is a further record:       *)
(*   snapshot  the state after the entries `entries`                       *)
(***************************************************************************)
SnapshotDisk == [term |-> 0, vote |-> None, log |-> <<>>, first |-> 0]

\* A log of which the entries l come to be known as a snapshot: what follows in
\* it is kept if it has the last of them.  (A rule: a model can break it.)
KeepsRest(log0, l) == Len(l) <= Len(log0) /\ Raft!TermAt(log0, Len(l)) = Raft!LastTerm(l)

Install(log0, l) ==
    IF KeepsRest(log0, l) THEN l \o SubSeq(log0, Len(l) + 1, Len(log0)) ELSE l

SnapshotWrite(d, r) ==
    CASE r.type = "vote"     -> [d EXCEPT !.term = r.term, !.vote = r.vote]
      [] r.type = "entries"  -> [d EXCEPT !.log = Raft!UpTo(@, r.after) \o r.entries]
      [] r.type = "snapshot" -> [d EXCEPT !.log = Install(@, r.entries), !.first = Len(r.entries)]

\* What is in a snapshot was committed.
SnapshotCommit(d) == d.first

\* How many entries a server that recovers from disk d has only as a snapshot.
RecoveredFirst(d) == d.first

(***************************************************************************)
(* InstallSnapshot: the state after the entries `entries`.  The answer is  *)
(* an AppendEntriesResponse.                                               *)
(***************************************************************************)
IsInstallSnapshot(m) ==
    /\ m.term \in Nat /\ m.from \in Servers /\ m.to \in Servers
    /\ \A k \in DOMAIN m.entries : m.entries[k].term \in Nat

\* What a snapshot of log l after entry k holds: all that these entries stand for,
\* which are the state of the machine and the latest configuration.
Image(l, k) == Raft!UpTo(l, k)

\* A server that knows c entries to be committed may take a snapshot at k.
MaySnapshot(k, c) == k <= c

\* To one that knows c entries to be committed, a snapshot of n tells something.
IsNews(n, c) == n > c

MayCompact(i, k) == TRUE    \* server i may take a snapshot at index k

TypeOK ==
    /\ Raft!TypeOK
    /\ \A m \in msgs : m.type = "InstallSnapshot" => IsInstallSnapshot(m)
    /\ \A i \in Servers : first[i] \in 0..Len(log[i]) /\ disk[i].first \in 0..Len(disk[i].log)

Init == Raft!Init /\ first = [i \in Servers |-> 0]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Server i takes a snapshot of its state after entry k, and forgets the   *)
(* entries up to there.                                                    *)
(***************************************************************************)
Compact(i, k) ==
    /\ up[i] /\ k > first[i] /\ k <= Len(log[i])
    /\ MaySnapshot(k, commitIndex[i]) /\ MayCompact(i, k)
    /\ first' = [first EXCEPT ![i] = k]
    /\ Raft!WriteAndSend(i, currentTerm[i], votedFor[i], log[i],
          <<[type |-> "snapshot", entries |-> Image(log[i], k)]>>, {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* Leader i has only as a snapshot what server j needs next: it sends      *)
(* that.                                                                   *)
(***************************************************************************)
SendInstallSnapshot(i, j) ==
    /\ up[i] /\ role[i] = "leader" /\ j \in Raft!Members(log[i]) \ {i}
    /\ nextIndex[i][j] <= first[i]
    /\ Raft!Send(i, {[type |-> "InstallSnapshot", term |-> currentTerm[i], from |-> i, to |-> j,
                      entries |-> Image(log[i], first[i])]})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested, first>>

(***************************************************************************)
(* Server i receives a snapshot.  One that tells it nothing new it answers *)
(* and leaves alone; an earlier term's leader it refuses.                  *)
(***************************************************************************)
HandleInstallSnapshot(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "InstallSnapshot" /\ m.to = i
    /\ LET t   == Raft!NewTerm(i, m.term)
           n   == Len(m.entries)
           new == IsNews(n, commitIndex[i])
           l   == IF new THEN Install(log[i], m.entries) ELSE log[i]
           W   == Raft!Records(currentTerm[i], votedFor[i], <<>>, t, Raft!NewVote(i, m.term), <<>>)
           answer(success, index) ==
               [type |-> "AppendEntriesResponse", term |-> t, from |-> i, to |-> m.from,
                success |-> success, index |-> index]
       IN  IF m.term < currentTerm[i]
           THEN /\ Raft!Send(i, IF Raft!MayRefuse(i) THEN {answer(FALSE, 0)} ELSE {})
                /\ UNCHANGED <<roleVars, commitIndex, first>>
           ELSE /\ ~(role[i] = "leader" /\ m.term = t)             \* ElectionSafety
                /\ Raft!Become(i, "follower")
                /\ Raft!WriteAndSend(i, t, Raft!NewVote(i, m.term), l,
                      IF new THEN W \o <<[type |-> "snapshot", entries |-> m.entries]>> ELSE W,
                      {answer(TRUE, n)})
                /\ commitIndex' = [commitIndex EXCEPT ![i] = Raft!Max(@, n)]
                /\ first' = IF new THEN [first EXCEPT ![i] = n] ELSE first
    /\ UNCHANGED <<disk, up, chosen, requested>>

(***************************************************************************)
(* The actions of Raft.  A leader sends entries only as long as it has     *)
(* them, and the term of the one before.                                   *)
(***************************************************************************)
Timeout(i)                        == Raft!Timeout(i) /\ UNCHANGED first
HandleRequestVote(i, m)           == Raft!HandleRequestVote(i, m) /\ UNCHANGED first
HandleRequestVoteResponse(i, m)   == Raft!HandleRequestVoteResponse(i, m) /\ UNCHANGED first
ClientRequest(i, v)               == Raft!ClientRequest(i, v) /\ UNCHANGED first
SendAppendEntries(i, j, n)        == /\ nextIndex[i][j] > first[i]
                                     /\ Raft!SendAppendEntries(i, j, n) /\ UNCHANGED first
HandleAppendEntries(i, m)         == Raft!HandleAppendEntries(i, m) /\ UNCHANGED first
HandleAppendEntriesResponse(i, m) == Raft!HandleAppendEntriesResponse(i, m) /\ UNCHANGED first
Sync(i)                           == Raft!Sync(i) /\ UNCHANGED first
Crash(i)                          == Raft!Crash(i) /\ first' = [first EXCEPT ![i] = 0]
Recover(i)                        == /\ Raft!Recover(i)
                                     /\ first' = [first EXCEPT ![i] = RecoveredFirst(disk[i])]
Lose(m)                           == Raft!Lose(m) /\ UNCHANGED first

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

TakeSnapshot(i)           == \E k \in DOMAIN log[i] : Compact(i, k)
ReceiveInstallSnapshot(i) == \E m \in Raft!Sent("InstallSnapshot") : HandleInstallSnapshot(i, m)

Next ==
    \/ \E i \in Servers : TakeSnapshot(i)
    \/ \E i, j \in Servers : SendInstallSnapshot(i, j)
    \/ \E i \in Servers : ReceiveInstallSnapshot(i)
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
(* A snapshot holds only what is committed, in memory and on disk.         *)
(***************************************************************************)
SnapshotIsCommitted ==
    \A i \in Servers :
        /\ first[i] <= commitIndex[i]
        /\ Raft!IsPrefix(Raft!UpTo(log[i], first[i]), chosen)
        /\ Raft!IsPrefix(Raft!UpTo(disk[i].log, disk[i].first), chosen)

(***************************************************************************)
(* Snapshots replace older ones, never newer ones: on a disk, which loses  *)
(* no snapshot in a crash, and in memory without one.                      *)
(***************************************************************************)
MonotonicSnapshot ==
    [][\A i \in Servers :
          /\ disk[i].first <= disk'[i].first
          /\ up[i] /\ up'[i] => first[i] <= first'[i]]_vars

(***************************************************************************)
(* A server that is up knows how far the snapshot on its disk will go.     *)
(***************************************************************************)
SnapshotAgreesWithDisk ==
    \A i \in Servers : up[i] => first[i] = Raft!WriteAll(disk[i], unsynced[i]).first

(***************************************************************************)
(* The replicated log (module ReplicatedLog of specs/log).  A replica that *)
(* is given a snapshot jumps ahead in it; one that crashes falls back to   *)
(* its snapshot, and no further.                                           *)
(***************************************************************************)
SM == INSTANCE StateMachine

ValuesOf(l) == [k \in DOMAIN l |-> l[k].value]

ReplicatedLog == INSTANCE ReplicatedLog WITH
    Replicas <- Servers,
    Commands <- Values,
    Internal <- {NoOp},
    invoked  <- requested,
    log      <- ValuesOf(chosen),
    state    <- [i \in Servers |->
                    SM!Effects(ValuesOf(Raft!UpTo(log[i], commitIndex[i])), Values)],
    replies  <- {}

Refinement == ReplicatedLog!Spec

THEOREM Spec (* with the new rules *) =>
    /\ []TypeOK /\ []Raft!Safe /\ []SnapshotIsCommitted /\ []SnapshotAgreesWithDisk
    /\ MonotonicSnapshot /\ Refinement
=============================================================================
