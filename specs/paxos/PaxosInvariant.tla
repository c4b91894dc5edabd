---------------------------- MODULE PaxosInvariant ----------------------------
(***************************************************************************)
(* Why Paxos is safe: an invariant that every step keeps.                  *)
(*                                                                         *)
(* THE PROBLEM.  That a model checker finds no bad state says that none is *)
(* reached.  An inductive invariant says why: it holds at first, each step *)
(* from any state in which it holds, reachable or not, leads to one in     *)
(* which it holds, and it implies Consistency.                             *)
(*                                                                         *)
(* THE IDEA.  Nobody says what is not true, and what is said stays true,   *)
(* since it speaks of disks, which only grow.  So a message in the network *)
(* is as good as the record that its sender had on disk when it left       *)
(* (MaySay), however old it is and whatever has crashed since.  A promise  *)
(* that is true for good is what makes a proposal safe (module Voting,     *)
(* SafeAt); that a ballot is proposed in once, by its owner, makes its     *)
(* number a name for one value.                                            *)
(*                                                                         *)
(* IT IS LOCAL.  Each conjunct speaks of all facts of some kind, and of    *)
(* one or two at a time.  A fact is a message in the network, or what one  *)
(* node has beyond its disk: its memory, its unsynced records and the      *)
(* messages that it holds.  None asks for a fact to be there.  So whatever *)
(* the network loses (Lose) and whoever crashes (Crash), what is left      *)
(* satisfies the invariant.  Now suppose that a step of node n, which      *)
(* reads message m, breaks a conjunct.  Either the step has changed one of *)
(* the facts that the conjunct speaks of, which leaves one other; or it    *)
(* has made a record durable, and the conjuncts that speak of what is      *)
(* durable speak of one fact each.  So beside n and m one more fact        *)
(* matters at most.  Let all other messages be lost and all other nodes    *)
(* crash beforehand: the step is the same, and breaks the conjunct in the  *)
(* same way.  So if any state has such a step, one has it in which at most *)
(* two nodes are up and one message is in the network, or one node is up   *)
(* and two messages are.  It is enough to look at these                    *)
(* (MCPaxosInvariant).                                                     *)
(*                                                                         *)
(* SOURCES.  The induction is that of L. Lamport, The Part-Time            *)
(* Parliament, ACM TOCS 16(2), 1998, appendix (the proof of consistency),  *)
(* with disks and memories apart from each other.                          *)
(***************************************************************************)
EXTENDS Paxos

Last(l) == l[Len(l)]

-----------------------------------------------------------------------------
(***************************************************************************)
(* THE DISKS                                                               *)
(***************************************************************************)

(***************************************************************************)
(* Logs are written in the order of ballots.  A proposer starts each of    *)
(* its own once; an acceptor promises a ballot, votes in it, or does both, *)
(* in that order.                                                          *)
(***************************************************************************)
LogsInOrder ==
    /\ \A p \in Proposers : \A i \in DOMAIN log[p] :
          /\ log[p][i].type = "ballot" /\ Owner(log[p][i].bal) = p
          /\ i > 1 => log[p][i].bal > log[p][i - 1].bal
    /\ \A a \in Acceptors : \A i \in DOMAIN log[a] :
          /\ log[a][i].type # "ballot"
          /\ i > 1 => \/ log[a][i].bal > log[a][i - 1].bal
                      \/ /\ log[a][i].bal = log[a][i - 1].bal
                         /\ log[a][i - 1].type = "promise" /\ log[a][i].type = "vote"
    /\ \A l \in Learners : log[l] = <<>>

(***************************************************************************)
(* Before anybody else hears of a ballot it is on its owner's disk.        *)
(***************************************************************************)
StartedOnDisk ==
    \A a \in Acceptors : \A i \in DOMAIN log[a] :
        LET b == log[a][i].bal
        IN  \E j \in 1..durable[Owner(b)] : log[Owner(b)][j].bal = b

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT IS SAID                                                            *)
(***************************************************************************)

(***************************************************************************)
(* Node n may say m if l is what its disk holds.                           *)
(***************************************************************************)
MaySay(n, l, m) ==
    /\ l # <<>>
    /\ CASE m.type \in {"Prepare", "Accept"} -> Last(l) = [type |-> "ballot", bal |-> m.bal]
         [] m.type = "Promise"  -> /\ n = m.from /\ m.vote = LastVote(l)
                                   /\ Last(l) = [type |-> "promise", bal |-> m.bal]
         [] m.type = "Accepted" -> n = m.from /\ [bal |-> m.bal, val |-> m.val] \in VotesIn(l)
         [] m.type = "Nack"     -> m.bal < m.promised /\ Last(l).bal = m.promised

