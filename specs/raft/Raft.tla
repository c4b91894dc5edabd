-------------------------------- MODULE Raft ---------------------------------
(***************************************************************************)
(* Raft: a replicated log by an elected leader, over disks.                *)
(*                                                                         *)
(* THE PROBLEM.  Several servers are to agree on one growing sequence of   *)
(* commands (module ReplicatedLog), although the network loses, repeats    *)
(* and reorders messages and every server may crash at any time and come   *)
(* back with nothing but its disk.                                         *)
(*                                                                         *)
(* THE IDEA.  Time is divided into terms, and in each term at most one     *)
(* server leads.  The leader alone decides what comes next in the log, and *)
(* the others copy it.  An entry is committed once a majority has it on    *)
(* disk.  To lead, a server needs the votes of a majority, and nobody      *)
(* votes for one whose log is behind its own; so whoever is elected has    *)
(* met a server with every committed entry, and has them all itself.       *)
(*                                                                         *)
(* SOURCES.  D. Ongaro and J. Ousterhout, In Search of an Understandable   *)
(* Consensus Algorithm, USENIX ATC 2014, and D. Ongaro, Consensus:         *)
(* Bridging Theory and Practice, PhD thesis, Stanford 2014.  Chapter 3 is  *)
(* this module; section numbers are those of the thesis.  Names are those  *)
(* of its Figure 3.1.                                                      *)
(*                                                                         *)
(* SYSTEM MODEL.  Asynchronous network, no bound on delays or on how long  *)
(* a server is down.  Servers fail by crashing and lie to nobody.  Disks   *)
(* keep what an fsync has covered.                                         *)
(*                                                                         *)
(* THE GRAIN is that of code: each action is one input (a request, a       *)
(* message, a timer, an fsync that ended) handled by one server in one     *)
(* step.  What the step writes (a new term or vote, entries) goes to the   *)
(* end of the server's unsynced records, and is durable only after a later *)
(* Sync.  What it sends leaves only when all that the server has written   *)
(* is durable; until then the message is held, and a crash loses it.       *)
(*                                                                         *)
(* ONE EXCEPTION: AppendEntries may leave before the leader's own write of *)
(* these entries is durable, so that the leader's disk and the followers'  *)
(* work side by side (section 10.2.1).  In return the leader counts        *)
(* itself towards a majority only for what is durable on its own disk; and *)
(* a candidate its own vote.                                               *)
(*                                                                         *)
(* DURABLE are the current term, the vote in it, and the log (Figure 3.1,  *)
(* persistent state).  All else is volatile.                               *)
(*                                                                         *)
(* DEPARTURES from the thesis.  A newly elected leader appends an entry    *)
(* that does nothing (section 6.4, there for the sake of reads): without   *)
(* it what earlier terms have left commits only when a client asks for     *)
(* something.  A follower that refuses entries says how far the leader has *)
(* to go back at most: section 4.2.1 proposes to tell the length of the    *)
(* log, and 3.5 has a finer hint.  The thesis speaks of remote procedure   *)
(* calls, which are tried again until there is an answer (3.3).  Here are  *)
(* messages, and answers say what they answer: entries can be sent again   *)
(* at any time, votes are asked for once, and a candidate that gets no     *)
(* answer stands again.  But who refuses the entries of an earlier term    *)
(* answers with its own term, and a server that comes to lead that term    *)
(* takes this for a refusal of now.  It goes back to what it knows to      *)
(* match, and sends again what is there perhaps: that costs time, no more. *)
(* The commit index stands for the state machine too: lastApplied is not   *)
(* modelled, since applying is the server's own affair.  A client asks the *)
(* leader at once: how it finds the cluster and its leader (6.1, 6.2) is   *)
(* not here.  Clients get no replies here: that is what modules Sessions   *)
(* and ReadIndex are about.                                                *)
(*                                                                         *)
(* EXTENSIONS.  Each further part of the thesis is a module of its own, so *)
(* that a model pays only for the parts that it turns on:                  *)
(*                                                                         *)
(*   PreVote       asking before standing (section 9.6)                    *)
(*   CheckQuorum   a leader that reaches nobody steps down (6.2)           *)
(*   Sessions      each command takes effect once (6.3)                    *)
(*   ReadIndex     linearizable reads without log entries (6.4)            *)
(*   Lease         linearizable reads without messages (6.4.1)             *)
(*   Transfer      handing over leadership (3.10)                          *)
(*   Snapshot      log compaction and InstallSnapshot (chapter 5)          *)
(*   SingleServer  membership change, one server at a time (4.1)           *)
(*   Joint         membership change by joint consensus (4.3)              *)
(*   Learners      servers that learn and do not vote (4.2.1)              *)
(*                                                                         *)
(* RaftServer joins them: the server that has them all, and what each has  *)
(* to know of the others.                                                  *)
(*                                                                         *)
(* An extension has all the variables of this module and some of its own,  *)
(* and `Raft == INSTANCE Raft`.  It may do three things, and no other.     *)
(*   1. Strengthen an action of this module, under the same name:          *)
(*      Sync(i) == Raft!Sync(i) /\ what happens to the variables that are  *)
(*      its own.                                                           *)
(*   2. Add actions.  What they do to the variables of this module they do *)
(*      by an action of this module, or by the pieces of which actions are *)
(*      made below (PersistAndSend, StartElection, ...).  Messages of new  *)
(*      types go through the same network and wait for the same disks.     *)
(*   3. Replace a rule of this module.  Rules speak of their arguments     *)
(*      alone and not of variables, so each is a parameter of this module  *)
(*      with a default value.  The extension defines the new rule and says *)
(*      so in its head; its models put it in place (IsQuorum <- [Raft]     *)
(*      JointQuorum).                                                      *)
(* Since an action has one name in all of them, extensions can be joined   *)
(* by conjunction: Sync(i) == P!Sync(i) /\ C!Sync(i), where P and C are    *)
(* instances of two of them, is the fsync of a server that has both.       *)
(* A broken variant replaces a rule by one that is wrong, in a model.      *)
(***************************************************************************)
EXTENDS RaftData

-----------------------------------------------------------------------------
(***************************************************************************)
(* The rules on which the protocol stands, each with a name so that an     *)
(* extension or a model can replace it.                                    *)
(***************************************************************************)
\* The term of a server in term t that hears of term u.
TermAfter(t, u) == Max(t, u)

\* The servers Q decide for a server whose log is l: a majority of all.
IsQuorum(Q, l) == 2 * Cardinality(Q) > Cardinality(Servers)

\* To whom a leader whose log is l sends entries.
Members(l) == Servers

\* Server i whose log is l may stand for election.
MayStand(i, l) == TRUE

\* One who has voted for v in this term (None: for nobody) may vote for c.
MayVote(v, c) == v \in {None, c}

\* A log that ends so is not behind log l (section 3.6.1).
UpToDate(lastIndex, lastTerm, l) ==
    \/ lastTerm > LastTerm(l)
    \/ lastTerm = LastTerm(l) /\ lastIndex >= Len(l)

\* Log l has the entry before those that are sent: one with index prev and the
\* term prevTerm (the consistency check, section 3.5).
Agrees(l, prev, prevTerm) == prev <= Len(l) /\ TermAt(l, prev) = prevTerm

\* What is left of log l when entries come to stand after index prev: entries
\* that are there already stay, with all that follows them; from the first
\* conflict on the log is replaced (section 3.5).
Merge(l, prev, entries) ==
    LET n == Len(entries)
    IN  IF \/ Len(l) < prev + n
           \/ \E k \in 1..n : l[prev + k].term # entries[k].term
        THEN UpTo(l, prev) \o entries
        ELSE l

\* Up to where a leader knows a follower's log to be as its own: it was m, and
\* now an answer says k, late perhaps.
MatchAfter(m, k) == Max(m, k)

\* The index of the next entry for a follower that has refused: it was n, the
\* follower's log is as the leader's up to m, and to go back to k is enough.
NextAfter(n, m, k) == Max(m + 1, Min(n, k + 1))

\* The log of a leader when it appends entry e; of log l, c entries are known to
\* be committed.
Appended(l, c, e) == Append(l, e)

\* In term t, an entry of term u is committed once a quorum has it; earlier
\* ones only with it (section 3.6.2).
Counts(u, t) == u = t

\* The commit index of the leader of term t with log l, when c was the last:
\* match[j] is how far it knows the log of j to be as its own.
CommitIndex(l, match, t, c) ==
    LET K == {k \in (c + 1)..Len(l) :
                 /\ Counts(l[k].term, t)
                 /\ IsQuorum({j \in Servers : match[j] >= k}, l)}
    IN  IF K = {} THEN c ELSE Largest(K)

\* The commit index of a follower when it was c and the leader says commit; last
\* is up to where log l of the follower was found to be as the leader's.
LearnedCommit(l, last, commit, c) == Max(c, Min(commit, last))

\* Up to where a leader counts itself, of whose len entries the first durable
\* ones are on its disk.
OwnMatch(durable, len) == durable

\* Commands that nobody has asked for.
IsInternal(v) == v = NoOp

\* What a leader appends when it is elected in term t.
FirstEntries(t) == <<Entry(t, NoOp)>>

\* A message may leave a server with unsynced records R.  (A leader's term and
\* vote are durable, for it has counted its own vote: so all that R can hold of
\* a leader is entries and, in module Snapshot, snapshots.)
MayLeave(type, R) == R = <<>> \/ type = "AppendEntries"

\* A disk that nothing was written to; and what record r makes of disk d.
EmptyDisk == [term |-> 0, vote |-> None, log |-> <<>>]
Write(d, r) ==
    IF r.type = "vote" THEN [d EXCEPT !.term = r.term, !.vote = r.vote]
    ELSE [d EXCEPT !.log = UpTo(@, r.after) \o r.entries]

\* What a server takes from its disk when it recovers, and how much of its log
\* it then knows to be committed.
Recovered(d)       == d
RecoveredCommit(d) == 0

(***************************************************************************)
(* What may go wrong, or happen at all.  A model can rule out each.        *)
(***************************************************************************)
MayRequest(i, v)   == TRUE  \* a client may ask server i for v
MayTimeOut(i, t)   == TRUE  \* server i may start an election for term t
MayRefuse(i)       == TRUE  \* server i says so when it refuses a vote or an old leader
MaySend(i, j, n)   == TRUE  \* leader i may send j its next n entries
MayCrash(i)        == TRUE  \* server i may crash
MayRecover(i)      == TRUE  \* server i may come back
MayLose(m)         == TRUE  \* the network may lose message m

RECURSIVE WriteAll(_, _)
WriteAll(d, R) == IF R = <<>> THEN d ELSE WriteAll(Write(d, Head(R)), Tail(R))

-----------------------------------------------------------------------------
VARIABLES
    \* The network: messages on their way.  Receiving one leaves it there, so
    \* that it can be received again; order means nothing in a set.
    msgs,

    \* The disks.  disk[i] is what survives a crash of server i.  unsynced[i] are
    \* the records that it has written since.  held[i] are the messages that
    \* wait: each for the first `after` unsynced records to be durable.
    disk, unsynced, held,

    \* Volatile: which servers are up.
    up,

    \* In memory, what the disk will be once all is synced.
    currentTerm, votedFor, log,

    \* Volatile, of every server: "follower", "candidate" or "leader", and how
    \* much of its log it knows to be committed.
    role, commitIndex,

    \* Volatile, of a candidate: whose votes it has.
    votes,

    \* Volatile, of a leader, for each server: the index of the next entry to
    \* send, and up to where its durable log is known to be as the leader's.
    nextIndex, matchIndex,

    \* History, in no server: who was elected in which term; the committed log,
    \* each entry with the term of the leader that committed it first; and all
    \* values that clients have asked for.
    elected, chosen, requested

stableVars  == <<currentTerm, votedFor, log>>
persistVars == <<msgs, unsynced, held, currentTerm, votedFor, log>>
leaderVars  == <<nextIndex, matchIndex>>
roleVars    == <<role, votes, nextIndex, matchIndex, elected>>
commitVars  == <<commitIndex, chosen>>
vars        == <<msgs, disk, unsynced, held, up, currentTerm, votedFor, log, role,
                 commitIndex, votes, nextIndex, matchIndex, elected, chosen, requested>>

TypeOK ==
    /\ \A m \in msgs : IsMessage(m)
    /\ \A i \in Servers :
          /\ disk[i].term \in Nat /\ disk[i].vote \in Servers \cup {None}
          /\ \A h \in held[i] : h.after \in 1..Len(unsynced[i]) /\ IsMessage(h.msg)
          /\ \A k \in DOMAIN log[i] : log[i][k].term \in 1..currentTerm[i]
          /\ commitIndex[i] \in 0..Len(log[i])
    /\ up \in [Servers -> BOOLEAN]
    /\ currentTerm \in [Servers -> Nat]
    /\ votedFor \in [Servers -> Servers \cup {None}]
    /\ role \in [Servers -> {"follower", "candidate", "leader"}]
    /\ votes \in [Servers -> SUBSET Servers]
    /\ nextIndex \in [Servers -> [Servers -> Nat \ {0}]]
    /\ matchIndex \in [Servers -> [Servers -> Nat]]
    /\ requested \subseteq Values

NoNext  == [j \in Servers |-> 1]
NoMatch == [j \in Servers |-> 0]

Init ==
    /\ msgs = {}
    /\ disk = [i \in Servers |-> EmptyDisk]
    /\ unsynced = [i \in Servers |-> <<>>]
    /\ held = [i \in Servers |-> {}]
    /\ up = [i \in Servers |-> TRUE]
    /\ currentTerm = [i \in Servers |-> 0]
    /\ votedFor = [i \in Servers |-> None]
    /\ log = [i \in Servers |-> <<>>]
    /\ role = [i \in Servers |-> "follower"]
    /\ commitIndex = [i \in Servers |-> 0]
    /\ votes = [i \in Servers |-> {}]
    /\ nextIndex = [i \in Servers |-> NoNext]
    /\ matchIndex = [i \in Servers |-> NoMatch]
    /\ elected = {}
    /\ chosen = <<>>
    /\ requested = {}

\* Another state to start from, for models of what happens later: s leads term
\* 1, its first entry is committed and known to be, and no message is on its way
\* (all are lost).  Model reach-established shows that it is reached.
Established(s) ==
    LET l == FirstEntries(1)
    IN  /\ msgs = {}
        /\ disk = [i \in Servers |-> [EmptyDisk EXCEPT !.term = 1, !.vote = s, !.log = l]]
        /\ unsynced = [i \in Servers |-> <<>>]
        /\ held = [i \in Servers |-> {}]
        /\ up = [i \in Servers |-> TRUE]
        /\ currentTerm = [i \in Servers |-> 1]
        /\ votedFor = [i \in Servers |-> s]
        /\ log = [i \in Servers |-> l]
        /\ role = [i \in Servers |-> IF i = s THEN "leader" ELSE "follower"]
        /\ commitIndex = [i \in Servers |-> Len(l)]
        /\ votes = [i \in Servers |-> {}]
        /\ nextIndex = [i \in Servers |->
                           IF i = s THEN [j \in Servers |-> IF j = s THEN 1 ELSE Len(l) + 1]
                           ELSE NoNext]
        /\ matchIndex = [i \in Servers |->
                            IF i = s THEN [j \in Servers |-> Len(l)] ELSE NoMatch]
        /\ elected = {[term |-> 1, leader |-> s]}
        /\ chosen = [k \in DOMAIN l |-> [term |-> 1, value |-> l[k].value, by |-> 1]]
        /\ requested = {}

-----------------------------------------------------------------------------
\* THE PIECES of which actions are made.

(***************************************************************************)
(* Server i comes to term t, vote v in it, and log l.  It writes the       *)
(* records W that say so, and sends the messages M, each now or when all   *)
(* that i has written is durable.  Assigns persistVars.                    *)
(***************************************************************************)
WriteAndSend(i, t, v, l, W, M) ==
    LET R    == unsynced[i] \o W
        Wait == {m \in M : ~MayLeave(m.type, R)}
    IN  /\ currentTerm' = [currentTerm EXCEPT ![i] = t]
        /\ votedFor' = [votedFor EXCEPT ![i] = v]
        /\ log' = [log EXCEPT ![i] = l]
        /\ unsynced' = [unsynced EXCEPT ![i] = R]
        /\ held' = [held EXCEPT ![i] = @ \cup {[after |-> Len(R), msg |-> m] : m \in Wait}]
        /\ msgs' = msgs \cup (M \ Wait)

PersistAndSend(i, t, v, l, M) ==
    WriteAndSend(i, t, v, l, Records(currentTerm[i], votedFor[i], log[i], t, v, l), M)

Send(i, M) == PersistAndSend(i, currentTerm[i], votedFor[i], log[i], M)

(***************************************************************************)
(* The term and the vote of server i after it has heard of term t: the     *)
(* higher of the two terms (section 3.3), and in a new one it has not voted*)
(* yet.                                                                    *)
(***************************************************************************)
NewTerm(i, t) == TermAfter(currentTerm[i], t)
NewVote(i, t) == IF t > currentTerm[i] THEN None ELSE votedFor[i]

\* Server i takes role r, "follower" or "candidate", with no votes yet.
Become(i, r) ==
    /\ role' = [role EXCEPT ![i] = r]
    /\ votes' = [votes EXCEPT ![i] = {}]
    /\ nextIndex' = [nextIndex EXCEPT ![i] = NoNext]
    /\ matchIndex' = [matchIndex EXCEPT ![i] = NoMatch]
    /\ UNCHANGED elected

\* Server i hears of term t, and steps down if it is a higher one.
HearOf(i, t) ==
    IF t > currentTerm[i] THEN Become(i, "follower") ELSE UNCHANGED roleVars

\* Candidate i has the votes V.  Wins tells whether they are enough; then i
\* leads, and appends its first entries to its log, which is for the caller to
\* write (LogIfElected).
Wins(i, V) == role[i] = "candidate" /\ IsQuorum(V, log[i])

LogIfElected(i, V) ==
    IF Wins(i, V) THEN log[i] \o FirstEntries(currentTerm[i]) ELSE log[i]

CountVotes(i, V) ==
    IF Wins(i, V)
    THEN /\ role' = [role EXCEPT ![i] = "leader"]
         /\ votes' = [votes EXCEPT ![i] = {}]
         /\ nextIndex' = [nextIndex EXCEPT ![i] = [j \in Servers |-> Len(log[i]) + 1]]
         /\ matchIndex' = [matchIndex EXCEPT ![i] = [NoMatch EXCEPT ![i] = Len(log[i])]]
         /\ elected' = elected \cup {[term |-> currentTerm[i], leader |-> i]}
    ELSE /\ votes' = [votes EXCEPT ![i] = V]
         /\ UNCHANGED <<role, nextIndex, matchIndex, elected>>

\* Leader i has learned that the log of j is as its own up to index k.
CountMatch(i, j, k) ==
    LET match == [matchIndex[i] EXCEPT ![j] = MatchAfter(@, k),
                                       ![i] = OwnMatch(@, Len(log[i]))]
        c     == CommitIndex(log[i], match, currentTerm[i], commitIndex[i])
    IN  /\ matchIndex' = [matchIndex EXCEPT ![i] = match]
        /\ commitIndex' = [commitIndex EXCEPT ![i] = c]
        /\ chosen' = chosen \o [x \in 1..(IF c > Len(chosen) THEN c - Len(chosen) ELSE 0) |->
                                  [term |-> log[i][Len(chosen) + x].term,
                                   value |-> log[i][Len(chosen) + x].value,
                                   by |-> currentTerm[i]]]

\* What server i asks of the others when it stands.
VoteRequest(i) == [type |-> "RequestVote", term |-> currentTerm[i] + 1, from |-> i,
                   lastIndex |-> Len(log[i]), lastTerm |-> LastTerm(log[i])]

(***************************************************************************)
(* Server i stands for election in the next term, by the request m: it     *)
(* votes for itself, on disk before the request leaves (section 3.4).      *)
(***************************************************************************)
Stand(i, m) ==
    /\ Become(i, "candidate")
    /\ PersistAndSend(i, m.term, i, log[i], {m})
    /\ UNCHANGED <<disk, up, commitVars, requested>>

StartElection(i) == Stand(i, VoteRequest(i))

-----------------------------------------------------------------------------
\* LEADER ELECTION

(***************************************************************************)
(* Server i has heard from no leader for an election timeout, or its own   *)
(* election has come to nothing: it stands (section 3.4).                  *)
(***************************************************************************)
Timeout(i) ==
    /\ up[i] /\ role[i] # "leader"
    /\ MayStand(i, log[i]) /\ MayTimeOut(i, currentTerm[i] + 1)
    /\ StartElection(i)

(***************************************************************************)
(* Server i is asked for its vote.  It gives one vote a term, first come,  *)
(* first served, and only to a candidate whose log is not behind its own.  *)
(* (Figure 3.1, RequestVote RPC, receiver.)                                *)
(***************************************************************************)
HandleRequestVote(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "RequestVote" /\ m.from # i
    /\ LET t     == NewTerm(i, m.term)
           v     == NewVote(i, m.term)
           grant == /\ m.term = t
                    /\ MayVote(v, m.from)
                    /\ UpToDate(m.lastIndex, m.lastTerm, log[i])
       IN  /\ HearOf(i, m.term)
           /\ PersistAndSend(i, t, IF grant THEN m.from ELSE v, log[i],
                 IF grant \/ MayRefuse(i)
                 THEN {[type |-> "RequestVoteResponse", term |-> t, from |-> i,
                        to |-> m.from, granted |-> grant]}
                 ELSE {})
    /\ UNCHANGED <<disk, up, commitVars, requested>>

(***************************************************************************)
(* Server i gets an answer.  With the vote that makes a quorum it leads.   *)
(* (Figure 3.1, rules for candidates.)                                     *)
(***************************************************************************)
HandleRequestVoteResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "RequestVoteResponse" /\ m.to = i
    /\ IF m.term = currentTerm[i] /\ m.granted /\ role[i] = "candidate"
       THEN LET V == votes[i] \cup {m.from}
            IN  /\ CountVotes(i, V)
                /\ PersistAndSend(i, currentTerm[i], votedFor[i], LogIfElected(i, V), {})
       ELSE /\ HearOf(i, m.term)
            /\ PersistAndSend(i, NewTerm(i, m.term), NewVote(i, m.term), log[i], {})
    /\ UNCHANGED <<disk, up, commitVars, requested>>

-----------------------------------------------------------------------------
\* LOG REPLICATION

(***************************************************************************)
(* A client asks leader i for v, which becomes the next entry of its log   *)
(* (section 3.5).                                                          *)
(***************************************************************************)
ClientRequest(i, v) ==
    /\ up[i] /\ role[i] = "leader" /\ MayRequest(i, v)
    /\ requested' = requested \cup {v}
    /\ PersistAndSend(i, currentTerm[i], votedFor[i],
                      Appended(log[i], commitIndex[i], Entry(currentTerm[i], v)), {})
    /\ UNCHANGED <<disk, up, roleVars, commitVars>>

(***************************************************************************)
(* Leader i sends server j the next n entries that it may lack; none, when *)
(* it is only to be heard of.                                              *)
(***************************************************************************)
SendAppendEntries(i, j, n) ==
    /\ up[i] /\ role[i] = "leader" /\ j \in Members(log[i]) \ {i}
    /\ MaySend(i, j, n)
    /\ LET prev == nextIndex[i][j] - 1
       IN  /\ prev + n <= Len(log[i])
           /\ Send(i, {[type |-> "AppendEntries", term |-> currentTerm[i], from |-> i, to |-> j,
                        prev |-> prev, prevTerm |-> TermAt(log[i], prev),
                        entries |-> SubSeq(log[i], prev + 1, prev + n),
                        commit |-> commitIndex[i]]})
    /\ UNCHANGED <<disk, up, roleVars, commitVars, requested>>

(***************************************************************************)
(* Server i receives entries.  Those of an earlier term's leader it        *)
(* refuses.  Otherwise the sender leads its term, and i follows; if the    *)
(* log of i has the entry before them, they come to stand after it, and    *)
(* what the leader has committed of them is committed at i.  (Figure 3.1,  *)
(* AppendEntries RPC, receiver.)  An entry may be committed before it is   *)
(* durable at i: it is durable at a quorum.                                *)
(***************************************************************************)
HandleAppendEntries(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "AppendEntries" /\ m.to = i
    /\ LET t    == NewTerm(i, m.term)
           l    == Merge(log[i], m.prev, m.entries)
           last == m.prev + Len(m.entries)
           answer(success, index) ==
               [type |-> "AppendEntriesResponse", term |-> t, from |-> i, to |-> m.from,
                success |-> success, index |-> index]
       IN  IF m.term < currentTerm[i]
           THEN /\ Send(i, IF MayRefuse(i) THEN {answer(FALSE, 0)} ELSE {})
                /\ UNCHANGED <<roleVars, commitIndex>>
           ELSE /\ ~(role[i] = "leader" /\ m.term = t)      \* ElectionSafety
                /\ Become(i, "follower")
                /\ IF Agrees(log[i], m.prev, m.prevTerm)
                   THEN /\ PersistAndSend(i, t, NewVote(i, m.term), l, {answer(TRUE, last)})
                        /\ commitIndex' =
                              [commitIndex EXCEPT ![i] = LearnedCommit(l, last, m.commit, @)]
                   ELSE /\ PersistAndSend(i, t, NewVote(i, m.term), log[i],
                              {answer(FALSE, Min(m.prev - 1, Len(log[i])))})
                        /\ UNCHANGED commitIndex
    /\ UNCHANGED <<disk, up, chosen, requested>>

(***************************************************************************)
(* Leader i gets an answer.  It notes how far the follower has come, and   *)
(* commits what a quorum has; or it goes back.  (Figure 3.1, rules for     *)
(* leaders.)                                                               *)
(***************************************************************************)
HandleAppendEntriesResponse(i, m) ==
    /\ up[i] /\ m \in msgs /\ m.type = "AppendEntriesResponse" /\ m.to = i
    /\ IF m.term = currentTerm[i] /\ role[i] = "leader"
       THEN /\ IF m.success
               THEN /\ CountMatch(i, m.from, m.index)
                    /\ nextIndex' = [nextIndex EXCEPT ![i][m.from] = Max(@, m.index + 1)]
               ELSE /\ nextIndex' = [nextIndex EXCEPT ![i][m.from] =
                                        NextAfter(@, matchIndex[i][m.from], m.index)]
                    /\ UNCHANGED <<matchIndex, commitVars>>
            /\ UNCHANGED <<persistVars, role, votes, elected>>
       ELSE /\ HearOf(i, m.term)
            /\ PersistAndSend(i, NewTerm(i, m.term), NewVote(i, m.term), log[i], {})
            /\ UNCHANGED commitVars
    /\ UNCHANGED <<disk, up, requested>>

-----------------------------------------------------------------------------
\* DISKS, CRASHES AND THE NETWORK

(***************************************************************************)
(* One more record of server i is durable, and the messages that waited    *)
(* for it leave.  A leader counts its own log up to where it is durable;   *)
(* a candidate its own vote, which is all it needs if it decides alone.    *)
(* An fsync that covers several records is as many of these steps in a     *)
(* row.                                                                    *)
(***************************************************************************)
Sync(i) ==
    /\ up[i] /\ unsynced[i] # <<>>
    /\ LET d     == Write(disk[i], Head(unsynced[i]))
           V     == votes[i] \cup {i}
           voted == role[i] = "candidate" /\ d.term = currentTerm[i]
           l     == IF voted THEN LogIfElected(i, V) ELSE log[i]
           t     == currentTerm[i]
       IN  /\ disk' = [disk EXCEPT ![i] = d]
           /\ unsynced' = [unsynced EXCEPT ![i] =
                              Tail(@) \o Records(t, votedFor[i], log[i], t, votedFor[i], l)]
           /\ msgs' = msgs \cup {h.msg : h \in {g \in held[i] : g.after = 1}}
           /\ held' = [held EXCEPT ![i] = {[h EXCEPT !.after = @ - 1] :
                                             h \in {g \in @ : g.after > 1}}]
           /\ log' = [log EXCEPT ![i] = l]
           /\ IF role[i] = "leader"
              THEN /\ CountMatch(i, i, Len(d.log))
                   /\ UNCHANGED <<role, votes, nextIndex, elected>>
              ELSE /\ IF voted THEN CountVotes(i, V) ELSE UNCHANGED roleVars
                   /\ UNCHANGED commitVars
    /\ UNCHANGED <<up, currentTerm, votedFor, requested>>

(***************************************************************************)
(* Server i loses its memory, the messages that it held, and what it wrote *)
(* and no fsync covered.  (That a part of this survives although no fsync  *)
(* had ended is a Sync, and then a crash before anything is done.)         *)
(***************************************************************************)
Crash(i) ==
    /\ up[i] /\ MayCrash(i)
    /\ up' = [up EXCEPT ![i] = FALSE]
    /\ unsynced' = [unsynced EXCEPT ![i] = <<>>]
    /\ held' = [held EXCEPT ![i] = {}]
    /\ currentTerm' = [currentTerm EXCEPT ![i] = 0]
    /\ votedFor' = [votedFor EXCEPT ![i] = None]
    /\ log' = [log EXCEPT ![i] = <<>>]
    /\ commitIndex' = [commitIndex EXCEPT ![i] = 0]
    /\ Become(i, "follower")
    /\ UNCHANGED <<msgs, disk, chosen, requested>>

(***************************************************************************)
(* Server i comes back as a follower, with what its disk says and no more. *)
(***************************************************************************)
Recover(i) ==
    /\ ~up[i] /\ MayRecover(i)
    /\ up' = [up EXCEPT ![i] = TRUE]
    /\ LET d == Recovered(disk[i])
       IN  /\ currentTerm' = [currentTerm EXCEPT ![i] = d.term]
           /\ votedFor' = [votedFor EXCEPT ![i] = d.vote]
           /\ log' = [log EXCEPT ![i] = d.log]
           /\ commitIndex' = [commitIndex EXCEPT ![i] = RecoveredCommit(d)]
    /\ UNCHANGED <<msgs, disk, unsynced, held, roleVars, chosen, requested>>

\* The network loses a message.
Lose(m) ==
    /\ m \in msgs /\ MayLose(m)
    /\ msgs' = msgs \ {m}
    /\ UNCHANGED <<disk, unsynced, held, up, stableVars, roleVars, commitVars, requested>>

-----------------------------------------------------------------------------
\* What can be received is what was sent.  (These are the names that a model
\* checker shows.)
Sent(type) == {m \in msgs : m.type = type}

ReceiveRequestVote(i)           == \E m \in Sent("RequestVote") : HandleRequestVote(i, m)
ReceiveRequestVoteResponse(i)   == \E m \in Sent("RequestVoteResponse") : HandleRequestVoteResponse(i, m)
ReceiveAppendEntries(i)         == \E m \in Sent("AppendEntries") : HandleAppendEntries(i, m)
ReceiveAppendEntriesResponse(i) == \E m \in Sent("AppendEntriesResponse") : HandleAppendEntriesResponse(i, m)
Replicate(i, j)                 == \E n \in 0..Len(log[i]) : SendAppendEntries(i, j, n)
LoseAny                         == \E m \in msgs : Lose(m)

Next ==
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

(***************************************************************************)
(* FAIRNESS.  A step that a server can take for ever it takes (WF), and a  *)
(* message that is sent again and again is received in the end (SF).  No   *)
(* timer has to run out, no client has to ask, nobody has to crash or to   *)
(* recover.                                                                *)
(*                                                                         *)
(* This is asked for each message alone.  Fairness to all messages of a    *)
(* kind is not enough where messages are lost: a network that loses every  *)
(* heartbeat, and delivers an old message again and again of which it      *)
(* loses the answers, would be fair (model broken-fair-to-kinds).          *)
(***************************************************************************)
AllMessages ==
    RequestVote \cup RequestVoteResponse \cup AppendEntriesResponse
    \cup [type : {"AppendEntries"}, term : Nat, from : Servers, to : Servers,
          prev : Nat, prevTerm : Nat, entries : Seq([term : Nat, value : Values \cup {NoOp}]),
          commit : Nat]

\* How many entries may be sent at once.  (A model replaces this and the messages
\* by those that it can come to.)
Lengths == Nat

Receive(i, m) ==
    \/ HandleRequestVote(i, m) \/ HandleRequestVoteResponse(i, m)
    \/ HandleAppendEntries(i, m) \/ HandleAppendEntriesResponse(i, m)

Fairness ==
    \A i \in Servers :
        /\ WF_vars(Sync(i))
        /\ \A j \in Servers, n \in Lengths : WF_vars(SendAppendEntries(i, j, n))
        /\ \A m \in AllMessages : SF_vars(Receive(i, m))

Spec     == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES (Figure 3.2)                                                 *)
(***************************************************************************)

