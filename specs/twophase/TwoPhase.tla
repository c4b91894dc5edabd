------------------------------ MODULE TwoPhase ------------------------------
(***************************************************************************)
(* Two-phase commit with presumed abort.                                   *)
(*                                                                         *)
(* THE PROBLEM.  A transaction has touched data at several participants.   *)
(* All of them must commit it, or all abort it (module TCommit), although  *)
(* the network loses, repeats and reorders messages and every node may     *)
(* crash at any time and come back with nothing but its disk.              *)
(*                                                                         *)
(* THE IDEA.  One node, the coordinator, asks every participant to prepare *)
(* and collects the votes (phase one).  A participant that votes yes has   *)
(* given up its right to abort: it is in doubt until it hears the outcome. *)
(* If all vote yes the coordinator decides to commit, and that decision    *)
(* exists from the moment at which its record is on the coordinator's      *)
(* disk; then it tells the participants (phase two).  In every other case  *)
(* the transaction aborts.                                                 *)
(*                                                                         *)
(* PRESUMED ABORT.  The coordinator writes no record that a transaction    *)
(* began or aborted, waits for no acknowledgement of an abort, and forgets *)
(* a committed transaction once all have acknowledged.  Whatever it does   *)
(* not know, it takes to be aborted, and answers so when it is asked       *)
(* (C. Mohan, B. Lindsay and R. Obermarck, Transaction Management in the   *)
(* R* Distributed Database Management System, ACM TODS 11(4), 1986,        *)
(* section 3).                                                             *)
(*                                                                         *)
(* TERMINATION.  A participant in doubt asks the coordinator for the       *)
(* outcome until it gets an answer.  While the coordinator is down it can  *)
(* do nothing but wait: two-phase commit blocks, and model MCblocking      *)
(* shows it.                                                               *)
(*                                                                         *)
(* SYSTEM MODEL.  One transaction, one coordinator, asynchronous network,  *)
(* no bound on delays or on how long a node is down.  Nodes fail by        *)
(* crashing.  Disks keep what an fsync has covered.                        *)
(*                                                                         *)
(* THE GRAIN is that of the Go code (impl/twophase): each action below is  *)
(* one input handled by one node, in one step.  What the step writes goes  *)
(* to the end of the node's log, and is durable only after a later Sync.   *)
(* What it sends leaves the node only when all that the node has written   *)
(* is durable; until then the message is held, and a crash loses it.       *)
(*                                                                         *)
(* HOW TO READ IT.  The algorithm is PlusCal.  Every process has one step  *)
(* that it repeats for ever, so each process is one action: RecvYes(p) is  *)
(* the coordinator handling the yes vote of p.                             *)
(*                                                                         *)
(* DEPARTURES from the paper: a participant that refuses writes its abort  *)
(* record before it votes no, so that it never changes its mind.  There is *)
(* no read-only vote: the locks of a participant that only read must be    *)
(* kept as long as all others when the first lock of another participant   *)
(* is taken only in its own prepare.  There are no trees: a participant    *)
(* has no participants of its own (the paper's sections 2.3 and 3 allow    *)
(* for them).                                                              *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANTS
    Participants,       \* the participants of the transaction
    Coordinator         \* the coordinator, which is not one of them

ASSUME Coordinator \notin Participants

Nodes == Participants \cup {Coordinator}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Messages.  All go between the coordinator and one participant p.        *)
(*   Prepare  ->  do your part, write it down, and vote                    *)
(*   Yes, No  <-  p's vote                                                 *)
(*   Commit   ->  the decision                                             *)
(*   Abort    ->  the decision, or that nothing is known of any            *)
(*   Ack      <-  p's commit is durable                                    *)
(*   Inquire  <-  p is in doubt: what became of the transaction?           *)
(***************************************************************************)
Message == [type : {"Prepare", "Yes", "No", "Commit", "Abort", "Ack", "Inquire"},
            p    : Participants]

ToAll(type)     == {[type |-> type, p |-> p] : p \in Participants}
ToEach(type, P) == {[type |-> type, p |-> p] : p \in P}
One(type, p)    == {[type |-> type, p |-> p]}

(***************************************************************************)
(* What a log says.  A participant's log holds at most a prepare record    *)
(* and a decision; the coordinator's its commit record and, when all have  *)
(* acknowledged, an end record.                                            *)
(***************************************************************************)
ParticipantLogs == {<<>>, <<"prepared">>, <<"aborted">>,
                    <<"prepared", "committed">>, <<"prepared", "aborted">>}
CoordinatorLogs == {<<>>, <<"commit">>, <<"commit", "end">>}

ParticipantState(l) == IF l = <<>> THEN "working" ELSE l[Len(l)]
CoordinatorState(l) == IF l = <<"commit">> THEN "committed" ELSE "forgotten"

(***************************************************************************)
(* The rules on which the protocol stands, each with a name so that a      *)
(* model can replace it by a broken one (see the MCbroken configurations). *)
(***************************************************************************)
\* The votes that make a commit: those of all participants.
Unanimous(votes) == votes = Participants

\* A message may leave a node that has written l records, d of them durable.
MayLeave(d, l) == d = l

\* What a participant takes from its log when it recovers.
RecoverParticipant(l) == ParticipantState(l)

\* What the coordinator takes from its log when it recovers.
RecoverCoordinator(l) == CoordinatorState(l)

\* What the coordinator takes a transaction to be of which it knows nothing; and
\* what it answers participant p, who asks about one.
Presumption      == "Abort"
AnswerUnknown(p) == One(Presumption, p)

\* The acknowledgements after which a commit may be forgotten: those of all.
AllAcknowledged(acks) == acks = Participants

\* What a participant sends on a message that it has dealt with before: the
\* messages M that it sent the first time, since they may have been lost.
Again(M) == M

\* The states in which a participant does what an Abort says.
Heeds(s) == s \in {"working", "prepared"}

\* How many records a crash may leave of l that were written, d of them durable.
Survive(d, l) == d..l

(***************************************************************************)
(* What may go wrong.  A model can rule out each of these.                 *)
(***************************************************************************)
MayRefuse(p)  == TRUE       \* participant p may vote no
MayTimeOut    == TRUE       \* the coordinator may tire of waiting for votes
MayCrash(n)   == TRUE       \* node n may crash
MayRecover(n) == TRUE       \* node n may come back
MayLose(m)    == TRUE       \* the network may lose message m

(* --algorithm TwoPhase {

variables
    \* The network: messages on their way.  Receiving one leaves it there,
    \* so that it can be received again; order means nothing in a set.
    msgs = {},

    \* The disks.  log[n] is all that node n has written, of which the first
    \* durable[n] records survive a crash.  held[n] are the messages that wait
    \* for an fsync: each for the first `at` records to be durable.
    log = [n \in Nodes |-> <<>>],
    durable = [n \in Nodes |-> 0],
    held = [n \in Nodes |-> {}],

    \* Volatile: which nodes are up; how far the coordinator has come, whose
    \* yes votes and whose acknowledgements it has; how far each participant
    \* has come.
    up = [n \in Nodes |-> TRUE],
    cstate = "init",
    votes = {},
    acks = {},
    pstate = [p \in Participants |-> "working"];

define {
    \* What is certain to survive a crash of node n.
    Durable(n) == SubSeq(log[n], 1, durable[n])
}

\* Write record r to the end of n's log.
macro persist(n, r) { log[n] := Append(log[n], r) }

\* Send the messages M from node n, now or when all that n wrote is durable.
macro send(n, M) {
    if (MayLeave(durable[n], Len(log[n]))) {
        msgs := msgs \cup M
    } else {
        held[n] := held[n] \cup {[at |-> Len(log[n]), msg |-> m] : m \in M}
    }
}

(***************************************************************************)
(* THE COORDINATOR                                                         *)
(***************************************************************************)

\* Begin: ask all participants to prepare.  No record is written.
process (Begin = "Begin") {
begin:
    while (TRUE) {
        await up[Coordinator] /\ cstate = "init";
        cstate := "collecting";
        send(Coordinator, ToAll("Prepare"));
    }
}

\* RecvYes: count the vote.  The last one decides: the commit record is
\* written, and the Commit messages wait until it is durable.  A yes vote after
\* that comes from a participant that has missed the decision; one of which
\* the coordinator knows nothing gets the presumption for an answer.
fair+ process (RecvYes \in Participants) {
recvYes:
    while (TRUE) {
        await up[Coordinator] /\ [type |-> "Yes", p |-> self] \in msgs;
        if (cstate = "collecting") {
            if (Unanimous(votes \cup {self})) {
                votes := {};
                cstate := "committed";
                persist(Coordinator, "commit");
                send(Coordinator, ToAll("Commit"));
            } else {
                votes := votes \cup {self};
            }
        } else if (cstate = "committed" /\ self \notin acks) {
            send(Coordinator, One("Commit", self));
        } else if (cstate = "forgotten") {
            send(Coordinator, AnswerUnknown(self));
        }
    }
}

\* RecvNo: one refusal aborts.  The others are told, nothing is written, and
\* the transaction is forgotten at once.  Whoever misses the message will ask.
fair+ process (RecvNo \in Participants) {
recvNo:
    while (TRUE) {
        await up[Coordinator] /\ [type |-> "No", p |-> self] \in msgs;
        if (cstate = "collecting") {
            votes := {};
            cstate := "forgotten";
            send(Coordinator, ToEach("Abort", Participants \ {self}));
        }
    }
}

\* TimeOut: the coordinator stops waiting for votes, and aborts.
process (TimeOut = "TimeOut") {
timeOut:
    while (TRUE) {
        await MayTimeOut /\ up[Coordinator] /\ cstate = "collecting";
        votes := {};
        cstate := "forgotten";
        send(Coordinator, ToAll("Abort"));
    }
}

\* Resend: what may have been lost is sent again, to those who have not
\* answered: Prepare while votes are missing, Commit while acknowledgements are.
fair process (Resend = "Resend") {
resend:
    while (TRUE) {
        await up[Coordinator];
        if (cstate = "collecting") {
            send(Coordinator, ToEach("Prepare", Participants \ votes));
        } else {
            await cstate = "committed";
            send(Coordinator, ToEach("Commit", Participants \ acks));
        }
    }
}

\* RecvAck: when all have acknowledged, nobody will ever need the decision
\* again: the end record is written, and the transaction forgotten.
fair+ process (RecvAck \in Participants) {
recvAck:
    while (TRUE) {
        await up[Coordinator] /\ [type |-> "Ack", p |-> self] \in msgs;
        if (cstate = "committed") {
            if (AllAcknowledged(acks \cup {self})) {
                acks := {};
                cstate := "forgotten";
                persist(Coordinator, "end");
            } else {
                acks := acks \cup {self};
            }
        }
    }
}

\* RecvInquire: the termination protocol, the coordinator's side.  While it
\* is undecided it does not answer.
fair+ process (RecvInquire \in Participants) {
recvInquire:
    while (TRUE) {
        await up[Coordinator] /\ [type |-> "Inquire", p |-> self] \in msgs;
        if (cstate = "committed" /\ self \notin acks) {
            send(Coordinator, One("Commit", self));
        } else if (cstate = "forgotten") {
            send(Coordinator, AnswerUnknown(self));
        }
    }
}

(***************************************************************************)
(* A PARTICIPANT                                                           *)
(***************************************************************************)

\* RecvPrepare: prepare and vote yes, or refuse and vote no.  Either is on
\* disk before the vote leaves.  A repeated request gets the same vote again.
fair+ process (RecvPrepare \in Participants) {
recvPrepare:
    while (TRUE) {
        await up[self] /\ [type |-> "Prepare", p |-> self] \in msgs;
        if (pstate[self] = "working") {
            either {
                pstate[self] := "prepared";
                persist(self, "prepared");
                send(self, One("Yes", self));
            } or {
                await MayRefuse(self);
                pstate[self] := "aborted";
                persist(self, "aborted");
                send(self, One("No", self));
            }
        } else if (pstate[self] = "prepared") {
            send(self, Again(One("Yes", self)));
        } else if (pstate[self] = "aborted") {
            send(self, Again(One("No", self)));
        }
    }
}

\* RecvCommit: the outcome.  The acknowledgement waits for the record.
fair+ process (RecvCommit \in Participants) {
recvCommit:
    while (TRUE) {
        await up[self] /\ [type |-> "Commit", p |-> self] \in msgs;
        if (pstate[self] = "prepared") {
            pstate[self] := "committed";
            persist(self, "committed");
            send(self, One("Ack", self));
        } else if (pstate[self] = "committed") {
            send(self, Again(One("Ack", self)));
        }
    }
}

\* RecvAbort: the outcome, or the presumption.  One that arrives before the
\* Prepare is remembered.  A participant that has committed takes no notice:
\* the coordinator has forgotten what this participant knows.
fair+ process (RecvAbort \in Participants) {
recvAbort:
    while (TRUE) {
        await up[self] /\ [type |-> "Abort", p |-> self] \in msgs;
        if (Heeds(pstate[self])) {
            pstate[self] := "aborted";
            persist(self, "aborted");
        }
    }
}

\* Inquire: the termination protocol, the participant's side.
fair process (Inquire \in Participants) {
inquire:
    while (TRUE) {
        await up[self] /\ pstate[self] = "prepared";
        send(self, One("Inquire", self));
    }
}

(***************************************************************************)
(* DISKS, CRASHES AND THE NETWORK                                          *)
(***************************************************************************)

\* Sync: an fsync ends.  It covers one or more further records, and the
\* messages that waited for them leave.
fair process (Sync \in Nodes) {
sync:
    while (TRUE) {
        await up[self];
        with (k \in (durable[self] + 1)..Len(log[self])) {
            durable[self] := k;
            msgs := msgs \cup {h.msg : h \in {g \in held[self] : g.at <= k}};
            held[self] := {g \in held[self] : g.at > k};
        }
    }
}

\* Crash: the node loses its memory, the messages it held, and any part of
\* its log from the end down to what is durable.  What survives is durable.
process (Crash \in Nodes) {
crash:
    while (TRUE) {
        await up[self] /\ MayCrash(self);
        up[self] := FALSE;
        with (k \in Survive(durable[self], Len(log[self]))) {
            log[self] := SubSeq(log[self], 1, k);
            durable[self] := k;
        };
        held[self] := {};
        if (self = Coordinator) {
            cstate := "down";
            votes := {};
            acks := {};
        } else {
            pstate[self] := "down";
        }
    }
}

\* Recover: the node comes back with what its log says, and no more.
process (Recover \in Nodes) {
recover:
    while (TRUE) {
        await ~up[self] /\ MayRecover(self);
        up[self] := TRUE;
        if (self = Coordinator) {
            cstate := RecoverCoordinator(log[self]);
        } else {
            pstate[self] := RecoverParticipant(log[self]);
        }
    }
}

\* Lose: the network loses a message.
process (Lose = "Lose") {
lose:
    while (TRUE) {
        with (m \in {n \in msgs : MayLose(n)}) {
            msgs := msgs \ {m};
        }
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES msgs, log, durable, held, up, cstate, votes, acks, pstate

(* define statement *)
Durable(n) == SubSeq(log[n], 1, durable[n])


vars == << msgs, log, durable, held, up, cstate, votes, acks, pstate >>

ProcSet == {"Begin"} \cup (Participants) \cup (Participants) \cup {"TimeOut"} \cup {"Resend"} \cup (Participants) \cup (Participants) \cup (Participants) \cup (Participants) \cup (Participants) \cup (Participants) \cup (Nodes) \cup (Nodes) \cup (Nodes) \cup {"Lose"}

Init == (* Global variables *)
        /\ msgs = {}
        /\ log = [n \in Nodes |-> <<>>]
        /\ durable = [n \in Nodes |-> 0]
        /\ held = [n \in Nodes |-> {}]
        /\ up = [n \in Nodes |-> TRUE]
        /\ cstate = "init"
        /\ votes = {}
        /\ acks = {}
        /\ pstate = [p \in Participants |-> "working"]

Begin == /\ up[Coordinator] /\ cstate = "init"
         /\ cstate' = "collecting"
         /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
               THEN /\ msgs' = (msgs \cup (ToAll("Prepare")))
                    /\ held' = held
               ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (ToAll("Prepare"))}]
                    /\ msgs' = msgs
         /\ UNCHANGED << log, durable, up, votes, acks, pstate >>

RecvYes(self) == /\ up[Coordinator] /\ [type |-> "Yes", p |-> self] \in msgs
                 /\ IF cstate = "collecting"
                       THEN /\ IF Unanimous(votes \cup {self})
                                  THEN /\ votes' = {}
                                       /\ cstate' = "committed"
                                       /\ log' = [log EXCEPT ![Coordinator] = Append(log[Coordinator], "commit")]
                                       /\ IF MayLeave(durable[Coordinator], Len(log'[Coordinator]))
                                             THEN /\ msgs' = (msgs \cup (ToAll("Commit")))
                                                  /\ held' = held
                                             ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log'[Coordinator]), msg |-> m] : m \in (ToAll("Commit"))}]
                                                  /\ msgs' = msgs
                                  ELSE /\ votes' = (votes \cup {self})
                                       /\ UNCHANGED << msgs, log, held, cstate >>
                       ELSE /\ IF cstate = "committed" /\ self \notin acks
                                  THEN /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                                             THEN /\ msgs' = (msgs \cup (One("Commit", self)))
                                                  /\ held' = held
                                             ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (One("Commit", self))}]
                                                  /\ msgs' = msgs
                                  ELSE /\ IF cstate = "forgotten"
                                             THEN /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                                                        THEN /\ msgs' = (msgs \cup (AnswerUnknown(self)))
                                                             /\ held' = held
                                                        ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (AnswerUnknown(self))}]
                                                             /\ msgs' = msgs
                                             ELSE /\ TRUE
                                                  /\ UNCHANGED << msgs, held >>
                            /\ UNCHANGED << log, cstate, votes >>
                 /\ UNCHANGED << durable, up, acks, pstate >>

RecvNo(self) == /\ up[Coordinator] /\ [type |-> "No", p |-> self] \in msgs
                /\ IF cstate = "collecting"
                      THEN /\ votes' = {}
                           /\ cstate' = "forgotten"
                           /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                                 THEN /\ msgs' = (msgs \cup (ToEach("Abort", Participants \ {self})))
                                      /\ held' = held
                                 ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (ToEach("Abort", Participants \ {self}))}]
                                      /\ msgs' = msgs
                      ELSE /\ TRUE
                           /\ UNCHANGED << msgs, held, cstate, votes >>
                /\ UNCHANGED << log, durable, up, acks, pstate >>

TimeOut == /\ MayTimeOut /\ up[Coordinator] /\ cstate = "collecting"
           /\ votes' = {}
           /\ cstate' = "forgotten"
           /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                 THEN /\ msgs' = (msgs \cup (ToAll("Abort")))
                      /\ held' = held
                 ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (ToAll("Abort"))}]
                      /\ msgs' = msgs
           /\ UNCHANGED << log, durable, up, acks, pstate >>

Resend == /\ up[Coordinator]
          /\ IF cstate = "collecting"
                THEN /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                           THEN /\ msgs' = (msgs \cup (ToEach("Prepare", Participants \ votes)))
                                /\ held' = held
                           ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (ToEach("Prepare", Participants \ votes))}]
                                /\ msgs' = msgs
                ELSE /\ cstate = "committed"
                     /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                           THEN /\ msgs' = (msgs \cup (ToEach("Commit", Participants \ acks)))
                                /\ held' = held
                           ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (ToEach("Commit", Participants \ acks))}]
                                /\ msgs' = msgs
          /\ UNCHANGED << log, durable, up, cstate, votes, acks, pstate >>

