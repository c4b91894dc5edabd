------------------------------ MODULE Berkeley ------------------------------
(***************************************************************************)
(* The Berkeley algorithm: clocks that agree, without a clock that is      *)
(* right.                                                                  *)
(*                                                                         *)
(* THE PROBLEM.  The clocks of some nodes are to show nearly the same      *)
(* time, and none of them is known to be better than the others.  Some     *)
(* are faulty and may show anything.  Programs read the clocks while they  *)
(* are corrected, so none may ever go back.                                *)
(*                                                                         *)
(* THE IDEA.  One node is the master.  It asks all others for their time   *)
(* and finds from the round trip how far each clock is ahead of its own.   *)
(* It averages over the largest set of clocks of which no two are more     *)
(* than Gamma apart, its own among the candidates: a fault-tolerant        *)
(* average, which leaves out whoever is far off.  Then it tells each node  *)
(* not the time, which would be old on arrival, but by how much to correct *)
(* its clock.  A node slews: its clock runs a little faster or slower      *)
(* until the correction is made.  When the master fails, another node      *)
(* takes its place.                                                        *)
(*                                                                         *)
(* HOW CLOSE.  A reading is wrong by half of the uncertainty u, which is   *)
(* MaxDelay - MinDelay, and by drift.  All corrections aim at the same     *)
(* average, so what the average is does not matter to how close the clocks *)
(* come: two of them end up u apart at most, plus drift (Agreement).  What *)
(* the choice of clocks is good for is that a faulty one does not lead all *)
(* others astray (NotPulled).                                              *)
(*                                                                         *)
(* SYSTEM MODEL.  That of DriftingClocks; a message takes between MinDelay *)
(* and MaxDelay ticks of real time, and none is lost, except those to a    *)
(* node that has crashed.  Nodes fail by crashing.  Faulty nodes follow    *)
(* the protocol, but the clocks that they show the master are off by       *)
(* anything in Lies, each time by something else.  The nonfaulty clocks    *)
(* of nodes that run outnumber the faulty ones, and are not further apart  *)
(* than Gamma allows.                                                      *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node; Tick is real time going by. *)
(* Every process has one step that it repeats for ever, so each process is *)
(* one action.                                                             *)
(*                                                                         *)
(* UNITS.  Hardware clocks, delays and real time are in ticks; everything  *)
(* else is in halves of a tick, so that numbers are whole.                 *)
(*                                                                         *)
(* SOURCE.  R. Gusella and S. Zatti, The Accuracy of the Clock             *)
(* Synchronization Achieved by TEMPO in Berkeley UNIX 4.3BSD, IEEE         *)
(* Transactions on Software Engineering 15(7), 1989.  DEPARTURES: TEMPO    *)
(* reads each clock several times and keeps the best reading; here there   *)
(* is one.  TEMPO elects a master by messages; here one node that runs     *)
(* takes over when the master is down, so that there are never two: the    *)
(* outcome of the election, and not its way.  Rounds are numbered, by one  *)
(* counter, and what comes of an earlier round is dropped.  A node that    *)
(* has crashed does not come back.  Networks that are cut in two, each     *)
(* part with a master of its own, are left out.                            *)
(***************************************************************************)
EXTENDS DriftingClocks, FiniteSets, Sequences

CONSTANTS
    First,              \* the first master
    Faulty,             \* the nodes that show wrong times
    Lies,               \* by how much, in halves of a tick
    MinDelay, MaxDelay, \* of a message, in ticks of real time
    Start,              \* what hardware clocks may say when real time is 0
    Gamma               \* clocks that agree are so far apart at most, in halves

ASSUME First \in Nodes /\ Faulty \subseteq Nodes /\ Lies \subseteq Int
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay
ASSUME Start \subseteq Int /\ Gamma \in Nat

Uncertainty == MaxDelay - MinDelay

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.  So it can Slew,   *)
(* in DriftingClocks: here it makes half a tick of a correction in each    *)
(* tick, as clocks are in halves.                                          *)
(***************************************************************************)
\* How far a clock is ahead that shows `time`, for a master whose clock showed
\* `before` when it asked and `after` when it got the answer.
Difference(time, before, after) == time - (before + after) \div 2

\* Sets of clocks that agree, when clock p is ahead[p] ahead of the master's.
Agree(ahead, S) == \A p, q \in S : ahead[p] - ahead[q] <= Gamma