\* Election Safety: at most one leader is elected in a term.
ElectionSafety == \A e, f \in elected : e.term = f.term => e.leader = f.leader

(***************************************************************************)
(* Leader Append-Only: a leader never overwrites or deletes entries in its *)
(* log, it only appends.                                                   *)
(***************************************************************************)
LeaderAppendOnly ==
    [][\A i \in Servers :
          role[i] = "leader" /\ (role[i] = "leader")' => IsPrefix(log[i], log'[i])]_vars

(***************************************************************************)
(* Log Matching: if two logs contain an entry with the same index and      *)
(* term, they are the same up to this index.  In memory and on disk.       *)
(***************************************************************************)
AllLogs == {log[i] : i \in Servers} \cup {disk[i].log : i \in Servers}

LogMatching ==
    \A l, m \in AllLogs :
        LET K == {k \in DOMAIN l \cap DOMAIN m : l[k].term = m[k].term}
        IN  K # {} => \A k \in 1..Largest(K) : SameEntry(l[k], m[k])

(***************************************************************************)
(* Leader Completeness: an entry that is committed in a term is in the log *)
(* of the leader of every higher term.  Committed is here what a leader    *)
(* has counted; the thesis calls an entry committed as soon as its leader  *)
(* has it on a majority of servers (section 3.5), whether the leader knows *)
(* or not.                                                                 *)
(***************************************************************************)
LeaderCompleteness ==
    \A i \in Servers : role[i] = "leader" =>
        \A k \in DOMAIN chosen :
            chosen[k].by < currentTerm[i] =>
                k <= Len(log[i]) /\ SameEntry(log[i][k], chosen[k])

