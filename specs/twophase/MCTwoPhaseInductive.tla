------------------------ MODULE MCTwoPhaseInductive ------------------------
(***************************************************************************)
(* An inductive invariant of TwoPhase: it holds initially, every step from *)
(* any state that satisfies it leads to one that satisfies it, reachable   *)
(* or not, and it implies Atomicity.  The other models explore what can be *)
(* reached; this one says why nothing that can be reached is wrong.        *)
(*                                                                         *)
(* The model starts from all states that satisfy the invariant, with two   *)
(* participants, and takes one step.                                       *)
(*                                                                         *)
(* THE RESTRICTION is on the messages: two of them at most in the network  *)
(* and held by nodes together.  With it no error is lost.  A step receives *)
(* one message at most, and does not look at any other.  What the          *)
(* invariant says of messages it says of each by itself (Allowed), and it  *)
(* says of a state without some of its messages what it says of the state. *)
(* So suppose that a step from a state with many messages breaks it.  Then *)
(* it breaks it for the nodes, or for one message that was there before,   *)
(* or for one that is sent.  It does the same from the state that has only *)
(* the message that is received and the one for which it is broken.        *)
(* Constraint FewMessages ends the search after that step: a state with    *)
(* more messages is checked, and not explored.                             *)
(***************************************************************************)
EXTENDS MCTwoPhase

-----------------------------------------------------------------------------
(***************************************************************************)
(* THE INVARIANT: first the nodes.                                         *)
(***************************************************************************)
Prepared(p)  == durable[p] > 0 /\ log[p][1] = "prepared"
Committed(p) == Decision(p) = "committed"

\* The coordinator has no commit record, and will never write one.
Abandoned == log[Coordinator] = <<>> /\ cstate \in {"forgotten", "down"}

\* What is in memory follows from the log; a node that is down has none.
Memory ==
    /\ \A p \in Participants :
          pstate[p] = IF up[p] THEN ParticipantState(log[p]) ELSE "down"
    /\ (cstate = "down") <=> ~up[Coordinator]
    /\ (cstate = "committed") <=> (up[Coordinator] /\ log[Coordinator] = <<"commit">>)
    /\ cstate \in {"init", "collecting"} => log[Coordinator] = <<>>
    /\ votes # {} => cstate = "collecting"
    /\ acks # {} => cstate = "committed"
    /\ \A n \in Nodes : ~up[n] => durable[n] = Len(log[n]) /\ held[n] = {}

\* Who is counted has a record on disk that says so.
Counted ==
    /\ \A p \in votes : Prepared(p) /\ log[p] = <<"prepared">>
    /\ \A p \in acks : Committed(p)

\* The decision, and what the participants made of it.
DecisionsAgree ==
    /\ log[Coordinator] # <<>> => \A p \in Participants : Prepared(p)
    /\ Len(log[Coordinator]) = 2 => \A p \in Participants : Committed(p)
    /\ \A p \in Participants :
          /\ log[p] = <<"prepared", "committed">> => durable[Coordinator] > 0
          /\ log[p] = <<"prepared", "aborted">> => Abandoned

(***************************************************************************)
(* Then the messages, each by itself.  Prepare, No and Inquire do no harm  *)
(* at any time.                                                            *)
(***************************************************************************)
Allowed(m) ==
    CASE m.type = "Yes"    -> Prepared(m.p)
      [] m.type = "Commit" -> durable[Coordinator] > 0
      [] m.type = "Abort"  -> Abandoned \/ Committed(m.p)
      [] m.type = "Ack"    -> Committed(m.p)
      [] OTHER             -> TRUE

\* Node n holds h until record h.at is durable, and then it is allowed.
AllowedLater(n, h) ==
    CASE n = h.msg.p /\ h.msg.type = "Yes" -> log[n][1] = "prepared"
      [] n = h.msg.p /\ h.msg.type = "Ack" -> log[n] = <<"prepared", "committed">> /\ h.at = 2
      [] n = h.msg.p -> h.msg.type \in {"No", "Inquire"}
      [] n = Coordinator /\ h.msg.type = "Commit" -> TRUE
      [] n = Coordinator /\ h.msg.type = "Abort" -> Abandoned \/ Committed(h.msg.p)
      [] OTHER -> FALSE

