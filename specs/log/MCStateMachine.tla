--------------------------- MODULE MCStateMachine ----------------------------
(***************************************************************************)
(* The theorems of StateMachine, for every log up to some length.          *)
(*                                                                         *)
(* StateMachine has no behaviour.  Here it gets one that is only a way to  *)
(* go through all logs: there is one state a log, and a step puts one more *)
(* entry behind it.  So the number of states is the number of logs, and    *)
(* the counterexample of a theorem that is false is a shortest log.        *)
(***************************************************************************)
EXTENDS StateMachine

CONSTANTS
    Commands,           \* what clients may ask for
    Internal,           \* entries that are nobody's request
    MaxLen              \* the longest log

VARIABLE l

Init == l = <<>>

Next ==
    /\ Len(l) < MaxLen
    /\ \E e \in Commands \cup Internal : l' = Append(l, e)

Spec == Init /\ [][Next]_l

-----------------------------------------------------------------------------
(***************************************************************************)
(* THE THEOREMS.  Those who refine ReplicatedLog rely on them: a protocol  *)
(* says what its replicas know to be committed, and Effects says the rest. *)
(***************************************************************************)
After(n) == Effects(SubSeq(l, 1, n), Commands)     \* the state after n entries

AtEnd == After(Len(l))

\* What clients asked for takes effect, and nothing else does.
Complete == Range(AtEnd) = Range(l) \cap Commands

\* A request takes effect once, however often the log holds it.
AtMostOnce == LET s == AtEnd IN \A i, j \in DOMAIN s : s[i] = s[j] => i = j

\* A replica that knows less of the log is in an earlier state of the same
\* history.
Prefixes == LET s == AtEnd IN \A n \in 0..Len(l) : IsPrefix(After(n), s)

\* An answer is the same for ever, whoever gives it and whenever.
AnswersStay ==
    LET s == AtEnd IN
    \A n \in 0..Len(l) :
        LET t == After(n) IN \A c \in Range(t) : Answer(t, c) = Answer(s, c)

\* A state is all that is needed of the log before it: who is given a snapshot
\* and the rest of the log comes to the same state.
Resume(s, rest) == ExecuteAll(s, rest, Commands)

SnapshotsSuffice ==
    LET s == AtEnd IN
    \A n \in 0..Len(l) : Resume(After(n), SubSeq(l, n + 1, Len(l))) = s

-----------------------------------------------------------------------------
(***************************************************************************)
(* Not vacuous: a log holds a request twice, with others in between.       *)
(***************************************************************************)
NeverRetried ==
    ~ \E i, j \in DOMAIN l :
          i + 1 < j /\ l[i] \in Commands /\ l[j] = l[i] /\ l[i + 1] # l[i]

(***************************************************************************)
(* Broken machines.                                                        *)
(***************************************************************************)
\* The last entry is left out: a commit index is taken for the first that is
\* not committed.
BrokenEffects(log, C) == ExecuteAll(<<>>, SubSeq(log, 1, Len(log) - 1), C)

\* Only the request that took effect last is remembered, not the last of each
\* client.
BrokenLastOnly(s, e, C) ==
    IF e \in C /\ (s = <<>> \/ e # s[Len(s)]) THEN Append(s, e) ELSE s

\* A request that comes again takes effect again, in the place of the first.
BrokenMove(s, e, C) ==
    IF e \in C THEN Append(SelectSeq(s, LAMBDA c : c # e), e) ELSE s

\* An answer is made when it is given, and not remembered.
BrokenAnswer(s, c) == Len(s)

\* A snapshot does not say which requests have taken effect.
BrokenResume(s, rest) == s \o ExecuteAll(<<>>, rest, Commands)
=============================================================================
