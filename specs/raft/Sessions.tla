------------------------------ MODULE Sessions -------------------------------
(***************************************************************************)
(* Raft with client sessions: each request takes effect once.              *)
(*                                                                         *)
(* THE PROBLEM.  A client that gets no answer asks again, maybe another    *)
(* server, and the network delivers what it likes twice.  So a log can     *)
(* hold one request twice, and an increment would count double.            *)
(*                                                                         *)
(* THE IDEA.  Each client numbers its requests and has one open at a time. *)
(* The state machine remembers for each client the last request that took  *)
(* effect and its answer.  A request that is not newer has no effect; if   *)
(* it is the last one, its answer is given once more.  The memory is a     *)
(* part of the state machine, so all servers decide alike.                 *)
(*                                                                         *)
(* SOURCE.  Ongaro's thesis, section 6.3.                                  *)
(*                                                                         *)
(* DEPARTURES.  Sessions exist from the start and never expire (the thesis *)
(* opens them by a log entry, and has servers agree on expiry in the log). *)
(* An answer reaches its client in the step that gives it, or never did:   *)
(* the client asks again.  The thesis also lets a client have several      *)
(* requests open, of which each tells the lowest one without an answer;    *)
(* here it has one.                                                        *)
(*                                                                         *)
(* THE MACHINE is that of module StateMachine (specs/log): its state is    *)
(* the sequence of requests that took effect, and the answer to a request  *)
(* is its place there.  Whatever another machine answers is a function of  *)
(* that.                                                                   *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS Servers, Values, NoOp, None     \* as in Raft

CONSTANT Clients            \* Values are their requests

ASSUME Values \subseteq [client : Clients, seq : Nat \ {0}]

VARIABLES
    \* Those of Raft.
    msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role, commitIndex,
    votes, nextIndex, matchIndex, elected, chosen, requested,

    \* Of a client: the number of its last request, and whether that is open.
    asked, open,

    \* History, in no server: how many requests had taken effect when the last
    \* one of each client was made; and the answers that clients were given.
    floor, replies

Raft == INSTANCE Raft

persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
raftVars    == <<persistVars, disk, up, roleVars, commitVars, requested>>

clientVars == <<asked, open, floor, replies>>
vars       == <<raftVars, asked, open, floor, replies>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The state machine.  It keeps for each client the number and the answer  *)
(* of the last request that took effect.                                   *)
(***************************************************************************)
NoSessions == [effects |-> <<>>, last |-> [c \in Clients |-> [seq |-> 0, result |-> 0]]]

\* A request is new if its number is.  (A rule: a model can break it.)
IsNew(seq, last) == seq > last

Execute(s, v) ==
    IF Raft!IsInternal(v) THEN s
    ELSE IF IsNew(v.seq, s.last[v.client].seq)
    THEN [effects |-> Append(s.effects, v),
          last |-> [s.last EXCEPT ![v.client] =
                       [seq |-> v.seq, result |-> Len(s.effects) + 1]]]
    ELSE s

RECURSIVE ExecuteAll(_, _)
ExecuteAll(s, l) == IF l = <<>> THEN s ELSE ExecuteAll(Execute(s, Head(l).value), Tail(l))

\* Of log l, of which c entries are known to be committed, a server executes so
\* much.  (A rule.)
Applied(l, c) == Raft!UpTo(l, c)

\* The state of server i.
State(i) == ExecuteAll(NoSessions, Applied(log[i], commitIndex[i]))

\* What has been committed, executed.
Truth == ExecuteAll(NoSessions, chosen)

(***************************************************************************)
(* The rules of clients and of answers.                                    *)
(***************************************************************************)
\* The number of the request that follows number n.
NextNumber(n) == n + 1

\* A session whose last request had number n holds the answer to request a.
HoldsAnswer(n, a) == n = a

-----------------------------------------------------------------------------
TypeOK ==
    /\ Raft!TypeOK
    /\ asked \in [Clients -> Nat]
    /\ open \in [Clients -> BOOLEAN]
    /\ floor \in [Clients -> Nat]
    /\ \A m \in replies : m.cmd \in Values /\ m.result \in Nat \ {0}

Init ==
    /\ Raft!Init
    /\ asked = [c \in Clients |-> 0]
    /\ open = [c \in Clients |-> FALSE]
    /\ floor = [c \in Clients |-> 0]
    /\ replies = {}

(***************************************************************************)
(* Client c makes its next request.  It has an answer to the one before.   *)
(***************************************************************************)
Invoke(c) ==
    /\ ~open[c] /\ [client |-> c, seq |-> NextNumber(asked[c])] \in Values
    /\ asked' = [asked EXCEPT ![c] = NextNumber(@)]
    /\ open' = [open EXCEPT ![c] = TRUE]
    /\ floor' = [floor EXCEPT ![c] = Len(Truth.effects)]
    /\ UNCHANGED <<raftVars, replies>>

(***************************************************************************)
(* A request that was made arrives at leader i: for the first time,        *)
(* because its client asks again, or because the network has repeated it.  *)
(***************************************************************************)
ClientRequest(i, v) ==
    /\ v.seq <= asked[v.client]
    /\ Raft!ClientRequest(i, v)
    /\ UNCHANGED clientVars

(***************************************************************************)
(* Leader i, whose state is s, answers client c: its last request has      *)
(* taken effect.                                                           *)
(***************************************************************************)
ReplyFrom(i, c, s) ==
    /\ up[i] /\ role[i] = "leader" /\ open[c]
    /\ LET session == s.last[c]
       IN  /\ HoldsAnswer(session.seq, asked[c])
           /\ replies' = replies \cup {[cmd    |-> [client |-> c, seq |-> asked[c]],
                                        result |-> session.result]}
    /\ open' = [open EXCEPT ![c] = FALSE]
    /\ UNCHANGED <<raftVars, asked, floor>>

