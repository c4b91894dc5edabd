------------------------------ MODULE Cristian ------------------------------
(***************************************************************************)
(* Reading a remote clock: Cristian's algorithm.                           *)
(*                                                                         *)
(* THE PROBLEM.  A client wants to know what the clock of a server says.   *)
(* It can ask, but by the time that the answer is there it is old, and no  *)
(* one knows by how much.                                                  *)
(*                                                                         *)
(* THE IDEA.  The client measures with its own clock how long the round    *)
(* trip took.  The answer is older than MinDelay, and younger than the     *)
(* round trip less MinDelay (for the request).  So the client adds half    *)
(* the round trip to what the answer says, and is wrong by at most half    *)
(* the round trip less MinDelay, and by what the two clocks may drift.  A  *)
(* short round trip makes a good reading, and the client knows how good.   *)
(*                                                                         *)
(* So a client that wants a reading of a given precision discards those of *)
(* which the round trip took longer than MaxTrip, and tries again.  It may *)
(* have to try often: nothing is sure but that each attempt has a chance.  *)
(* That is why the paper calls the algorithm probabilistic.  After so many *)
(* attempts in vain the client knows that it does not know.  Otherwise it  *)
(* is in rapport with the server, for as long as its clock may be trusted. *)
(*                                                                         *)
(* The client's clock that others see never goes back and never jumps: the *)
(* correction is slewed, a tick at a time.                                 *)
(*                                                                         *)
(* SYSTEM MODEL.  That of DriftingClocks.  A message takes MinDelay ticks  *)
(* of real time at least.  No one knows how long it takes at most, and it  *)
(* may be lost: the client can rely on no more than its own clock.  (That  *)
(* a message that is not lost takes MaxDelay at most is there for models,  *)
(* which need an end.)  The server answers at once, and does not fail.     *)
(*                                                                         *)
(* HOW TO READ IT.  The algorithm is PlusCal.  Every process has one step  *)
(* that it repeats for ever, so each process is one action.                *)
(*                                                                         *)
(* UNITS.  Readings are in halves of a tick, so that numbers are whole.    *)
(*                                                                         *)
(* SOURCE.  F. Cristian, Probabilistic Clock Synchronization, Distributed  *)
(* Computing 3(3), 1989: reading a remote clock, reading it with a given   *)
(* precision (a round trip of 2U at most, here MaxTrip; k attempts, here   *)
(* Attempts), rapport between master and slave, and adjusting clocks.      *)
(* DEPARTURES: when to try again is left open (the paper has W between two *)
(* attempts, and computes when the next reading is due).  There are no     *)
(* probabilities: what is shown is that every attempt may fail, that each  *)
(* ends, and what is true after one that does not fail.  A client that has *)
(* failed for good stays so; in the paper it leaves the group, and may     *)
(* come back.  There is one server; the paper has several for one that     *)
(* fails, and a group of them that keep together.  Drift is counted in     *)
(* whole ticks, and the estimate leaves out the terms of the paper's that  *)
(* have drift in them; the bound allows for that.                          *)
(***************************************************************************)
EXTENDS DriftingClocks

CONSTANTS
    Client, Server,     \* the two nodes
    MinDelay, MaxDelay, \* of a message, in ticks of real time
    Start,              \* what clocks may say when real time is 0
    MaxTrip,            \* a round trip that is longer, by the client's clock,
                        \* makes no reading
    Attempts,           \* the client gives up after so many in vain
    Trust               \* for how long by its clock it relies on a reading

ASSUME Nodes = {Client, Server} /\ Client # Server
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay
ASSUME MaxTrip \in Nat /\ Attempts \in Nat /\ Trust \in Nat
ASSUME Period # 1       \* a clock that may always stand still measures nothing

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.  So it can Slew,   *)
(* in DriftingClocks, by which a correction is made.                       *)
(***************************************************************************)
\* What the server's clock says when the answer `time` is there after a round
\* trip of r ticks, in halves of a tick.
Estimate2(time, r) == 2 * time + r

\* A reading with a round trip of r ticks is good enough.
GoodEnough(r) == r <= MaxTrip

\* When so many attempts were in vain the client tries again.
TriesAgain(failed) == failed < Attempts

\* The answer to the question of the time `of` is one to that of the time
\* `asked`, and not to one before, which was given up.
IsAnswer(of, asked) == of = asked

\* When the client has waited for r ticks it does not wait any more.
GivesUp(r) == r > MaxTrip

(***************************************************************************)
(* What happens when.  A model can rule these out, or bound them.          *)
(***************************************************************************)
MayAsk  == TRUE         \* the client may ask
MayLose == TRUE         \* a message may be lost
MayPass == TRUE         \* real time may go by

NoReading == [made |-> FALSE, server2 |-> 0, trip |-> 0, at |-> 0, real |-> 0]

(* --algorithm Cristian {

variables
    \* Real time and the hardware clocks (module DriftingClocks).
    now = 0,
    hardware \in [Nodes -> Start],
    steady = SteadyAtStart,

    \* The network: messages on their way.
    msgs = {},

    \* The client: its hardware clock when it asked; whether the answer is
    \* still to come; how many attempts were in vain since the last reading;
    \* that reading, which is what the server's clock said (in halves), the
    \* round trip, the client's clock at the time, and, as history, real time.
    asked = 0,
    waiting = FALSE,
    failed = 0,
    reading = NoReading,

    \* The client's clock that others see, and the correction of it that is
    \* still to be made.
    clock = hardware[Client],
    toSlew = 0;

define {
    Arrives(m) == now >= m.sent + MinDelay
}

\* Tick: real time goes by, unless a message is due.  The client's clock
\* follows its hardware clock, and is slewed.
fair process (Tick = "Tick") {
tick:
    while (TRUE) {
        await MayPass /\ \A m \in msgs : now < m.sent + MaxDelay;
        with (by \in Steps(steady); s = Slew(toSlew, by[Client])) {
            now := now + 1;
            hardware := HardwareAfter(hardware, by);
            steady := SteadyAfter(steady, by);
            clock := clock + by[Client] + s;
            toSlew := toSlew - s;
        }
    }
}

\* Ask: the client asks, and notes when.  The question tells the time by the
\* client's clock, and so does the answer: it is known by that.
fair process (Ask = "Ask") {
ask:
    while (TRUE) {
        await ~waiting /\ TriesAgain(failed) /\ MayAsk;
        waiting := TRUE;
        asked := hardware[Client];
        msgs := msgs \cup {[type |-> "Request", of |-> asked, time |-> 0, sent |-> now]};
    }
}

\* Answer: the server receives a request, and answers what its clock says.
fair process (Answer = "Answer") {
answer:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Request" /\ Arrives(i)}) {
            msgs := (msgs \ {m}) \cup {[type |-> "Answer", of |-> m.of,
                                        time |-> hardware[Server], sent |-> now]};
        }
    }
}

\* Read: the client receives an answer.  One to a question that it has given
\* up is dropped.  One that took too long makes no reading.  Otherwise it has
\* a reading, and a correction to make, rounded down to whole ticks.
fair process (Read = "Read") {
read:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Answer" /\ Arrives(i)};
              trip = hardware[Client] - asked;
              est2 = Estimate2(m.time, trip)) {
            msgs := msgs \ {m};
            if (waiting /\ IsAnswer(m.of, asked)) {
                waiting := FALSE;
                asked := 0;
                if (GoodEnough(trip)) {
                    reading := [made |-> TRUE, server2 |-> est2, trip |-> trip,
                                at |-> hardware[Client], real |-> now];
                    toSlew := est2 \div 2 - clock;
                    failed := 0;
                } else {
                    failed := failed + 1;
                }
            }
        }
    }
}

