---------------------------- MODULE ReplicatedLog ----------------------------
(***************************************************************************)
(* The replicated log: what MultiPaxos and Raft are for.                   *)
(*                                                                         *)
(* Clients ask for commands.  There is one log.  It grows at its end and   *)
(* changes nowhere else; each replica runs a state machine through it; and *)
(* a client's answer comes from there.  To the clients that is as good as  *)
(* one machine that never fails (L. Lamport, Time, Clocks, and the         *)
(* Ordering of Events in a Distributed System, CACM 21(7), 1978; F.        *)
(* Schneider, Implementing Fault-Tolerant Services Using the State Machine *)
(* Approach, ACM Computing Surveys 22(4), 1990).                           *)
(*                                                                         *)
(* This module says nothing of leaders, messages, disks or crashes.        *)
(*                                                                         *)
(* ONE STEP is any number of things at once: to append several entries, to *)
(* apply them at some replicas and to answer a client may be one step of a *)
(* protocol or many.  So Next is not a choice of actions.  It is four      *)
(* laws, one for each variable, all of which every step keeps.             *)
(*                                                                         *)
(* HOW TO REFINE IT.  A specification of a protocol says                   *)
(*                                                                         *)
(*     R == INSTANCE ReplicatedLog WITH                                    *)
(*             Replicas <- the nodes that run the state machine,           *)
(*             Commands <- what clients may ask for,                       *)
(*             Internal <- entries that are nobody's request (no-ops,      *)
(*                         configurations),                                *)
(*             invoked  <- what clients have asked for (a history),        *)
(*             log      <- the committed entries, from the first on and    *)
(*                         without what only the protocol cares for, such  *)
(*                         as terms and ballots,                           *)
(*             state    <- for each replica the commands that have taken   *)
(*                         effect there, in order: its own variable, if it *)
(*                         has one; or [r \in Replicas |-> Effects(what r  *)
(*                         knows to be committed, Commands)], with the     *)
(*                         operator of module StateMachine,                *)
(*             replies  <- the answers that have left a replica (a         *)
(*                         history), or {} if there are none               *)
(*                                                                         *)
(* and has models check the property R!Spec.  An entry is committed when   *)
(* it can no longer be lost, whether anybody knows or not: in MultiPaxos   *)
(* once a quorum has voted for it on disk.  Protocols are free to let the  *)
(* log of this module grow later than that (in Raft, when a leader counts) *)
(* as long as it has grown when somebody acts on it.                       *)
(*                                                                         *)
(* A CRASH makes nothing of what is here undone but the state of a         *)
(* replica, which is volatile: it falls back to an earlier one, be it the  *)
(* first or that of a snapshot.  Nor is a state always reached by steps of *)
(* one: a replica that is given a snapshot jumps ahead.  All that is asked *)
(* is that every state at any time is the one after some prefix of the log.*)
(*                                                                         *)
(* A manifest that says "uses": ["log"] makes these modules known to those *)
(* of its own folder.                                                      *)
(***************************************************************************)
EXTENDS Naturals, Sequences, StateMachine

CONSTANTS
    Replicas,           \* those that run the state machine
    Commands,           \* what clients may ask for; each is one request, and
                        \* to ask for it again is to retry it
    Internal            \* entries that are nobody's request

ASSUME Commands \cap Internal = {}

VARIABLES
    invoked,            \* the commands that clients have asked for
    log,                \* the committed entries
    state,              \* state[r]: the commands in effect at r, in order
    replies             \* the answers that clients were given

vars == <<invoked, log, state, replies>>

Entries == Commands \cup Internal

\* What the log can be.  (Models replace it by logs of bounded length.)
Logs == Seq(Entries)

\* An answer to request cmd: the place at which it took effect.
Reply(cmd, s) == [cmd |-> cmd, result |-> Answer(s, cmd)]

TypeOK ==
    /\ invoked \subseteq Commands
    /\ log \in Logs
    /\ state \in [Replicas -> Seq(Commands)]
    /\ replies \subseteq [cmd : Commands, result : Nat \ {0}]

-----------------------------------------------------------------------------
Init ==
    /\ invoked = {}
    /\ log = <<>>
    /\ state = [r \in Replicas |-> <<>>]
    /\ replies = {}

(***************************************************************************)
(* Clients ask, for the first time or again.                               *)
(***************************************************************************)
Invoke ==
    /\ invoked' \in SUBSET Commands
    /\ invoked \subseteq invoked'

(***************************************************************************)
(* The log grows at its end, by nothing that nobody has asked for.  It may *)
(* come to hold a command more than once.                                  *)
(***************************************************************************)
Commit ==
    /\ log' \in Logs
    /\ IsPrefix(log, log')
    /\ \A i \in (Len(log) + 1)..Len(log') : log'[i] \in invoked' \cup Internal

(***************************************************************************)
(* The states that there are along a log; and each replica is in one.      *)
(***************************************************************************)
StatesOf(l) == {Effects(SubSeq(l, 1, n), Commands) : n \in 0..Len(l)}

Apply == state' \in [Replicas -> StatesOf(log')]

(***************************************************************************)
(* A replica answers requests that have taken effect there.  It may give   *)
(* an answer that it has given before.                                     *)
(***************************************************************************)
Answers(s) == {Reply(c, s) : c \in Range(s)}

Respond ==
    /\ replies' \in {replies \cup M : M \in SUBSET UNION {Answers(state'[r]) : r \in Replicas}}

