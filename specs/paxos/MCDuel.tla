------------------------------- MODULE MCDuel -------------------------------
(***************************************************************************)
(* Duelling proposers: Paxos promises no termination, and here is why.     *)
(*                                                                         *)
(* Proposer p1 has its promises; before its Accept arrives, p2 gets the    *)
(* same acceptors to promise a higher ballot; p1 is refused, starts a      *)
(* higher one still, in time to have p2 refused; and so on for ever (Paxos *)
(* Made Simple, section 2.4).  Every node goes on taking steps, no message *)
(* is lost and nobody crashes.                                             *)
(*                                                                         *)
(* Such a run goes through infinitely many ballots, and a model has few.   *)
(* So this model renumbers: nothing in Paxos depends on ballot numbers but *)
(* their order and their owners, so when nobody has voted and the lowest   *)
(* two ballots are behind everybody, all others may be called two less and *)
(* what is left of the lowest two forgotten (their messages are lost).     *)
(* With that the duel comes back to a state in which it has been, which is *)
(* what TLC looks for.                                                     *)
(***************************************************************************)
EXTENDS MCPaxos

Period == 2                 \* OddEven(b + Period) = OddEven(b)

Lower(m) ==
    IF m.type = "Nack" THEN [m EXCEPT !.bal = @ - Period, !.promised = @ - Period]
                       ELSE [m EXCEPT !.bal = @ - Period]

LowerLog(l) ==
    IF LastBallot(l) <= Period THEN <<>>
    ELSE <<[l[Len(l)] EXCEPT !.bal = @ - Period]>>

Renumber ==
    /\ \A n \in Nodes : durable[n] = Len(log[n]) /\ held[n] = {}
    /\ \A a \in Acceptors : vote[a] = NoVote /\ promised[a] > Period
    /\ \A p \in Proposers : ballot[p] > Period
    /\ msgs' = {Lower(m) : m \in {n \in msgs : n.bal > Period}}
    /\ log' = [n \in Nodes |-> LowerLog(log[n])]
    /\ durable' = [n \in Nodes |-> Len(log'[n])]
    /\ ballot' = [p \in Proposers |-> ballot[p] - Period]
    /\ promised' = [a \in Acceptors |-> promised[a] - Period]
    /\ UNCHANGED <<held, up, request, phase, promises, value, vote, learnerVars, requested>>

(***************************************************************************)
(* Everybody does what there is to do, and clients ask.                    *)
(***************************************************************************)
DuelSpec ==
    /\ Init /\ [][Next \/ Renumber]_vars
    /\ WF_vars(Renumber)
    /\ \A n \in Nodes : WF_vars(Work(n))
    /\ \A p \in Proposers : WF_vars(\E v \in Values : Request(p, v))
=============================================================================