\* The largest set of clocks that agree; one of them, if there are several.
Agreeing(ahead) ==
    CHOOSE S \in SUBSET DOMAIN ahead :
        /\ Agree(ahead, S)
        /\ \A T \in SUBSET DOMAIN ahead :
              Agree(ahead, T) => Cardinality(T) <= Cardinality(S)

\* For how long by its own clock the master waits for answers, in halves: more
\* than the longest round trip takes.  A node that has not answered by then is
\* down, so that the master averages over all that run.
Patience == 2 * (2 * MaxDelay + Drift(2 * MaxDelay)) + 1

\* A node that took part in round `last` answers a question of round r.
MayJoin(last, r) == last < r

\* A node that took part in round `last` takes a correction of round r.
MayCorrect(last, r) == last = r

(***************************************************************************)
(* What happens when.  A model can rule these out, or bound them.          *)
(***************************************************************************)
MayPoll(n)  == TRUE     \* node n may start a round
MayElect(n) == TRUE     \* node n may take over
MayCrash(n) == TRUE     \* node n may crash
MayPass     == TRUE     \* real time may go by

-----------------------------------------------------------------------------
RECURSIVE Sum(_, _)
Sum(f, S) ==
    IF S = {} THEN 0
    ELSE LET x == CHOOSE y \in S : TRUE IN f[x] + Sum(f, S \ {x})

\* The average over the clocks that agree, rounded down.
Average(ahead) ==
    LET S == Agreeing(ahead) IN Sum(ahead, S) \div Cardinality(S)

\* What the clock of node p may show in the place of c.
Shows(p, c) == IF p \in Faulty THEN {c + l : l \in Lies} ELSE {c}

NoDiff    == [p \in {} |-> 0]
NoOutcome == [round |-> 0, master |-> First, diff |-> NoDiff, average |-> 0]

(* --algorithm Berkeley {

variables
    \* Real time and the hardware clocks (module DriftingClocks).
    now = 0,
    hardware \in [Nodes -> Start],
    steady = SteadyAtStart,

    \* The network: messages on their way.
    msgs = {},

    \* The nodes that run, and the master.
    up = [n \in Nodes |-> TRUE],
    master = First,

    \* What each node adds to its hardware clock, and the clock that others
    \* see, which is slewed towards that.
    correction = [n \in Nodes |-> 0],
    clock = [n \in Nodes |-> 2 * hardware[n]],

    \* The round in which each node took part last, and the one of which it
    \* has made the correction.
    joined = [n \in Nodes |-> 0],
    adjusted = [n \in Nodes |-> 0],

    \* The master's: the number of the last round; whether it is open; its
    \* clock when it asked; how far the clocks are ahead that it knows of.
    round = 0,
    open = FALSE,
    asked = 0,
    diff = NoDiff,

    \* History: when each round began, and what came of the last one.
    began = <<>>,
    outcome = NoOutcome;

define {
    \* Node n's hardware clock with all corrections, made or still to be made.
    Corrected(n) == 2 * hardware[n] + correction[n]

    Arrives(m) == now >= m.sent + MinDelay

    \* Messages to nodes that are down are lost.
    Reaching(M) == {m \in M : up[m.to]}
}

\* Tick: real time goes by, unless a message is due.  The clocks that others
\* see follow the hardware clocks, and are slewed.
fair process (Tick = "Tick") {
tick:
    while (TRUE) {
        await MayPass /\ \A m \in msgs : now < m.sent + MaxDelay;
        with (by \in Steps(steady)) {
            clock := [n \in Nodes |->
                         clock[n] + 2 * by[n] + Slew(Corrected(n) - clock[n], by[n])];
            now := now + 1;
            hardware := HardwareAfter(hardware, by);
            steady := SteadyAfter(steady, by);
        }
    }
}

\* Poll: the master starts a round, and asks all others for their time.  Its
\* own clock is one of those that it knows.
fair process (Poll \in Nodes) {
poll:
    while (TRUE) {
        await up[self] /\ master = self /\ ~open /\ MayPoll(self);
        round := round + 1;
        began := Append(began, now);
        open := TRUE;
        asked := Corrected(self);
        joined[self] := round;
        with (own \in Shows(self, 0)) { diff := [p \in {self} |-> own] };
        msgs := msgs \cup Reaching({[type |-> "Ask", from |-> self, to |-> p, round |-> round,
                                     value |-> 0, sent |-> now] : p \in Nodes \ {self}});
    }
}

\* Answer: the node says what its clock shows, with all corrections.  A question
\* that comes after one of a later round is dropped: whoever asked it is down.
fair process (Answer \in Nodes) {
answer:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Ask" /\ i.to = self /\ Arrives(i)}) {
            if (MayJoin(joined[self], m.round)) {
                joined[self] := m.round;
                with (shown \in Shows(self, Corrected(self))) {
                    msgs := (msgs \ {m})
                            \cup Reaching({[type |-> "Time", from |-> self, to |-> m.from,
                                            round |-> m.round, value |-> shown, sent |-> now]});
                }
            } else {
                msgs := msgs \ {m};
            }
        }
    }
}