RecvAck(self) == /\ up[Coordinator] /\ [type |-> "Ack", p |-> self] \in msgs
                 /\ IF cstate = "committed"
                       THEN /\ IF AllAcknowledged(acks \cup {self})
                                  THEN /\ acks' = {}
                                       /\ cstate' = "forgotten"
                                       /\ log' = [log EXCEPT ![Coordinator] = Append(log[Coordinator], "end")]
                                  ELSE /\ acks' = (acks \cup {self})
                                       /\ UNCHANGED << log, cstate >>
                       ELSE /\ TRUE
                            /\ UNCHANGED << log, cstate, acks >>
                 /\ UNCHANGED << msgs, durable, held, up, votes, pstate >>

RecvInquire(self) == /\ up[Coordinator] /\ [type |-> "Inquire", p |-> self] \in msgs
                     /\ IF cstate = "committed" /\ self \notin acks
                           THEN /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                                      THEN /\ msgs' = (msgs \cup (One("Commit", self)))
                                           /\ held' = held
                                      ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (One("Commit", self))}]
                                           /\ msgs' = msgs
                           ELSE /\ IF cstate = "forgotten"
                                      THEN /\ IF MayLeave(durable[Coordinator], Len(log[Coordinator]))
                                                 THEN /\ msgs' = (msgs \cup (AnswerUnknown(self)))
                                                      /\ held' = held
                                                 ELSE /\ held' = [held EXCEPT ![Coordinator] = held[Coordinator] \cup {[at |-> Len(log[Coordinator]), msg |-> m] : m \in (AnswerUnknown(self))}]
                                                      /\ msgs' = msgs
                                      ELSE /\ TRUE
                                           /\ UNCHANGED << msgs, held >>
                     /\ UNCHANGED << log, durable, up, cstate, votes, acks, 
                                     pstate >>