MessagesAllowed ==
    /\ \A m \in msgs : Allowed(m)
    /\ \A n \in Nodes : \A h \in held[n] : AllowedLater(n, h)

Inductive == TypeOK /\ Memory /\ Counted /\ DecisionsAgree /\ MessagesAllowed

-----------------------------------------------------------------------------
(***************************************************************************)
(* All states that satisfy it, with two messages at most.  The nodes are   *)
(* enumerated first; pstate is the function of the log that Memory says.   *)
(***************************************************************************)
Places ==
    {[in |-> "network", at |-> 0, msg |-> m] : m \in Message}
        \cup UNION {{[in |-> n, at |-> i, msg |-> m] :
                        i \in (durable[n] + 1)..Len(log[n]), m \in Message} : n \in Nodes}

TwoAtMost(S) == {{}} \cup {{x, y} : x \in S, y \in S}

MessagesIn(S) ==
    /\ msgs = {x.msg : x \in {y \in S : y.in = "network"}}
    /\ held = [n \in Nodes |->
                  {[at |-> x.at, msg |-> x.msg] : x \in {y \in S : y.in = n}}]

NodesInit ==
    /\ up \in [Nodes -> BOOLEAN]
    /\ log \in {l \in [Nodes -> ParticipantLogs \cup CoordinatorLogs] :
                   /\ \A p \in Participants : l[p] \in ParticipantLogs
                   /\ l[Coordinator] \in CoordinatorLogs}
    /\ durable \in {d \in [Nodes -> 0..2] :
                       \A n \in Nodes : /\ d[n] <= Len(log[n])
                                        /\ ~up[n] => d[n] = Len(log[n])}
    /\ cstate \in {"init", "collecting", "committed", "forgotten", "down"}
    /\ DecisionsAgree
    /\ pstate = [p \in Participants |->
                    IF up[p] THEN ParticipantState(log[p]) ELSE "down"]
    /\ votes \in SUBSET Participants
    /\ acks \in SUBSET Participants

Fits(x) ==
    IF x.in = "network" THEN Allowed(x.msg) ELSE up[x.in] /\ AllowedLater(x.in, x)

InductiveInit ==
    /\ NodesInit
    /\ Counted
    /\ \E S \in TwoAtMost({x \in Places : Fits(x)}) : MessagesIn(S)
    /\ Inductive

InductiveSpec == InductiveInit /\ [][Next]_vars

FewMessages ==
    Cardinality(msgs) + Cardinality(UNION {{<<n, h>> : h \in held[n]} : n \in Nodes}) <= 2

(***************************************************************************)
(* THE CONTROLS.  A rule of the protocol may be broken, as in MCTwoPhase:  *)
(* then some step from a state that satisfies the invariant leads out of   *)
(* it, and one message is enough to show that.  Or the invariant may say   *)
(* less: messages of one type may be on their way though nothing says that *)
(* they are right.  Then the rest is not enough.  With any Abort allowed,  *)
(* a participant that is prepared receives one though another has          *)
(* committed.  With any Commit allowed, it commits though nobody has       *)
(* decided.                                                                *)
(***************************************************************************)
OneAtMost(S) == {{}} \cup {{x} : x \in S}

Unproven(m) == m.type = "Abort"

AnyCommit(m) == m.type = "Commit"

WeakFits(x) == Fits(x) \/ (x.in = "network" /\ Unproven(x.msg))

WeakInit ==
    /\ NodesInit
    /\ Counted
    /\ \E S \in OneAtMost({x \in Places : WeakFits(x)}) : MessagesIn(S)
    /\ TypeOK /\ Memory /\ Atomicity

WeakSpec == WeakInit /\ [][Next]_vars
=============================================================================