\* Read: the master receives a time, and finds how far that clock is ahead.
\* An answer of a round that is over is dropped.
fair process (Read \in Nodes) {
read:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Time" /\ i.to = self /\ Arrives(i)}) {
            msgs := msgs \ {m};
            if (master = self /\ open /\ m.round = round) {
                diff := [p \in DOMAIN diff \cup {m.from} |->
                            IF p = m.from THEN Difference(m.value, asked, Corrected(self))
                            ELSE diff[p]];
            }
        }
    }
}

\* Finish: when all have answered, or the master is tired of waiting, it
\* averages, tells each node that answered its correction, and makes its own.
fair process (Finish \in Nodes) {
finish:
    while (TRUE) {
        await up[self] /\ master = self /\ open;
        await DOMAIN diff = Nodes \/ Corrected(self) - asked >= Patience;
        with (average = Average(diff)) {
            msgs := msgs \cup Reaching({[type |-> "Correct", from |-> self, to |-> p,
                                         round |-> round, value |-> average - diff[p],
                                         sent |-> now] : p \in DOMAIN diff \ {self}});
            correction[self] := correction[self] + average - diff[self];
            outcome := [round |-> round, master |-> self, diff |-> diff, average |-> average];
        };
        adjusted[self] := round;
        open := FALSE;
        asked := 0;
        diff := NoDiff;
    }
}

\* Correct: the node receives its correction.  One of a round before the last
\* in which it took part is dropped: the node has shown its clock since, without
\* this correction, and the next one will make up for it.
fair process (Correct \in Nodes) {
correct:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Correct" /\ i.to = self /\ Arrives(i)}) {
            msgs := msgs \ {m};
            if (MayCorrect(joined[self], m.round)) {
                correction[self] := correction[self] + m.value;
                adjusted[self] := m.round;
            }
        }
    }
}