RecvPrepare(self) == /\ up[self] /\ [type |-> "Prepare", p |-> self] \in msgs
                     /\ IF pstate[self] = "working"
                           THEN /\ \/ /\ pstate' = [pstate EXCEPT ![self] = "prepared"]
                                      /\ log' = [log EXCEPT ![self] = Append(log[self], "prepared")]
                                      /\ IF MayLeave(durable[self], Len(log'[self]))
                                            THEN /\ msgs' = (msgs \cup (One("Yes", self)))
                                                 /\ held' = held
                                            ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log'[self]), msg |-> m] : m \in (One("Yes", self))}]
                                                 /\ msgs' = msgs
                                   \/ /\ MayRefuse(self)
                                      /\ pstate' = [pstate EXCEPT ![self] = "aborted"]
                                      /\ log' = [log EXCEPT ![self] = Append(log[self], "aborted")]
                                      /\ IF MayLeave(durable[self], Len(log'[self]))
                                            THEN /\ msgs' = (msgs \cup (One("No", self)))
                                                 /\ held' = held
                                            ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log'[self]), msg |-> m] : m \in (One("No", self))}]
                                                 /\ msgs' = msgs
                           ELSE /\ IF pstate[self] = "prepared"
                                      THEN /\ IF MayLeave(durable[self], Len(log[self]))
                                                 THEN /\ msgs' = (msgs \cup (Again(One("Yes", self))))
                                                      /\ held' = held
                                                 ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log[self]), msg |-> m] : m \in (Again(One("Yes", self)))}]
                                                      /\ msgs' = msgs
                                      ELSE /\ IF pstate[self] = "aborted"
                                                 THEN /\ IF MayLeave(durable[self], Len(log[self]))
                                                            THEN /\ msgs' = (msgs \cup (Again(One("No", self))))
                                                                 /\ held' = held
                                                            ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log[self]), msg |-> m] : m \in (Again(One("No", self)))}]
                                                                 /\ msgs' = msgs
                                                 ELSE /\ TRUE
                                                      /\ UNCHANGED << msgs, 
                                                                      held >>
                                /\ UNCHANGED << log, pstate >>
                     /\ UNCHANGED << durable, up, cstate, votes, acks >>