\* GiveUp: the client has waited for longer than is good for a reading.
fair process (GiveUp = "GiveUp") {
giveUp:
    while (TRUE) {
        await waiting /\ GivesUp(hardware[Client] - asked);
        waiting := FALSE;
        asked := 0;
        failed := failed + 1;
    }
}

\* Lose: a message is lost.
process (Lose = "Lose") {
lose:
    while (TRUE) {
        await MayLose;
        with (m \in msgs) { msgs := msgs \ {m} };
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES now, hardware, steady, msgs, asked, waiting, failed, reading, clock, 
          toSlew

(* define statement *)
Arrives(m) == now >= m.sent + MinDelay


vars == << now, hardware, steady, msgs, asked, waiting, failed, reading, 
           clock, toSlew >>

ProcSet == {"Tick"} \cup {"Ask"} \cup {"Answer"} \cup {"Read"} \cup {"GiveUp"} \cup {"Lose"}

Init == (* Global variables *)
        /\ now = 0
        /\ hardware \in [Nodes -> Start]
        /\ steady = SteadyAtStart
        /\ msgs = {}
        /\ asked = 0
        /\ waiting = FALSE
        /\ failed = 0
        /\ reading = NoReading
        /\ clock = hardware[Client]
        /\ toSlew = 0

Tick == /\ MayPass /\ \A m \in msgs : now < m.sent + MaxDelay
        /\ \E by \in Steps(steady):
             LET s == Slew(toSlew, by[Client]) IN
               /\ now' = now + 1
               /\ hardware' = HardwareAfter(hardware, by)
               /\ steady' = SteadyAfter(steady, by)
               /\ clock' = clock + by[Client] + s
               /\ toSlew' = toSlew - s
        /\ UNCHANGED << msgs, asked, waiting, failed, reading >>

Ask == /\ ~waiting /\ TriesAgain(failed) /\ MayAsk
       /\ waiting' = TRUE
       /\ asked' = hardware[Client]
       /\ msgs' = (msgs \cup {[type |-> "Request", of |-> asked', time |-> 0, sent |-> now]})
       /\ UNCHANGED << now, hardware, steady, failed, reading, clock, toSlew >>

