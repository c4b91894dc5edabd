---------------------------- MODULE MultiPaxosData ----------------------------
(***************************************************************************)
(* What MultiPaxos speaks of: logs, votes, snapshots, messages and disks.  *)
(*                                                                         *)
(* Constants and operators; no variables.  Module MultiPaxos is the        *)
(* protocol, and says where all this comes from.                           *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, StateMachine

CONSTANTS
    Servers,            \* the servers
    Commands,           \* what clients ask for; each is one request
    NoOp,               \* the entry that does nothing
    None,               \* no entry
    Ballots,            \* the ballot numbers: Nat \ {0}; finite in models
    Owner(_),           \* the server to which a ballot number belongs
    Instances           \* the places of the log: Nat \ {0}; 1..n in models

Entries == Commands \cup {NoOp}

ASSUME NoOp \notin Commands /\ None \notin Entries
ASSUME Ballots \subseteq Nat \ {0} /\ \A b \in Ballots : Owner(b) \in Servers
ASSUME \A i \in Instances : i \in Nat \ {0} /\ 1..i \subseteq Instances
ASSUME Cardinality(Servers) \in Nat \ {0}             \* finitely many, and one at least

Largest(S) == CHOOSE x \in S : \A y \in S : y <= x

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is known of a log: for each instance the entry, or None.           *)
(***************************************************************************)
Nothing == [i \in Instances |-> None]

\* Up to where log c is known without a gap, if it is up to a.
KnownUpTo(c, a) ==
    LET gaps == {i \in Instances : i > a /\ c[i] = None}
    IN  IF gaps = {} THEN Cardinality(Instances)
        ELSE (CHOOSE i \in gaps : \A j \in gaps : i <= j) - 1

\* The entries of c after a up to b, as a sequence.
Between(c, a, b) == [k \in 1..(b - a) |-> c[a + k]]

(***************************************************************************)
(* Votes: for each instance the last one of an acceptor.                   *)
(***************************************************************************)
Vote    == [bal : Ballots, val : Entries]
NoVote  == [bal |-> 0, val |-> None]
NoVotes == [i \in Instances |-> NoVote]

VotesAbove(v, a) ==
    {[inst |-> i, bal |-> v[i].bal, val |-> v[i].val] :
        i \in {j \in Instances : j > a /\ v[j] # NoVote}}

(***************************************************************************)
(* Snapshots: the state after all instances up to upTo, and those entries  *)
(* there that are still needed (none, here; see Kept).                     *)
(***************************************************************************)
NoSnapshot == [upTo |-> 0, state |-> <<>>, kept |-> {}]

(***************************************************************************)
(* Messages.                                                               *)
(*   Prepare   leader   -> all         (1a) promise, for ballot bal; tell  *)
(*                                     the votes after instance `above`    *)
(*   Promise   acceptor -> Owner(bal)  (1b) promised; the votes after it,  *)
(*                                     and up to where a snapshot stands   *)
(*                                     for all there was                   *)
(*   Accept    leader   -> all         (2a) vote for val at inst in bal    *)
(*   Accepted  acceptor -> Owner(bal)  (2b) voted                          *)
(*   Nack      acceptor -> Owner(bal)  no: promised ballot `promised`      *)
(*   Commit    anyone   -> all         val is chosen at inst               *)
(*   Ask       anyone   -> all         what is chosen after `above`?       *)
(*   Snapshot  anyone   -> all         the state after instance upTo       *)
(*   Reply     leader   -> a client    cmd took effect, as number `result` *)
(***************************************************************************)
PrepareMsg(b, a)          == [type |-> "Prepare", bal |-> b, above |-> a]
PromiseMsg(b, s, base, W) == [type |-> "Promise", bal |-> b, from |-> s, base |-> base, votes |-> W]
AcceptMsg(b, i, v)        == [type |-> "Accept", bal |-> b, inst |-> i, val |-> v]
AcceptedMsg(b, i, s)      == [type |-> "Accepted", bal |-> b, inst |-> i, from |-> s]
NackMsg(b, p)             == [type |-> "Nack", bal |-> b, promised |-> p]
CommitMsg(i, v)           == [type |-> "Commit", inst |-> i, val |-> v]
AskMsg(a)                 == [type |-> "Ask", above |-> a]
SnapshotMsg(n)            == [type |-> "Snapshot", snapshot |-> n]
ReplyMsg(c, st)           == [type |-> "Reply", cmd |-> c, result |-> Answer(st, c)]

IsVoteAt(w)   == w.inst \in Instances /\ [bal |-> w.bal, val |-> w.val] \in Vote
IsSnapshot(n) ==
    /\ n.upTo \in Instances \cup {0} /\ Range(n.state) \subseteq Commands
    /\ n.kept \subseteq [inst : 1..n.upTo, val : Entries]

IsMessage(m) ==
    CASE m.type = "Prepare"  -> m.bal \in Ballots /\ m.above \in Instances \cup {0}
      [] m.type = "Promise"  -> /\ m.bal \in Ballots /\ m.from \in Servers
                                /\ m.base \in Instances \cup {0} /\ \A w \in m.votes : IsVoteAt(w)
      [] m.type = "Accept"   -> IsVoteAt(m)
      [] m.type = "Accepted" -> m.bal \in Ballots /\ m.inst \in Instances /\ m.from \in Servers
      [] m.type = "Nack"     -> m.bal \in Ballots /\ m.promised \in Ballots
      [] m.type = "Commit"   -> m.inst \in Instances /\ m.val \in Entries
      [] m.type = "Ask"      -> m.above \in Instances \cup {0}
      [] m.type = "Snapshot" -> IsSnapshot(m.snapshot)
      [] OTHER               -> m.type = "Reply" /\ m.cmd \in Commands /\ m.result \in Nat \ {0}

(***************************************************************************)
(* Disks.  A disk holds a promise, votes and a snapshot.  A server writes  *)
(* records; the disk is what the durable ones come to.  A vote is a        *)
(* promise too, and a snapshot takes the place of all votes up to it.      *)
(***************************************************************************)
EmptyDisk == [promised |-> 0, votes |-> NoVotes, snapshot |-> NoSnapshot]

PromiseRecord(b)    == [type |-> "promise", bal |-> b]
VoteRecord(b, i, v) == [type |-> "vote", bal |-> b, inst |-> i, val |-> v]
SnapshotRecord(n)   == [type |-> "snapshot", snapshot |-> n]

IsDisk(d) ==
    /\ d.promised \in Ballots \cup {0}
    /\ d.votes \in [Instances -> Vote \cup {NoVote}]
    /\ IsSnapshot(d.snapshot)

IsRecord(r) ==
    CASE r.type = "promise"  -> r.bal \in Ballots
      [] r.type = "vote"     -> IsVoteAt(r)
      [] OTHER               -> r.type = "snapshot" /\ IsSnapshot(r.snapshot)

VotesAfter(v, n) == [i \in Instances |-> IF i <= n THEN NoVote ELSE v[i]]

Write(d, r) ==
    CASE r.type = "promise"  -> [d EXCEPT !.promised = r.bal]
      [] r.type = "vote"     -> [d EXCEPT !.promised = r.bal,
                                          !.votes[r.inst] = [bal |-> r.bal, val |-> r.val]]
      [] r.type = "snapshot" -> [d EXCEPT !.snapshot = r.snapshot,
                                          !.votes = VotesAfter(@, r.snapshot.upTo)]

RECURSIVE WriteAll(_, _)
WriteAll(d, R) == IF R = <<>> THEN d ELSE WriteAll(Write(d, Head(R)), Tail(R))
=============================================================================