\* Crash: the node is gone, and a round of its own with it.
process (Crash \in Nodes) {
crash:
    while (TRUE) {
        await up[self] /\ MayCrash(self);
        up[self] := FALSE;
        msgs := {m \in msgs : m.to # self};
        if (master = self) {
            open := FALSE;
            asked := 0;
            diff := NoDiff;
        }
    }
}

\* Elect: the master is down, and this node takes its place.
fair process (Elect \in Nodes) {
elect:
    while (TRUE) {
        await up[self] /\ ~up[master] /\ MayElect(self);
        master := self;
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES now, hardware, steady, msgs, up, master, correction, clock, joined, 
          adjusted, round, open, asked, diff, began, outcome

(* define statement *)
Corrected(n) == 2 * hardware[n] + correction[n]

Arrives(m) == now >= m.sent + MinDelay


Reaching(M) == {m \in M : up[m.to]}


vars == << now, hardware, steady, msgs, up, master, correction, clock, joined, 
           adjusted, round, open, asked, diff, began, outcome >>

ProcSet == {"Tick"} \cup (Nodes) \cup (Nodes) \cup (Nodes) \cup (Nodes) \cup (Nodes) \cup (Nodes) \cup (Nodes)

Init == (* Global variables *)
        /\ now = 0
        /\ hardware \in [Nodes -> Start]
        /\ steady = SteadyAtStart
        /\ msgs = {}
        /\ up = [n \in Nodes |-> TRUE]
        /\ master = First
        /\ correction = [n \in Nodes |-> 0]
        /\ clock = [n \in Nodes |-> 2 * hardware[n]]
        /\ joined = [n \in Nodes |-> 0]
        /\ adjusted = [n \in Nodes |-> 0]
        /\ round = 0
        /\ open = FALSE
        /\ asked = 0
        /\ diff = NoDiff
        /\ began = <<>>
        /\ outcome = NoOutcome

Tick == /\ MayPass /\ \A m \in msgs : now < m.sent + MaxDelay
        /\ \E by \in Steps(steady):
             /\ clock' = [n \in Nodes |->
                             clock[n] + 2 * by[n] + Slew(Corrected(n) - clock[n], by[n])]
             /\ now' = now + 1
             /\ hardware' = HardwareAfter(hardware, by)
             /\ steady' = SteadyAfter(steady, by)
        /\ UNCHANGED << msgs, up, master, correction, joined, adjusted, round, 
                        open, asked, diff, began, outcome >>

Poll(self) == /\ up[self] /\ master = self /\ ~open /\ MayPoll(self)
              /\ round' = round + 1
              /\ began' = Append(began, now)
              /\ open' = TRUE
              /\ asked' = Corrected(self)
              /\ joined' = [joined EXCEPT ![self] = round']
              /\ \E own \in Shows(self, 0):
                   diff' = [p \in {self} |-> own]
              /\ msgs' = (msgs \cup Reaching({[type |-> "Ask", from |-> self, to |-> p, round |-> round',
                                               value |-> 0, sent |-> now] : p \in Nodes \ {self}}))
              /\ UNCHANGED << now, hardware, steady, up, master, correction, 
                              clock, adjusted, outcome >>

Answer(self) == /\ \E m \in {i \in msgs : i.type = "Ask" /\ i.to = self /\ Arrives(i)}:
                     IF MayJoin(joined[self], m.round)
                        THEN /\ joined' = [joined EXCEPT ![self] = m.round]
                             /\ \E shown \in Shows(self, Corrected(self)):
                                  msgs' = (msgs \ {m})
                                          \cup Reaching({[type |-> "Time", from |-> self, to |-> m.from,
                                                          round |-> m.round, value |-> shown, sent |-> now]})
                        ELSE /\ msgs' = msgs \ {m}
                             /\ UNCHANGED joined
                /\ UNCHANGED << now, hardware, steady, up, master, correction, 
                                clock, adjusted, round, open, asked, diff, 
                                began, outcome >>

Read(self) == /\ \E m \in {i \in msgs : i.type = "Time" /\ i.to = self /\ Arrives(i)}:
                   /\ msgs' = msgs \ {m}
                   /\ IF master = self /\ open /\ m.round = round
                         THEN /\ diff' = [p \in DOMAIN diff \cup {m.from} |->
                                             IF p = m.from THEN Difference(m.value, asked, Corrected(self))
                                             ELSE diff[p]]
                         ELSE /\ TRUE
                              /\ diff' = diff
              /\ UNCHANGED << now, hardware, steady, up, master, correction, 
                              clock, joined, adjusted, round, open, asked, 
                              began, outcome >>

Finish(self) == /\ up[self] /\ master = self /\ open
                /\ DOMAIN diff = Nodes \/ Corrected(self) - asked >= Patience
                /\ LET average == Average(diff) IN
                     /\ msgs' = (msgs \cup Reaching({[type |-> "Correct", from |-> self, to |-> p,
                                                      round |-> round, value |-> average - diff[p],
                                                      sent |-> now] : p \in DOMAIN diff \ {self}}))
                     /\ correction' = [correction EXCEPT ![self] = correction[self] + average - diff[self]]
                     /\ outcome' = [round |-> round, master |-> self, diff |-> diff, average |-> average]
                /\ adjusted' = [adjusted EXCEPT ![self] = round]
                /\ open' = FALSE
                /\ asked' = 0
                /\ diff' = NoDiff
                /\ UNCHANGED << now, hardware, steady, up, master, clock, 
                                joined, round, began >>

