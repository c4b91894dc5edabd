------------------------------- MODULE PreVote -------------------------------
(***************************************************************************)
(* Raft with a pre-vote: a server asks before it stands.                   *)
(*                                                                         *)
(* THE PROBLEM.  A server that is cut off stands for election again and    *)
(* again, and its term rises each time.  When it comes back, that term     *)
(* deposes a leader with whom nothing was wrong.                           *)
(*                                                                         *)
(* THE IDEA.  Before a server raises its term it asks whether it would get *)
(* the votes of a quorum.  A server says yes if it would vote so (the      *)
(* candidate's log is not behind) and if it has not heard from a leader    *)
(* itself for an election timeout.  To say yes binds to nothing: no term   *)
(* changes, nothing is written, and many may be told yes.                  *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 9.6.  In Raft, Timeout is the step of *)
(* a timer; here it is a part of the step that handles the last pre-vote.  *)
(*                                                                         *)
(* DEPARTURES.  Real time is not modelled: LeaderSilent(i) is the moment   *)
(* at which server i has heard from no leader for the least election       *)
(* timeout, and comes when it likes.  A server says yes only in a term     *)
(* that is later than its own.  One who refuses tells its term, so that a  *)
(* server that has missed a term learns of it (as in RequestVote).         *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Volatile: whether a server asks for pre-votes, and whose it has; and
    \* whether it has heard from the leader of its term in time.
    asking, preVotes, heard

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

preVars == <<asking, preVotes, heard>>
vars    == <<raftVars, asking, preVotes, heard>>

(***************************************************************************)
(* Messages.                                                               *)
(*   PreVote          would you vote for me in this term?                  *)
(*   PreVoteResponse  yes, in the term that was asked for; or no, and the  *)
(*                    current term of one who says no                      *)
(***************************************************************************)
PreVoteMessage ==
    [type : {"PreVote"}, term : Nat, from : Servers, lastIndex : Nat, lastTerm : Nat]
    \cup
    [type : {"PreVoteResponse"}, term : Nat, from : Servers, to : Servers, granted : BOOLEAN]

(***************************************************************************)
(* The rules, and what may happen.                                         *)
(***************************************************************************)
\* A server that has heard from a leader in time, or leads, says no.
MayPreVote(hasHeard, leads) == ~hasHeard /\ ~leads

\* The current term of a server, t, after it was asked for a pre-vote in u.
TermAfterPreVote(t, u) == t

\* Whether a server that has heard from a leader in time, or not, has heard from
\* one in a term of which it hears for the first time: not yet.
HeardInNewTerm(hasHeard) == FALSE

\* A server in role r that has the pre-votes stands: a candidate too, which has
\* asked again; but not one that has won in between, by votes that came late.
StandsFrom(r) == r # "leader"

MaySilence(i) == TRUE       \* server i may hear from no leader for a while

TypeOK ==
    /\ Raft!TypeOK
    /\ \A m \in msgs \cup {h.msg : h \in UNION {held[i] : i \in Servers}} :
          m.type \in {"PreVote", "PreVoteResponse"} => m \in PreVoteMessage
    /\ asking \in [Servers -> BOOLEAN]
    /\ preVotes \in [Servers -> SUBSET Servers]
    /\ heard \in [Servers -> BOOLEAN]

Init ==
    /\ Raft!Init
    /\ asking = [i \in Servers |-> FALSE]
    /\ preVotes = [i \in Servers |-> {}]
    /\ heard = [i \in Servers |-> FALSE]

\* Server i gives up asking, and has heard from the leader of its term, or not.
Rest(i, h) ==
    /\ asking' = [asking EXCEPT ![i] = FALSE]
    /\ preVotes' = [preVotes EXCEPT ![i] = {}]
    /\ heard' = [heard EXCEPT ![i] = h]

\* Server i hears of term t.
RestIfNewer(i, t) ==
    IF t > currentTerm[i] THEN Rest(i, HeardInNewTerm(heard[i])) ELSE UNCHANGED preVars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Server i has heard from no leader for the least election timeout.       *)
(***************************************************************************)
LeaderSilent(i) ==
    /\ up[i] /\ heard[i] /\ MaySilence(i)
    /\ heard' = [heard EXCEPT ![i] = FALSE]
    /\ UNCHANGED <<raftVars, asking, preVotes>>

(***************************************************************************)
(* The election timer of server i runs out.  It would vote for itself, so  *)
(* it asks the others; or stands at once, if it decides alone.             *)
(***************************************************************************)
AskForPreVotes(i) ==
    /\ up[i] /\ role[i] # "leader" /\ ~heard[i]
    /\ Raft!MayStand(i, log[i]) /\ Raft!MayTimeOut(i, currentTerm[i] + 1)
    /\ IF Raft!IsQuorum({i}, log[i])
       THEN Raft!StartElection(i) /\ Rest(i, FALSE)
       ELSE /\ asking' = [asking EXCEPT ![i] = TRUE]
            /\ preVotes' = [preVotes EXCEPT ![i] = {i}]
            /\ Raft!Send(i, {[type |-> "PreVote", term |-> currentTerm[i] + 1, from |-> i,
                              lastIndex |-> Len(log[i]), lastTerm |-> Raft!LastTerm(log[i])]})
            /\ UNCHANGED <<heard, disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* Server i is asked for a pre-vote.                                       *)
(***************************************************************************)
HandlePreVote(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "PreVote" /\ m.from # i
    /\ LET t     == TermAfterPreVote(currentTerm[i], m.term)
           grant == /\ m.term > currentTerm[i]
                    /\ MayPreVote(heard[i], role[i] = "leader")
                    /\ Raft!UpToDate(m.lastIndex, m.lastTerm, log[i])
       IN  /\ Raft!HearOf(i, t)
           /\ Raft!PersistAndSend(i, t, Raft!NewVote(i, t), log[i],
                 IF grant \/ Raft!MayRefuse(i)
                 THEN {[type |-> "PreVoteResponse", term |-> IF grant THEN m.term ELSE t,
                        from |-> i, to |-> m.from, granted |-> grant]}
                 ELSE {})
           /\ RestIfNewer(i, t)
    /\ UNCHANGED <<disk, up, commitVars, requested>>

(***************************************************************************)
(* Server i gets an answer.  With the pre-vote that makes a quorum it      *)
(* stands. One that says no and is ahead tells the term.                   *)
(***************************************************************************)
HandlePreVoteResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "PreVoteResponse" /\ m.to = i
    /\ IF asking[i] /\ StandsFrom(role[i]) /\ m.granted /\ m.term = currentTerm[i] + 1
       THEN IF Raft!IsQuorum(preVotes[i] \cup {m.from}, log[i])
            THEN /\ Raft!StartElection(i)
                 /\ Rest(i, FALSE)
            ELSE /\ preVotes' = [preVotes EXCEPT ![i] = @ \cup {m.from}]
                 /\ UNCHANGED <<raftVars, asking, heard>>
       ELSE LET t == IF m.granted THEN currentTerm[i] ELSE m.term
            IN  /\ Raft!HearOf(i, t)
                /\ Raft!PersistAndSend(i, Raft!NewTerm(i, t), Raft!NewVote(i, t), log[i], {})
                /\ RestIfNewer(i, t)
                /\ UNCHANGED <<disk, up, commitVars, requested>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The actions of Raft.  To hear from the leader of one's term ends        *)
(* asking.                                                                 *)
(***************************************************************************)
HandleRequestVote(i, m)         == Raft!HandleRequestVote(i, m) /\ RestIfNewer(i, m.term)
HandleRequestVoteResponse(i, m) == Raft!HandleRequestVoteResponse(i, m) /\ RestIfNewer(i, m.term)
ClientRequest(i, v)             == Raft!ClientRequest(i, v) /\ UNCHANGED preVars
SendAppendEntries(i, j, n)      == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED preVars

HandleAppendEntries(i, m) ==
    /\ Raft!HandleAppendEntries(i, m)
    /\ IF m.term >= currentTerm[i] THEN Rest(i, TRUE) ELSE UNCHANGED preVars

HandleAppendEntriesResponse(i, m) ==
    Raft!HandleAppendEntriesResponse(i, m) /\ RestIfNewer(i, m.term)

Sync(i)    == Raft!Sync(i) /\ UNCHANGED preVars
Crash(i)   == Raft!Crash(i) /\ Rest(i, FALSE)
Recover(i) == Raft!Recover(i) /\ UNCHANGED preVars
Lose(m)    == Raft!Lose(m) /\ UNCHANGED preVars

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

ReceivePreVote(i)         == \E m \in Raft!Sent("PreVote") : HandlePreVote(i, m)
ReceivePreVoteResponse(i) == \E m \in Raft!Sent("PreVoteResponse") : HandlePreVoteResponse(i, m)

Next ==
    \/ \E i \in Servers : LeaderSilent(i)
    \/ \E i \in Servers : AskForPreVotes(i)
    \/ \E i \in Servers : ReceivePreVote(i)
    \/ \E i \in Servers : ReceivePreVoteResponse(i)
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
(* Without the messages of its own, all this is Raft: an election that     *)
(* starts is a Timeout.  Of what else is new one step concerns Raft's      *)
(* variables: who asks for a pre-vote and is refused may be told of a      *)
(* later term, and comes to it.  All the rest leaves them alone.           *)
(***************************************************************************)
NotOwn(M) == {m \in M : m.type \notin {"PreVote", "PreVoteResponse"}}

Core == INSTANCE Raft WITH
           msgs <- NotOwn(msgs),
           held <- [i \in Servers |-> {h \in held[i] : NotOwn({h.msg}) # {}}]

\* Server i is told of term t.
Told(i, t) ==
    /\ up[i] /\ t > currentTerm[i]
    /\ Core!HearOf(i, t)
    /\ Core!PersistAndSend(i, t, None, log[i], {})
    /\ UNCHANGED <<disk, up, commitVars, requested>>

Refusals == {m \in Raft!Sent("PreVoteResponse") : ~m.granted}

Refinement ==
    Core!Init /\ [][Core!Next \/ \E i \in Servers, m \in Refusals : Told(i, m.term)]_(Core!vars)

(***************************************************************************)
(* Leader s is not disturbed: it leads term 1, and no server comes to any  *)
(* other.  That is so if it led to begin with and every quorum has a       *)
(* server that goes on hearing from a leader (MaySilence), whatever the    *)
(* others do.                                                              *)
(***************************************************************************)
NotDisturbed(s) ==
    /\ role[s] = "leader"
    /\ \A i \in Servers : currentTerm[i] <= 1 /\ disk[i].term <= 1

THEOREM Spec => []TypeOK /\ []Raft!Safe /\ Refinement
=============================================================================