RecvCommit(self) == /\ up[self] /\ [type |-> "Commit", p |-> self] \in msgs
                    /\ IF pstate[self] = "prepared"
                          THEN /\ pstate' = [pstate EXCEPT ![self] = "committed"]
                               /\ log' = [log EXCEPT ![self] = Append(log[self], "committed")]
                               /\ IF MayLeave(durable[self], Len(log'[self]))
                                     THEN /\ msgs' = (msgs \cup (One("Ack", self)))
                                          /\ held' = held
                                     ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log'[self]), msg |-> m] : m \in (One("Ack", self))}]
                                          /\ msgs' = msgs
                          ELSE /\ IF pstate[self] = "committed"
                                     THEN /\ IF MayLeave(durable[self], Len(log[self]))
                                                THEN /\ msgs' = (msgs \cup (Again(One("Ack", self))))
                                                     /\ held' = held
                                                ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log[self]), msg |-> m] : m \in (Again(One("Ack", self)))}]
                                                     /\ msgs' = msgs
                                     ELSE /\ TRUE
                                          /\ UNCHANGED << msgs, held >>
                               /\ UNCHANGED << log, pstate >>
                    /\ UNCHANGED << durable, up, cstate, votes, acks >>

RecvAbort(self) == /\ up[self] /\ [type |-> "Abort", p |-> self] \in msgs
                   /\ IF Heeds(pstate[self])
                         THEN /\ pstate' = [pstate EXCEPT ![self] = "aborted"]
                              /\ log' = [log EXCEPT ![self] = Append(log[self], "aborted")]
                         ELSE /\ TRUE
                              /\ UNCHANGED << log, pstate >>
                   /\ UNCHANGED << msgs, durable, held, up, cstate, votes, 
                                   acks >>