Correct(self) == /\ \E m \in {i \in msgs : i.type = "Correct" /\ i.to = self /\ Arrives(i)}:
                      /\ msgs' = msgs \ {m}
                      /\ IF MayCorrect(joined[self], m.round)
                            THEN /\ correction' = [correction EXCEPT ![self] = correction[self] + m.value]
                                 /\ adjusted' = [adjusted EXCEPT ![self] = m.round]
                            ELSE /\ TRUE
                                 /\ UNCHANGED << correction, adjusted >>
                 /\ UNCHANGED << now, hardware, steady, up, master, clock, 
                                 joined, round, open, asked, diff, began, 
                                 outcome >>

Crash(self) == /\ up[self] /\ MayCrash(self)
               /\ up' = [up EXCEPT ![self] = FALSE]
               /\ msgs' = {m \in msgs : m.to # self}
               /\ IF master = self
                     THEN /\ open' = FALSE
                          /\ asked' = 0
                          /\ diff' = NoDiff
                     ELSE /\ TRUE
                          /\ UNCHANGED << open, asked, diff >>
               /\ UNCHANGED << now, hardware, steady, master, correction, 
                               clock, joined, adjusted, round, began, outcome >>

Elect(self) == /\ up[self] /\ ~up[master] /\ MayElect(self)
               /\ master' = self
               /\ UNCHANGED << now, hardware, steady, msgs, up, correction, 
                               clock, joined, adjusted, round, open, asked, 
                               diff, began, outcome >>

Next == Tick
           \/ (\E self \in Nodes: Poll(self))
           \/ (\E self \in Nodes: Answer(self))
           \/ (\E self \in Nodes: Read(self))
           \/ (\E self \in Nodes: Finish(self))
           \/ (\E self \in Nodes: Correct(self))
           \/ (\E self \in Nodes: Crash(self))
           \/ (\E self \in Nodes: Elect(self))

Spec == /\ Init /\ [][Next]_vars
        /\ WF_vars(Tick)
        /\ \A self \in Nodes : WF_vars(Poll(self))
        /\ \A self \in Nodes : WF_vars(Answer(self))
        /\ \A self \in Nodes : WF_vars(Read(self))
        /\ \A self \in Nodes : WF_vars(Finish(self))
        /\ \A self \in Nodes : WF_vars(Correct(self))
        /\ \A self \in Nodes : WF_vars(Elect(self))

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Abs(x) == IF x < 0 THEN -x ELSE x
Good   == Nodes \ Faulty

Message == [type : {"Ask", "Time", "Correct"}, from : Nodes, to : Nodes,
            round : Nat, value : Int, sent : Nat]

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ msgs \subseteq Message
    /\ \A m \in msgs : m.round \in 1..round /\ m.sent <= now /\ up[m.to]
    /\ up \in [Nodes -> BOOLEAN] /\ master \in Nodes
    /\ correction \in [Nodes -> Int] /\ clock \in [Nodes -> Int]
    /\ joined \in [Nodes -> 0..round] /\ adjusted \in [Nodes -> 0..round]
    /\ round = Len(began) /\ open \in BOOLEAN /\ asked \in Int
    /\ DOMAIN diff \subseteq Nodes /\ \A p \in DOMAIN diff : diff[p] \in Int
    /\ open => master \in DOMAIN diff /\ up[master]
    /\ outcome.round \in 0..round /\ outcome.master \in Nodes

