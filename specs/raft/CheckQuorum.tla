----------------------------- MODULE CheckQuorum -----------------------------
(***************************************************************************)
(* Raft with a leader that steps down when it reaches no quorum.           *)
(*                                                                         *)
(* THE PROBLEM.  A leader that is cut off never learns that it was         *)
(* deposed. It goes on taking requests that will never commit, and clients *)
(* that ask it wait for ever.                                              *)
(*                                                                         *)
(* THE IDEA.  The leader notes from whom it hears.  Once in an election    *)
(* timeout it checks that this was a quorum, and if not it stops leading,  *)
(* in the same term.                                                       *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 6.2.                                  *)
(*                                                                         *)
(* DEPARTURES.  Real time is not modelled: the check comes when it likes.  *)
(* What the leader hears is any answer of its term to AppendEntries.       *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Volatile, of a leader: from whom it has heard since the last check.
    active

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

vars == <<raftVars, active>>

(***************************************************************************)
(* The rules.                                                              *)
(***************************************************************************)
\* A leader whose log is l, and who has heard from Q, goes on.
MayLeadOn(Q, l) == Raft!IsQuorum(Q, l)

\* From whom a leader has heard after answer m, when it was Q before; and how
\* many of Q it still counts after a check.
HeardFrom(Q, m) == Q \cup {m.from}
HeardBefore(Q)  == {}

\* What is left of Q when the role of the server changes from r to s: one that
\* does not lead any more, or leads anew, has heard from nobody.
HeardAfter(Q, r, s) == IF r = s THEN Q ELSE {}

TypeOK == Raft!TypeOK /\ active \in [Servers -> SUBSET Servers]

Init == Raft!Init /\ active = [i \in Servers |-> {}]

Forget(i) == active' = [active EXCEPT ![i] = HeardAfter(@, role[i], role'[i])]

-----------------------------------------------------------------------------
(***************************************************************************)
(* An election timeout has gone by since leader i checked last.            *)
(***************************************************************************)
CheckQuorum(i) ==
    /\ up[i] /\ role[i] = "leader"
    /\ IF MayLeadOn(active[i] \cup {i}, log[i])
       THEN /\ active' = [active EXCEPT ![i] = HeardBefore(@)]
            /\ UNCHANGED roleVars
       ELSE Raft!Become(i, "follower") /\ Forget(i)
    /\ UNCHANGED <<persistVars, disk, up, commitVars, requested>>

(***************************************************************************)
(* The actions of Raft.                                                    *)
(***************************************************************************)
Timeout(i)                      == Raft!Timeout(i) /\ Forget(i)
HandleRequestVote(i, m)         == Raft!HandleRequestVote(i, m) /\ Forget(i)
HandleRequestVoteResponse(i, m) == Raft!HandleRequestVoteResponse(i, m) /\ Forget(i)
ClientRequest(i, v)             == Raft!ClientRequest(i, v) /\ UNCHANGED active
SendAppendEntries(i, j, n)      == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED active
HandleAppendEntries(i, m)       == Raft!HandleAppendEntries(i, m) /\ Forget(i)

HandleAppendEntriesResponse(i, m) ==
    /\ Raft!HandleAppendEntriesResponse(i, m)
    /\ IF role[i] = "leader" /\ m.term = currentTerm[i]
       THEN active' = [active EXCEPT ![i] = HeardFrom(@, m)]
       ELSE Forget(i)

Sync(i)    == Raft!Sync(i) /\ Forget(i)
Crash(i)   == Raft!Crash(i) /\ Forget(i)
Recover(i) == Raft!Recover(i) /\ UNCHANGED active
Lose(m)    == Raft!Lose(m) /\ UNCHANGED active

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

Next ==
    \/ \E i \in Servers : CheckQuorum(i)
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
(* What a leader knows of its followers it has heard from them in this     *)
(* term.                                                                   *)
(***************************************************************************)
OnlyLeadersHear == \A i \in Servers : role[i] # "leader" => active[i] = {}

(***************************************************************************)
(* A leader that is alone stops leading, if only it goes on checking.  (In *)
(* Raft itself it leads for ever: model checkquorum-broken-never.)  It is  *)
(* alone when all others are down and nothing that was said to it is left  *)
(* on the way: an answer that is received again and again counts again and *)
(* again.                                                                  *)
(***************************************************************************)
Alone(s) ==
    /\ \A j \in Servers \ {s} : ~up[j]
    /\ \A m \in msgs : m.type = "RequestVote" \/ m.to # s

AloneSpec(s) == Spec /\ WF_vars(CheckQuorum(s))
StepsDown(s) == [](<>[]Alone(s) => <>(role[s] # "leader"))

(***************************************************************************)
(* All steps but one are steps of Raft, or leave its variables alone.  The *)
(* one is the step of a leader that finds no quorum: it becomes a follower *)
(* in its own term.  Raft has no such step.  There a leader leads until it *)
(* crashes or hears of a higher term, and that can be never; so this       *)
(* module does not refine Raft.  But what Raft is for it keeps: it is the  *)
(* replicated log.                                                         *)
(***************************************************************************)
RefinesLog == INSTANCE RaftRefinesLog

Refinement == RefinesLog!Refinement

THEOREM Spec => []TypeOK /\ []Raft!Safe /\ []OnlyLeadersHear /\ Refinement
THEOREM Cardinality(Servers) > 1 => \A s \in Servers : AloneSpec(s) => StepsDown(s)
=============================================================================