Inquire(self) == /\ up[self] /\ pstate[self] = "prepared"
                 /\ IF MayLeave(durable[self], Len(log[self]))
                       THEN /\ msgs' = (msgs \cup (One("Inquire", self)))
                            /\ held' = held
                       ELSE /\ held' = [held EXCEPT ![self] = held[self] \cup {[at |-> Len(log[self]), msg |-> m] : m \in (One("Inquire", self))}]
                            /\ msgs' = msgs
                 /\ UNCHANGED << log, durable, up, cstate, votes, acks, pstate >>

Sync(self) == /\ up[self]
              /\ \E k \in (durable[self] + 1)..Len(log[self]):
                   /\ durable' = [durable EXCEPT ![self] = k]
                   /\ msgs' = (msgs \cup {h.msg : h \in {g \in held[self] : g.at <= k}})
                   /\ held' = [held EXCEPT ![self] = {g \in held[self] : g.at > k}]
              /\ UNCHANGED << log, up, cstate, votes, acks, pstate >>

Crash(self) == /\ up[self] /\ MayCrash(self)
               /\ up' = [up EXCEPT ![self] = FALSE]
               /\ \E k \in Survive(durable[self], Len(log[self])):
                    /\ log' = [log EXCEPT ![self] = SubSeq(log[self], 1, k)]
                    /\ durable' = [durable EXCEPT ![self] = k]
               /\ held' = [held EXCEPT ![self] = {}]
               /\ IF self = Coordinator
                     THEN /\ cstate' = "down"
                          /\ votes' = {}
                          /\ acks' = {}
                          /\ UNCHANGED pstate
                     ELSE /\ pstate' = [pstate EXCEPT ![self] = "down"]
                          /\ UNCHANGED << cstate, votes, acks >>
               /\ msgs' = msgs