(***************************************************************************)
(* No clock that others see ever goes back.                                *)
(***************************************************************************)
Monotonic == [][\A n \in Nodes : clock'[n] >= clock[n]]_vars

(***************************************************************************)
(* A reading of a good clock by a good master is wrong by u (half of it,   *)
(* in ticks), and by what both clocks may drift since the round began.     *)
(***************************************************************************)
ReadingsClose ==
    open /\ master \in Good =>
        \A p \in DOMAIN diff \cap Good :
            Abs(diff[p] - (Corrected(p) - Corrected(master)))
                <= Uncertainty + 4 * Drift(now - began[round])

(***************************************************************************)
(* A correction is of a round in which its node took part, the last one or *)
(* one before: a node never forgets that it has shown its clock since.     *)
(***************************************************************************)
CorrectionsJoined ==
    \A m \in msgs : m.type = "Correct" => m.round <= joined[m.to]

(***************************************************************************)
(* Agreement: nodes that have made the corrections of the same round are u *)
(* apart at most, and what their clocks may drift since the round began;   *)
(* the master's clock may drift between two answers, too, which are 2u     *)
(* apart at most.  (Two readings, each wrong by half of u, put two clocks  *)
(* u apart; a reading and the master's own clock are closer.)              *)
(***************************************************************************)
\* How far apart e ticks after the round began, in halves of a tick.
Bound(e) == 2 * Uncertainty + 4 * Drift(e) + Drift(2 * Uncertainty)

Together(p, q) == p # q /\ adjusted[p] = adjusted[q] /\ adjusted[p] > 0

Agreement ==
    \A p, q \in Good :
        Together(p, q) =>
            Abs(Corrected(p) - Corrected(q)) <= Bound(now - began[adjusted[p]])

(***************************************************************************)
(* So are the clocks that others see, once they are slewed.                *)
(***************************************************************************)
Slewed(n) == clock[n] = Corrected(n)

ClocksAgree ==
    \A p, q \in Good :
        Together(p, q) /\ Slewed(p) /\ Slewed(q) =>
            Abs(clock[p] - clock[q]) <= Bound(now - began[adjusted[p]])

(***************************************************************************)
(* A clock is near when a good one that was read is within Gamma of it.    *)
(* The average lies among the clocks that are near: a faulty clock beyond  *)
(* the bound does not pull it at all, and one within the bound cannot pull *)
(* it further than Gamma.                                                  *)
(***************************************************************************)
Near(diffs) ==
    {p \in DOMAIN diffs : \E g \in DOMAIN diffs \cap Good : Abs(diffs[p] - diffs[g]) <= Gamma}

NotPulled ==
    outcome.round > 0 =>
        /\ \E p \in Near(outcome.diff) : outcome.diff[p] <= outcome.average
        /\ \E p \in Near(outcome.diff) : outcome.average <= outcome.diff[p]

\* That is so when most of the clocks that were read are good and within Gamma of
\* each other: whatever the master chooses then has one of these in it.
GoodMajority(diffs) ==
    \E M \in SUBSET (DOMAIN diffs \cap Good) :
        /\ 2 * Cardinality(M) > Cardinality(DOMAIN diffs)
        /\ \A p, q \in M : Abs(diffs[p] - diffs[q]) <= Gamma

(***************************************************************************)
(* A master that fails is replaced, and the next one finishes a round: as  *)
(* long as some node stays up (Spec by itself allows all nodes to crash),  *)
(* and clocks do not stand still for ever (as with a Period of 1).         *)
(***************************************************************************)
Replaced == ~up[master] ~> (up[master] /\ outcome.master = master)

(***************************************************************************)
(* What is NOT so.  That the answer took half of the round trip, so that   *)
(* nothing but drift keeps clocks apart (model berkeley-asymmetric); that  *)
(* drift can be left out (berkeley-drift-ignored); and that half a tick    *)
(* less than Bound would do (berkeley-tight, where clocks do not drift).   *)
(***************************************************************************)
WithoutDrift ==
    \A p, q \in Good :
        Together(p, q) => Abs(Corrected(p) - Corrected(q)) <= 2 * Uncertainty

Symmetric ==
    \A p, q \in Good :
        Together(p, q) => Abs(Corrected(p) - Corrected(q)) <= 4 * Drift(now - began[adjusted[p]])

Tighter ==
    \A p, q \in Good :
        Together(p, q) =>
            Abs(Corrected(p) - Corrected(q)) <= Bound(now - began[adjusted[p]]) - 1

(***************************************************************************)
(* What the models reach, and the properties above are about: models that  *)
(* ask for these must fail.                                                *)
(***************************************************************************)
NeverLeftOut == outcome.round > 0 => Near(outcome.diff) = DOMAIN outcome.diff
NeverReplaced == outcome.master = First
NeverCorrectedByNext ==
    \A n \in Nodes :
        outcome.master # First /\ n # outcome.master => adjusted[n] # outcome.round
NeverSlewsBack == \A n \in Nodes : clock[n] <= Corrected(n)
NeverDropped ==
    \A m \in msgs : m.type = "Correct" => m.round >= joined[m.to]

THEOREM Spec =>
    /\ []TypeOK /\ Monotonic /\ []ReadingsClose /\ []CorrectionsJoined
    /\ []Agreement /\ []ClocksAgree
    /\ [](GoodMajority(outcome.diff) => NotPulled)
    /\ Period # 1 /\ (\E n \in Nodes : []up[n]) => Replaced
=============================================================================