Answer == /\ \E m \in {i \in msgs : i.type = "Request" /\ Arrives(i)}:
               msgs' = ((msgs \ {m}) \cup {[type |-> "Answer", of |-> m.of,
                                            time |-> hardware[Server], sent |-> now]})
          /\ UNCHANGED << now, hardware, steady, asked, waiting, failed, 
                          reading, clock, toSlew >>

Read == /\ \E m \in {i \in msgs : i.type = "Answer" /\ Arrives(i)}:
             LET trip == hardware[Client] - asked IN
               LET est2 == Estimate2(m.time, trip) IN
                 /\ msgs' = msgs \ {m}
                 /\ IF waiting /\ IsAnswer(m.of, asked)
                       THEN /\ waiting' = FALSE
                            /\ asked' = 0
                            /\ IF GoodEnough(trip)
                                  THEN /\ reading' = [made |-> TRUE, server2 |-> est2, trip |-> trip,
                                                      at |-> hardware[Client], real |-> now]
                                       /\ toSlew' = (est2 \div 2 - clock)
                                       /\ failed' = 0
                                  ELSE /\ failed' = failed + 1
                                       /\ UNCHANGED << reading, toSlew >>
                       ELSE /\ TRUE
                            /\ UNCHANGED << asked, waiting, failed, reading, 
                                            toSlew >>
        /\ UNCHANGED << now, hardware, steady, clock >>

GiveUp == /\ waiting /\ GivesUp(hardware[Client] - asked)
          /\ waiting' = FALSE
          /\ asked' = 0
          /\ failed' = failed + 1
          /\ UNCHANGED << now, hardware, steady, msgs, reading, clock, toSlew >>

Lose == /\ MayLose
        /\ \E m \in msgs:
             msgs' = msgs \ {m}
        /\ UNCHANGED << now, hardware, steady, asked, waiting, failed, reading, 
                        clock, toSlew >>

Next == Tick \/ Ask \/ Answer \/ Read \/ GiveUp \/ Lose

Spec == /\ Init /\ [][Next]_vars
        /\ WF_vars(Tick)
        /\ WF_vars(Ask)
        /\ WF_vars(Answer)
        /\ WF_vars(Read)
        /\ WF_vars(GiveUp)

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Abs(x) == IF x < 0 THEN -x ELSE x

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ \A m \in msgs : /\ m.type \in {"Request", "Answer"}
                       /\ m.of \in Int /\ m.time \in Int /\ m.sent \in 0..now
    /\ asked \in Int /\ waiting \in BOOLEAN /\ failed \in 0..Attempts
    /\ reading \in [made : BOOLEAN, server2 : Int, trip : Int, at : Int, real : Nat]
    /\ clock \in Int /\ toSlew \in Int