Next == Invoke /\ Commit /\ Apply /\ Respond

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)

(***************************************************************************)
(* Agreement: of any two replicas one has done what the other has, in the  *)
(* same order, and perhaps more.                                           *)
(***************************************************************************)
Agreement ==
    \A r, s \in Replicas :
        IsPrefix(state[r], state[s]) \/ IsPrefix(state[s], state[r])

(***************************************************************************)
(* Validity (nontriviality): nothing is committed, and nothing takes       *)
(* effect, that no client asked for.                                       *)
(***************************************************************************)
Validity ==
    /\ \A i \in DOMAIN log : log[i] \in invoked \cup Internal
    /\ \A r \in Replicas : Range(state[r]) \subseteq invoked

(***************************************************************************)
(* At most once: no command takes effect twice at a replica.               *)
(***************************************************************************)
AtMostOnce ==
    \A r \in Replicas : \A i, j \in DOMAIN state[r] : state[r][i] = state[r][j] => i = j

(***************************************************************************)
(* No replica is ahead of the log.                                         *)
(***************************************************************************)
StatesFollowLog == \A r \in Replicas : IsPrefix(state[r], Effects(log, Commands))

(***************************************************************************)
(* An answer is the right one: the command is committed and took effect at *)
(* the place that was told, for good.  So a command has one answer, no     *)
(* matter how often it was asked for and who answered.                     *)
(***************************************************************************)
RepliesRight ==
    \A m \in replies :
        LET s == Effects(log, Commands) IN m.result \in DOMAIN s /\ s[m.result] = m.cmd

(***************************************************************************)
(* Stability: what is committed stays committed, at its place; and an      *)
(* answer that was given was given.                                        *)
(***************************************************************************)
Stability == [][IsPrefix(log, log') /\ replies \subseteq replies']_vars

(***************************************************************************)
(* Real time: what takes effect in a step takes effect after all that was  *)
(* answered before it.  A command takes effect no earlier than it is asked *)
(* for (Validity), and at its place for good (Stability).  So one that was *)
(* answered before another was asked for comes before it in the log, as    *)
(* linearizability has it (M. Herlihy and J. Wing, ACM TOPLAS 12(3),       *)
(* 1990).                                                                  *)
(***************************************************************************)
RealTime ==
    [][LET before == Range(Effects(log, Commands))
           after  == Effects(log', Commands)
       IN  \A i \in DOMAIN after :
              after[i] \notin before => \A m \in replies : m.result < i]_vars

(***************************************************************************)
(* LIVENESS.  Every request is answered.  No part of Spec: a protocol can  *)
(* promise it only to those whom it leaves a leader (see Consensus and     *)
(* Paxos, Progress).                                                       *)
(***************************************************************************)
Answered(c) == \E m \in replies : m.cmd = c
EveryRequestAnswered == \A c \in Commands : c \in invoked ~> Answered(c)

THEOREM Spec =>
    /\ []TypeOK /\ []Agreement /\ []Validity /\ []AtMostOnce /\ []StatesFollowLog
    /\ []RepliesRight /\ Stability /\ RealTime
=============================================================================
