------------------------------ MODULE Transfer -------------------------------
(***************************************************************************)
(* Raft with a hand-over of leadership.                                    *)
(*                                                                         *)
(* THE PROBLEM.  A leader that is to be stopped, or is in the wrong place, *)
(* could just stop leading; then the others wait for an election timeout,  *)
(* and any of them may be next.                                            *)
(*                                                                         *)
(* THE IDEA.  The leader takes no more requests, sends the target what it  *)
(* lacks, and then tells it not to wait for its timeout (TimeoutNow).  The *)
(* target stands in the next term, like any candidate: it has all entries, *)
(* and wins as soon as a quorum hears from it.  If that takes too long,    *)
(* the leader goes on as before.                                           *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 3.10.                                 *)
(*                                                                         *)
(* DEPARTURES.  The target takes TimeoutNow from the leader of its own     *)
(* term only.  With leases the hand-over would have to end the lease       *)
(* first, and the RequestVote of the target to say that it may disturb the *)
(* leader (section 4.2.3).                                                 *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Volatile, of a leader: to whom it hands over, or None.
    target

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

vars == <<raftVars, target>>

TimeoutNow == [type : {"TimeoutNow"}, term : Nat, from : Servers, to : Servers]

(***************************************************************************)
(* The rules.                                                              *)
(***************************************************************************)
\* To whom leader i, whose log is l, may hand over.
Targets(i, l) == Raft!Members(l) \ {i}

\* A target whose log is known to match up to index k, when the leader's log has
\* len entries, may be told to stand.
IsCaughtUp(k, len) == k = len

\* A leader takes requests although it hands over to t (None: to nobody).
MayRequestWhile(t) == t = None

\* A server in term t, whose role is r, obeys when the leader of term u tells it
\* to stand.
Obeys(u, t, r) == u = t /\ r # "leader"

\* To whom a server hands over that did so to t, and now leads, or does not.
TargetAfter(t, leads) == IF leads THEN t ELSE None

MayTransfer(i, j) == TRUE   \* leader i may be told to hand over to j
MayGiveUp(i)      == TRUE   \* leader i may tire of waiting

TypeOK ==
    /\ Raft!TypeOK
    /\ \A m \in msgs : m.type = "TimeoutNow" => m \in TimeoutNow
    /\ \A i \in Servers : target[i] \in (Servers \ {i}) \cup {None}

Init == Raft!Init /\ target = [i \in Servers |-> None]

\* A server that leads no more hands over nothing.
Drop(i) == target' = [target EXCEPT ![i] = TargetAfter(@, role'[i] = "leader")]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Leader i is told to hand over to server j.                              *)
(***************************************************************************)
TransferLeadership(i, j) ==
    /\ up[i] /\ role[i] = "leader" /\ target[i] = None
    /\ j \in Targets(i, log[i]) /\ MayTransfer(i, j)
    /\ target' = [target EXCEPT ![i] = j]
    /\ UNCHANGED raftVars

(***************************************************************************)
(* The target of leader i has all that i has: it is told to stand.         *)
(***************************************************************************)
SendTimeoutNow(i) ==
    /\ up[i] /\ role[i] = "leader" /\ target[i] # None
    /\ IsCaughtUp(matchIndex[i][target[i]], Len(log[i]))
    /\ Raft!Send(i, {[type |-> "TimeoutNow", term |-> currentTerm[i], from |-> i,
                      to |-> target[i]]})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested, target>>

(***************************************************************************)
(* Server i is told to stand, and does not wait for its timer.             *)
(***************************************************************************)
HandleTimeoutNow(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "TimeoutNow" /\ m.to = i
    /\ IF Obeys(m.term, currentTerm[i], role[i]) /\ Raft!MayStand(i, log[i])
       THEN Raft!StartElection(i)
       ELSE UNCHANGED raftVars
    /\ UNCHANGED target

(***************************************************************************)
(* Leader i has waited for an election timeout: it goes on.                *)
(***************************************************************************)
GiveUp(i) ==
    /\ up[i] /\ role[i] = "leader" /\ target[i] # None /\ MayGiveUp(i)
    /\ target' = [target EXCEPT ![i] = None]
    /\ UNCHANGED raftVars

(***************************************************************************)
(* The actions of Raft.                                                    *)
(***************************************************************************)
Timeout(i)                        == Raft!Timeout(i) /\ Drop(i)
HandleRequestVote(i, m)           == Raft!HandleRequestVote(i, m) /\ Drop(i)
HandleRequestVoteResponse(i, m)   == Raft!HandleRequestVoteResponse(i, m) /\ Drop(i)
ClientRequest(i, v)               == /\ MayRequestWhile(target[i])
                                     /\ Raft!ClientRequest(i, v) /\ UNCHANGED target
SendAppendEntries(i, j, n)        == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED target
HandleAppendEntries(i, m)         == Raft!HandleAppendEntries(i, m) /\ Drop(i)
HandleAppendEntriesResponse(i, m) == Raft!HandleAppendEntriesResponse(i, m) /\ Drop(i)
Sync(i)                           == Raft!Sync(i) /\ Drop(i)
Crash(i)                          == Raft!Crash(i) /\ Drop(i)
Recover(i)                        == Raft!Recover(i) /\ UNCHANGED target
Lose(m)                           == Raft!Lose(m) /\ UNCHANGED target

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

ReceiveTimeoutNow(i) == \E m \in Raft!Sent("TimeoutNow") : HandleTimeoutNow(i, m)

Next ==
    \/ \E i, j \in Servers : TransferLeadership(i, j)
    \/ \E i \in Servers : SendTimeoutNow(i)
    \/ \E i \in Servers : ReceiveTimeoutNow(i)
    \/ \E i \in Servers : GiveUp(i)
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
(* Without the messages of its own, all this is Raft: to be told to stand  *)
(* is a Timeout that comes early, and all else that is new leaves Raft's   *)
(* variables alone.                                                        *)
(***************************************************************************)
NotOwn(M) == {m \in M : m.type # "TimeoutNow"}

Core == INSTANCE Raft WITH
           msgs <- NotOwn(msgs),
           held <- [i \in Servers |-> {h \in held[i] : NotOwn({h.msg}) # {}}]

Refinement == Core!Spec

\* Only who leads has leadership to hand over.
OnlyLeadersHandOver == \A i \in Servers : target[i] # None => role[i] = "leader"

(***************************************************************************)
(* The target is not behind when the leader tells it to stand: as long as  *)
(* nobody has been elected in a later term, it has on disk all that is     *)
(* committed then.  (The message can arrive when that is not so any more,  *)
(* if it had to wait for the leader's disk, or was slow, and the leader    *)
(* has given up in between.  Then the target loses the election that it    *)
(* starts, or wins it after all.)                                          *)
(***************************************************************************)
Telling == msgs \cup {h.msg : h \in UNION {held[i] : i \in Servers}}

TargetHasAll ==
    [][\A m \in Telling' \ Telling :
          /\ m.type = "TimeoutNow"
          /\ \A e \in elected : e.term <= m.term
          => Raft!IsPrefix(chosen, disk[m.to].log)]_vars

(***************************************************************************)
(* The hand-over succeeds, if nothing comes between (a property of models  *)
(* in which nobody else stands, nothing is lost and the leader does not    *)
(* give up): see model transfer-live.                                      *)
(***************************************************************************)
Succeeds(i, j) == (role[i] = "leader" /\ target[i] = j) ~> (role[j] = "leader")

THEOREM Spec =>
    []TypeOK /\ []Raft!Safe /\ []OnlyLeadersHandOver /\ TargetHasAll /\ Refinement
=============================================================================