Reply(i, c) == ReplyFrom(i, c, State(i))

(***************************************************************************)
(* The other actions of Raft.                                              *)
(***************************************************************************)
Timeout(i)                        == Raft!Timeout(i) /\ UNCHANGED clientVars
HandleRequestVote(i, m)           == Raft!HandleRequestVote(i, m) /\ UNCHANGED clientVars
HandleRequestVoteResponse(i, m)   == Raft!HandleRequestVoteResponse(i, m) /\ UNCHANGED clientVars
SendAppendEntries(i, j, n)        == Raft!SendAppendEntries(i, j, n) /\ UNCHANGED clientVars
HandleAppendEntries(i, m)         == Raft!HandleAppendEntries(i, m) /\ UNCHANGED clientVars
HandleAppendEntriesResponse(i, m) == Raft!HandleAppendEntriesResponse(i, m) /\ UNCHANGED clientVars
Sync(i)                           == Raft!Sync(i) /\ UNCHANGED clientVars
Crash(i)                          == Raft!Crash(i) /\ UNCHANGED clientVars
Recover(i)                        == Raft!Recover(i) /\ UNCHANGED clientVars
Lose(m)                           == Raft!Lose(m) /\ UNCHANGED clientVars

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
    \/ \E c \in Clients : Invoke(c)
    \/ \E i \in Servers, c \in Clients : Reply(i, c)
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
(* At most once: no request takes effect twice, at any server.             *)
(***************************************************************************)
Once(s) == \A a, b \in DOMAIN s : s[a] = s[b] => a = b

AtMostOnce == Once(Truth.effects) /\ \A i \in Servers : Once(State(i).effects)

(***************************************************************************)
(* An answer is right for good: it is the place of the request.            *)
(***************************************************************************)
RepliesRight ==
    \A m \in replies : m.result <= Len(Truth.effects) /\ Truth.effects[m.result] = m.cmd

(***************************************************************************)
(* Linearizability of requests: each takes effect after it was made (and   *)
(* before it is answered: RepliesRight), so not before any that was        *)
(* answered by then.                                                       *)
(***************************************************************************)
EffectAfterInvoke ==
    [][\A c \in Clients : open[c] /\ ~open'[c] =>
          \A m \in replies' :
              m.cmd = [client |-> c, seq |-> asked[c]] => m.result > floor[c]]_vars

(***************************************************************************)
(* With its clients, all this is the replicated log, answers included.     *)
(***************************************************************************)
ReplicatedLog == INSTANCE ReplicatedLog WITH
    Replicas <- Servers,
    Commands <- Values,
    Internal <- {NoOp},
    invoked  <- requested,
    log      <- [k \in DOMAIN chosen |-> chosen[k].value],
    state    <- [i \in Servers |-> State(i).effects]

Refinement == ReplicatedLog!Spec

THEOREM Spec =>
    []TypeOK /\ []Raft!Safe /\ []AtMostOnce /\ []RepliesRight /\ EffectAfterInvoke /\ Refinement
=============================================================================