\* Somebody could say it once, and for good: disks only grow.
Said(m) == \E n \in Nodes : \E i \in 1..durable[n] : MaySay(n, SubSeq(log[n], 1, i), m)

(***************************************************************************)
(* All that is said is true: in the network, held until an fsync makes it  *)
(* true, and kept by those who have heard it.                              *)
(***************************************************************************)
AllTrue ==
    /\ \A m \in msgs : Said(m)
    /\ \A n \in Nodes : \A h \in held[n] : MaySay(n, SubSeq(log[n], 1, h.at), h.msg)
    /\ \A p \in Proposers : \A r \in promises[p] :
          Said([type |-> "Promise", bal |-> ballot[p], from |-> r.from, vote |-> r.vote])
    /\ \A l \in Learners, a \in Acceptors :
          heard[l][a] # NoVote => heard[l][a] \in VotesIn(Durable(a))

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT IS PROPOSED                                                        *)
(***************************************************************************)

(***************************************************************************)
(* Wherever a proposal can be seen: in an Accept, sent or held, in the     *)
(* memory of its proposer, and in votes for it.                            *)
(***************************************************************************)
Proposals ==
    {[bal |-> m.bal, val |-> m.val] :
        m \in {n \in msgs \cup UNION {{h.msg : h \in held[p]} : p \in Proposers} :
                  n.type = "Accept"}}
    \cup {[bal |-> ballot[p], val |-> value[p]] : p \in {q \in Proposers : phase[q] = "accept"}}
    \cup UNION {VotesIn(log[a]) : a \in Acceptors}

(***************************************************************************)
(* What is proposed is safe: no other value is chosen in a lower ballot,   *)
(* or ever will be.                                                        *)
(***************************************************************************)
ProposalsSafe == \A x \in Proposals : V!SafeAt(x.bal, x.val)

(***************************************************************************)
(* A ballot stands for one value; and one in which its proposer has still  *)
(* to propose stands for none.                                             *)
(***************************************************************************)
OneValuePerBallot == \A x, y \in Proposals : x.bal = y.bal => x.val = y.val

NotProposedYet ==
    \A p \in Proposers : phase[p] = "prepare" => \A x \in Proposals : x.bal # ballot[p]

(***************************************************************************)
(* Clients have asked for what proposers have in mind.                     *)
(***************************************************************************)
AskedFor ==
    /\ \A x \in Proposals : x.val \in requested
    /\ \A p \in Proposers : request[p] # None => request[p] \in requested

-----------------------------------------------------------------------------
(***************************************************************************)
(* MEMORY                                                                  *)
(***************************************************************************)

(***************************************************************************)
(* A node that is down has nothing beyond its disk.  (To have no memory is *)
(* to have the first one.)                                                 *)
(***************************************************************************)
DownIsBlank ==
    \A n \in Nodes : ~up[n] =>
        /\ durable[n] = Len(log[n]) /\ held[n] = {}
        /\ n \in Proposers => request[n] = None /\ ballot[n] = 0 /\ phase[n] = "idle"
        /\ n \in Acceptors => promised[n] = 0 /\ vote[n] = NoVote
        /\ n \in Learners => learned[n] = None /\ \A a \in Acceptors : heard[n][a] = NoVote

(***************************************************************************)
(* A proposer at work is in the last ballot of its log, and has what goes  *)
(* with its phase.                                                         *)
(***************************************************************************)
PhasesFit ==
    \A p \in Proposers :
        /\ phase[p] # "idle" =>
              /\ request[p] # None
              /\ log[p] # <<>> /\ ballot[p] = Last(log[p]).bal
        /\ phase[p] # "prepare" => promises[p] = {}
        /\ value[p] # None <=> phase[p] = "accept"

-----------------------------------------------------------------------------
(***************************************************************************)
(* The inductive invariant, and what it implies.                           *)
(***************************************************************************)
Inductive ==
    /\ TypeOK
    /\ LogsInOrder
    /\ StartedOnDisk
    /\ AllTrue
    /\ ProposalsSafe
    /\ OneValuePerBallot
    /\ NotProposedYet
    /\ AskedFor
    /\ DownIsBlank
    /\ PhasesFit
    /\ LogAgreesWithMemory
    /\ LearnedIsChosen

VotingInductive == V!Inductive      \* of the votes and promises on disk

THEOREM V!QuorumsMeet /\ Inductive =>
    Consistency /\ Nontriviality /\ OneProposalPerBallot /\ VotingInductive
THEOREM V!QuorumsMeet => (Init => Inductive) /\ (Inductive /\ [Next]_vars => Inductive')
=============================================================================