(***************************************************************************)
(* State Machine Safety: what one server knows to be committed at an index *)
(* no other server knows differently: all agree with the committed log.    *)
(***************************************************************************)
StateMachineSafety ==
    \A i \in Servers :
        commitIndex[i] <= Len(log[i]) /\ IsPrefix(UpTo(log[i], commitIndex[i]), chosen)

\* Nontriviality: a value is committed only if a client asked for it.
Nontriviality == \A k \in DOMAIN chosen : IsInternal(chosen[k].value) \/ chosen[k].value \in requested

\* A committed entry is on the disks of a quorum, whoever crashes now.
ChosenIsDurable ==
    \A k \in DOMAIN chosen :
        IsQuorum({i \in Servers : k <= Len(disk[i].log) /\ SameEntry(disk[i].log[k], chosen[k])},
                 UpTo(chosen, k))

\* A server that is up knows what its disk will say.
MemoryAgreesWithDisk ==
    \A i \in Servers : up[i] =>
        LET d == WriteAll(disk[i], unsynced[i])
        IN  d.term = currentTerm[i] /\ d.vote = votedFor[i] /\ d.log = log[i]

\* Terms never go back, on disk and, without a crash, in memory; nor do commit
\* indexes; nor, in one term, what a leader knows to match.
MonotonicTerm ==
    [][\A i \in Servers :
          /\ disk[i].term <= disk'[i].term
          /\ up[i] /\ up'[i] => currentTerm[i] <= currentTerm'[i]]_vars