Recover(self) == /\ ~up[self] /\ MayRecover(self)
                 /\ up' = [up EXCEPT ![self] = TRUE]
                 /\ IF self = Coordinator
                       THEN /\ cstate' = RecoverCoordinator(log[self])
                            /\ UNCHANGED pstate
                       ELSE /\ pstate' = [pstate EXCEPT ![self] = RecoverParticipant(log[self])]
                            /\ UNCHANGED cstate
                 /\ UNCHANGED << msgs, log, durable, held, votes, acks >>

Lose == /\ \E m \in {n \in msgs : MayLose(n)}:
             msgs' = msgs \ {m}
        /\ UNCHANGED << log, durable, held, up, cstate, votes, acks, pstate >>

Next == Begin \/ TimeOut \/ Resend \/ Lose
           \/ (\E self \in Participants: RecvYes(self))
           \/ (\E self \in Participants: RecvNo(self))
           \/ (\E self \in Participants: RecvAck(self))
           \/ (\E self \in Participants: RecvInquire(self))
           \/ (\E self \in Participants: RecvPrepare(self))
           \/ (\E self \in Participants: RecvCommit(self))
           \/ (\E self \in Participants: RecvAbort(self))
           \/ (\E self \in Participants: Inquire(self))
           \/ (\E self \in Nodes: Sync(self))
           \/ (\E self \in Nodes: Crash(self))
           \/ (\E self \in Nodes: Recover(self))

