--------------------------- MODULE MultiPaxosRules ----------------------------
(***************************************************************************)
(* The rules on which MultiPaxos stands: who decides, what the votes       *)
(* choose, what the promises oblige a leader to propose, and what a log    *)
(* does to a state.                                                        *)
(*                                                                         *)
(* Constants and operators; no variables.  Each rule speaks of its         *)
(* arguments alone, and has a name, so that a model or                     *)
(* MultiPaxosReconfig can replace it.  Module MultiPaxos is the protocol,  *)
(* and says where all this comes from.                                     *)
(***************************************************************************)
EXTENDS MultiPaxosData

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHO DECIDES.  What is known of the log is c, without a gap up to a.     *)
(***************************************************************************)
\* Who decides instance i, and who a server thinks decides.
Members(c, i)     == Servers
MembersUsed(c, i) == Members(c, i)

\* The quorums of members M: those of the two phases are to meet, and without a
\* vote nothing is chosen.
Majorities(M)    == {Q \in SUBSET M : 2 * Cardinality(Q) > Cardinality(M)}
Phase1Quorums(M) == Majorities(M)
Phase2Quorums(M) == Majorities(M)

QuorumsMeet ==
    \A M \in SUBSET Servers \ {{}} :
        /\ {} \notin Phase2Quorums(M)
        /\ \A P \in Phase1Quorums(M), Q \in Phase2Quorums(M) : P \cap Q # {}

\* A leader may propose at i.
MayOpen(c, a, i) == TRUE

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT IS CHOSEN by the votes C: at an instance i the values for which a  *)
(* phase 2 quorum of its members has voted in one ballot.  (Who the        *)
(* members are depends on what is chosen before, of which h says it.)      *)
(***************************************************************************)
ChosenMap(h) == [i \in Instances |-> IF h[i] = {} THEN None ELSE CHOOSE v \in h[i] : TRUE]

ChosenBy(C, h, i) ==
    LET W == {w \in C : w.inst = i}
    IN  {w.val : w \in {x \in W :
            \E Q \in Phase2Quorums(Members(ChosenMap(h), i)) :
                \A s \in Q : \E y \in W : y.by = s /\ y.bal = x.bal /\ y.val = x.val}}

\* What is chosen by the votes C where it was h before, at the instances I: from
\* the lowest on, since a choice there may change who decides at a higher one.
RECURSIVE Recount(_, _, _)
Recount(C, h, I) ==
    IF I = {} THEN h
    ELSE LET i == CHOOSE j \in I : \A k \in I : j <= k
         IN  Recount(C, [h EXCEPT ![i] = @ \cup ChosenBy(C, h, i)], I \ {i})

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT A LEADER MUST PROPOSE, which has the promises P and knows the log  *)
(* c up to a.  (Part-Time Parliament, section 3.1; Paxos Made Simple,      *)
(* section 3.)                                                             *)
(***************************************************************************)
\* A ballot that needs no phase 1.
NeedsNoPhase1(b) == FALSE

\* Who has promised; up to where a snapshot says that all is chosen; the votes
\* that were told, and the last instance in which there is one.
Who(P)   == {r.from : r \in P}
Base(P)  == Largest({0} \cup {r.base : r \in P})
Told(P)  == UNION {r.votes : r \in P}
Top(P)   == Largest({0} \cup {w.inst : w \in Told(P)})

\* Enough have promised for instance i.
Covered(P, c, i) == \E Q \in Phase1Quorums(MembersUsed(c, i)) : Q \subseteq Who(P)

\* What is proposed where the votes W were told: the value of the last of them;
\* where there is none, below an instance where there is, nothing.
Pick(W) ==
    IF W = {} THEN NoOp
    ELSE (CHOOSE w \in W : \A x \in W : x.bal <= w.bal).val

\* The instances that a leader has to see to, and may, and has not yet: those
\* up to the last in which anybody has voted.  (It has proposed prop.)
Due(P, c, a, prop) ==
    {i \in Instances :
        /\ i > a /\ i > Base(P) /\ i <= Top(P)
        /\ c[i] = None /\ prop[i] = None
        /\ MayOpen(c, a, i) /\ Covered(P, c, i)}

\* What it then has proposed, and what it sends.
Proposing(P, D, prop) ==
    [i \in Instances |-> IF i \in D THEN Pick({w \in Told(P) : w.inst = i}) ELSE prop[i]]
Accepts(b, D, prop) == {AcceptMsg(b, i, prop[i]) : i \in D}

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT AN ACCEPTOR MAY, and what it keeps.                                *)
(***************************************************************************)
\* One that has promised ballot p may vote in ballot b.
MayAccept(b, p) == b >= p

\* A message may leave a server with unsynced records R.
MayLeave(type, R) == R = <<>>

\* What a crash leaves of a disk.
Survives(d) == d

\* What a server takes from its disk when it recovers.
Recovered(d) == d

-----------------------------------------------------------------------------
(***************************************************************************)
(* WHAT A LOG DOES TO A STATE, and what a snapshot leaves of a log.        *)
(***************************************************************************)
\* The state after entry e: a request takes effect once.
Apply(st, e) == Execute(st, e, Commands)

RECURSIVE ApplyAll(_, _)
ApplyAll(st, l) == IF l = <<>> THEN st ELSE ApplyAll(Apply(st, Head(l)), Tail(l))

\* What a server may tell is chosen at i: what it knows (v is its vote there).
Tell(known, v) == known

\* Up to where a server may take a snapshot that has applied a instances.
SnapshotPoint(a, v) == a

\* An entry that a snapshot does not stand for, but keeps.
Kept(e) == FALSE

\* What is still known of log c once a snapshot n stands for its beginning.
LogAfter(c, n) ==
    [i \in Instances |->
        IF i > n.upTo THEN c[i]
        ELSE IF \E k \in n.kept : k.inst = i THEN (CHOOSE k \in n.kept : k.inst = i).val
        ELSE None]
=============================================================================
