--------------------------- MODULE MCReplicatedLog ---------------------------
(***************************************************************************)
(* The models of ReplicatedLog, and its laws broken one by one.            *)
(***************************************************************************)
EXTENDS ReplicatedLog, TLC

CONSTANT MaxLen             \* the longest log of a model

BoundedLogs == UNION {[1..n -> Entries] : n \in 0..MaxLen}

Symmetry == Permutations(Replicas)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Not vacuous: what the laws are about happens.  Each of these says that  *)
(* it does not, and is violated.                                           *)
(***************************************************************************)
\* A command is committed twice, and both have been applied.
NeverRetried ==
    ~ \E r \in Replicas : Len(log) = MaxLen /\ log[1] = log[2] /\ log[1] \in Commands
                            /\ state[r] = Effects(log, Commands) /\ Len(state[r]) = 2

\* A replica that had applied a command has not any more.
NeverFallsBack == [][\A r \in Replicas : Len(state[r]) <= Len(state'[r])]_vars

\* Two entries are committed in one step.
NeverTwoAtOnce == [][Len(log') <= Len(log) + 1]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken laws.                                                            *)
(***************************************************************************)
\* A client's request is forgotten.
BrokenInvoke == invoked' \in SUBSET Commands

\* The log is rewritten where it has been committed.
BrokenCommit ==
    /\ log' \in Logs
    /\ Len(log') >= Len(log)
    /\ \A i \in DOMAIN log' : log'[i] \in invoked' \cup Internal

\* Something is committed for which nobody asked.
BrokenInvent ==
    /\ log' \in Logs
    /\ IsPrefix(log, log')

\* A retried command takes effect again.
BrokenExecute(s, e, C) == IF e \in C THEN Append(s, e) ELSE s

\* A replica leaves out what another has applied.
BrokenStatesOf(l) == {Effects(SubSeq(l, m, n), Commands) : m \in 1..2, n \in 0..Len(l)}

\* A replica applies what is not committed yet.
BrokenApply ==
    state' \in [Replicas -> StatesOf(log') \cup
                            {Effects(Append(log', c), Commands) : c \in invoked'}]

\* An answer is given before its command is committed.
BrokenRespond ==
    replies' \in {replies \cup M : M \in SUBSET {Reply(c, Append(state[r], c)) :
                                                    c \in invoked', r \in Replicas}}

\* The places of a log are counted from 0.
BrokenReply(cmd, s) == [cmd |-> cmd, result |-> Answer(s, cmd) - 1]

\* An answer is taken back.
BrokenForget == replies' \in SUBSET UNION {Answers(state'[r]) : r \in Replicas}
=============================================================================