Spec == /\ Init /\ [][Next]_vars
        /\ \A self \in Participants : SF_vars(RecvYes(self))
        /\ \A self \in Participants : SF_vars(RecvNo(self))
        /\ WF_vars(Resend)
        /\ \A self \in Participants : SF_vars(RecvAck(self))
        /\ \A self \in Participants : SF_vars(RecvInquire(self))
        /\ \A self \in Participants : SF_vars(RecvPrepare(self))
        /\ \A self \in Participants : SF_vars(RecvCommit(self))
        /\ \A self \in Participants : SF_vars(RecvAbort(self))
        /\ \A self \in Participants : WF_vars(Inquire(self))
        /\ \A self \in Nodes : WF_vars(Sync(self))

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
TypeOK ==
    /\ msgs \subseteq Message
    /\ \A p \in Participants : log[p] \in ParticipantLogs
    /\ log[Coordinator] \in CoordinatorLogs
    /\ \A n \in Nodes : durable[n] \in 0..Len(log[n])
    /\ \A n \in Nodes : \A h \in held[n] :
          h.msg \in Message /\ h.at \in (durable[n] + 1)..Len(log[n])
    /\ up \in [Nodes -> BOOLEAN]
    /\ cstate \in {"init", "collecting", "committed", "forgotten", "down"}
    /\ votes \subseteq Participants /\ acks \subseteq Participants
    /\ pstate \in [Participants -> {"working", "prepared", "committed", "aborted", "down"}]

(***************************************************************************)
(* A participant has decided when its decision is durable: what is not on  *)
(* disk yet, nobody has been told.                                         *)
(***************************************************************************)
Decision(p) == ParticipantState(Durable(p))