(***************************************************************************)
(* How wrong a reading can be, in halves of a tick, e ticks after it was   *)
(* made: by half the round trip less MinDelay; by the drift of both clocks *)
(* in the course of the round trip, which took Longest(trip) at most; and  *)
(* by that since.                                                          *)
(***************************************************************************)
Bound2(trip, e) ==
    trip - 2 * MinDelay + 2 * (2 * Drift(Longest(trip))) + 2 * (2 * Drift(e))

(***************************************************************************)
(* What the client takes the server's clock to say now, in halves.         *)
(***************************************************************************)
Server2 == reading.server2 + 2 * (hardware[Client] - reading.at)

(***************************************************************************)
(* Accuracy: what the client takes the server's clock to say is wrong by   *)
(* the bound at most.                                                      *)
(***************************************************************************)
Accuracy ==
    reading.made =>
        Abs(Server2 - 2 * hardware[Server]) <= Bound2(reading.trip, now - reading.real)

(***************************************************************************)
(* Once the correction is made, the same is true of the clock that others  *)
(* see, give or take the half tick of rounding.                            *)
(***************************************************************************)
ClockAccuracy ==
    reading.made /\ toSlew = 0 =>
        Abs(2 * clock - 2 * hardware[Server]) <= Bound2(reading.trip, now - reading.real) + 1

(***************************************************************************)
(* Rapport, which the client can tell from what it knows: it has a reading *)
(* that is not too old by its clock, and it has not failed for good.       *)
(* In rapport it knows the server's clock with a precision that does not   *)
(* depend on the reading: it can be told beforehand.                       *)
(***************************************************************************)
Rapport ==
    reading.made /\ failed < Attempts /\ hardware[Client] - reading.at <= Trust

Precision ==
    Rapport => Abs(Server2 - 2 * hardware[Server]) <= Bound2(MaxTrip, Longest(Trust))

(***************************************************************************)
(* The clock that others see never goes back, and runs ahead of the        *)
(* hardware clock by no more than a tick a tick.                           *)
(***************************************************************************)
NeverBack == [][clock' >= clock]_vars

NeverJumps == [][clock' - clock <= hardware'[Client] - hardware[Client] + 1]_vars

(***************************************************************************)
(* Every attempt ends; and in the end there is a reading, or the client    *)
(* knows that it does not know.                                            *)
(***************************************************************************)
AttemptsEnd == waiting ~> ~waiting

Settled == <>(reading.made \/ failed = Attempts)

(***************************************************************************)
(* What is NOT so: that the answer took half of the round trip.  When the  *)
(* two ways take different times the reading is wrong, though no clock     *)
(* drifts (model cristian-asymmetric).                                     *)
(***************************************************************************)
Symmetric ==
    reading.made => Abs(Server2 - 2 * hardware[Server])
                        <= 2 * (2 * Drift(Longest(reading.trip))) + 2 * (2 * Drift(now - reading.real))

(***************************************************************************)
(* Nor is it so that drift can be left out (model cristian-drift-ignored); *)
(* that a better bound holds, were it by half a tick (cristian-tight, and  *)
(* with drift cristian-tight-drift); or that there is a reading in the end *)
(* (cristian-in-vain).                                                     *)
(***************************************************************************)
WithoutDrift ==
    reading.made =>
        Abs(Server2 - 2 * hardware[Server]) <= reading.trip - 2 * MinDelay

Tighter ==
    reading.made /\ Bound2(reading.trip, now - reading.real) > 0 =>
        Abs(Server2 - 2 * hardware[Server]) <= Bound2(reading.trip, now - reading.real) - 1

ReadInTheEnd == <>reading.made

(***************************************************************************)
(* What the models reach: an answer comes after its question was given up, *)
(* and another question waits; a client fails for good after a reading.    *)
(***************************************************************************)
NeverLate ==
    \A m \in msgs : m.type = "Answer" /\ waiting /\ Arrives(m) => m.of = asked

NeverOutOfRapport == ~(reading.made /\ failed = Attempts)

THEOREM Spec => /\ []TypeOK /\ []Accuracy /\ []ClockAccuracy /\ []Precision
                /\ NeverBack /\ NeverJumps /\ AttemptsEnd /\ Settled
=============================================================================