MonotonicCommitIndex ==
    [][\A i \in Servers : up[i] /\ up'[i] => commitIndex[i] <= commitIndex'[i]]_vars

MonotonicMatchIndex ==
    [][\A i \in Servers :
          role[i] = "leader" /\ (role[i] = "leader")' =>
              \A j \in Servers : matchIndex[i][j] <= matchIndex'[i][j]]_vars

\* All of the above that are invariants.
Safe ==
    /\ TypeOK /\ ElectionSafety /\ LogMatching /\ LeaderCompleteness /\ StateMachineSafety
    /\ Nontriviality /\ ChosenIsDurable /\ MemoryAgreesWithDisk

(***************************************************************************)
(* LIVENESS.  A leader i that is left alone: it leads term t for good, and *)
(* all are up and follow.  Then what clients go on asking it for is        *)
(* committed, and known to be by everybody.  To see to it that one server  *)
(* is left alone is what randomized timeouts are for (section 3.4): it     *)
(* takes messages that are faster than timeouts, and no protocol can do    *)
(* without such an assumption.                                             *)
(***************************************************************************)
LeftAlone(i, t) ==
    /\ role[i] = "leader" /\ currentTerm[i] = t
    /\ \A j \in Servers : up[j] /\ currentTerm[j] <= t

\* An entry for v is committed.
Committed(v) == \E k \in DOMAIN chosen : chosen[k].value = v

THEOREM Spec =>
    /\ []Safe /\ LeaderAppendOnly
    /\ MonotonicTerm /\ MonotonicCommitIndex /\ MonotonicMatchIndex
=============================================================================