(***************************************************************************)
(* Atomicity: no participant commits while another aborts.  It holds for   *)
(* what is durable, and also for what the nodes have in memory.            *)
(***************************************************************************)
Atomicity ==
    \A p, q \in Participants :
        /\ ~(Decision(p) = "committed" /\ Decision(q) = "aborted")
        /\ ~(pstate[p] = "committed" /\ pstate[q] = "aborted")

(***************************************************************************)
(* Validity, first half: a commit only after all have voted yes, so that   *)
(* each participant's prepare record is durable by then.  (The second half *)
(* is AllYesCommits below.)                                                *)
(***************************************************************************)
CommitOnlyIfAllYes ==
    (log[Coordinator] # <<>> \/ \E p \in Participants : pstate[p] = "committed")
        => \A p \in Participants : durable[p] > 0 /\ log[p][1] = "prepared"

(***************************************************************************)
(* A participant commits only on a decision that is durable.               *)
(***************************************************************************)
CommitOnlyIfDecided ==
    (\E p \in Participants : pstate[p] = "committed") => durable[Coordinator] > 0

(***************************************************************************)
(* A node that is up knows what its log says: recovery forgets nothing     *)
(* and invents nothing.                                                    *)
(***************************************************************************)
LogAgreesWithMemory ==
    /\ \A p \in Participants : up[p] => pstate[p] = ParticipantState(log[p])
    /\ up[Coordinator] =>
          /\ (cstate = "committed") <=> (log[Coordinator] = <<"commit">>)
          /\ cstate \in {"init", "collecting"} => log[Coordinator] = <<>>

(***************************************************************************)
(* Irrevocability: a durable decision is never changed or lost, neither    *)
(* a participant's nor the coordinator's.                                  *)
(***************************************************************************)
Irrevocability ==
    [][/\ \A p \in Participants :
             Decision(p) \in {"committed", "aborted"} => Decision(p)' = Decision(p)
       /\ durable[Coordinator] > 0 => (durable[Coordinator] > 0)']_vars

(***************************************************************************)
(* Two-phase commit implements transaction commit, where the state of a    *)
(* participant is what its disk says.                                      *)
(***************************************************************************)
TC == INSTANCE TCommit WITH state <- [p \in Participants |-> Decision(p)]

Refinement == TC!Spec

(***************************************************************************)
(* LIVENESS.  Assumed is fairness only: a step that a node can take for    *)
(* ever it takes (WF), and a message that is sent again and again is       *)
(* received in the end (SF).  Nothing forces a crashed node to recover.    *)
(***************************************************************************)
InDoubt(p)  == Decision(p) = "prepared"     \* by its disk: it may be down
Decided(p)  == Decision(p) \in {"committed", "aborted"}
UpForGood   == <>[](\A n \in Nodes : up[n])

(***************************************************************************)
(* Termination: once all nodes stay up, every participant that is in doubt *)
(* decides.  (A participant that never heard of the transaction, or lost   *)
(* its prepare record in a crash before it had voted, has nothing to       *)
(* decide: it has no record of the transaction, and holds no locks.)       *)
(***************************************************************************)
Termination == UpForGood => \A p \in Participants : InDoubt(p) ~> Decided(p)

(***************************************************************************)
(* A decision to commit reaches all, and the coordinator can forget it.    *)
(***************************************************************************)
CommitReachesAll ==
    UpForGood => (Durable(Coordinator) # <<>>)
                    ~> (/\ \A p \in Participants : Decision(p) = "committed"
                        /\ cstate = "forgotten")

(***************************************************************************)
(* Validity, second half: all vote yes and nothing fails, so all commit.   *)
(* To be checked with refusals, time-outs, crashes and losses ruled out.   *)
(***************************************************************************)
AllYesCommits ==
    (cstate = "collecting") ~> (\A p \in Participants : Decision(p) = "committed")

(***************************************************************************)
(* What two-phase commit does NOT promise: that a participant in doubt     *)
(* decides although the coordinator stays down.  Model MCblocking asks for *)
(* it, and the counterexample is the reason that consensus protocols such  *)
(* as Paxos Commit exist.                                                  *)
(***************************************************************************)
NonBlocking ==
    <>[](\A p \in Participants : up[p])
        => \A p \in Participants : InDoubt(p) ~> Decided(p)

THEOREM Spec => []TypeOK /\ []Atomicity /\ []CommitOnlyIfAllYes
                /\ []CommitOnlyIfDecided /\ []LogAgreesWithMemory
                /\ Irrevocability /\ Refinement
                /\ Termination /\ CommitReachesAll
=============================================================================
