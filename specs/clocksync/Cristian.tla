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
(* The client's clock that others see never goes back and never jumps: the *)
(* correction is slewed, a tick at a time.                                 *)
(*                                                                         *)
(* SYSTEM MODEL.  That of DriftingClocks; a message takes between MinDelay *)
(* and MaxDelay ticks of real time; none is lost.  The server answers at   *)
(* once.  The round trip need not be short for the bound to hold.          *)
(*                                                                         *)
(* HOW TO READ IT.  The algorithm is PlusCal.  Every process has one step  *)
(* that it repeats for ever, so each process is one action.                *)
(*                                                                         *)
(* UNITS.  Readings are in halves of a tick, so that numbers are whole.    *)
(*                                                                         *)
(* SOURCE.  F. Cristian, Probabilistic Clock Synchronization, Distributed  *)
(* Computing 3(3), 1989: reading a remote clock, and adjusting clocks      *)
(* continuously.  DEPARTURES: the paper's client gives up a reading of     *)
(* which the round trip was too long and tries again; here it takes all of *)
(* them, and the property is about each.  Drift is counted in whole ticks. *)
(* With what probability a reading succeeds, which gives the paper its     *)
(* name, and what a failing server does to its clients, are not here.      *)
(***************************************************************************)
EXTENDS DriftingClocks

CONSTANTS
    Client, Server,     \* the two nodes
    MinDelay, MaxDelay, \* of a message, in ticks of real time
    Start               \* what clocks may say when real time is 0

ASSUME Nodes = {Client, Server} /\ Client # Server
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* What the server's clock says when the answer `time` is there after a round
\* trip of r ticks, in halves of a tick.
Estimate2(time, r) == 2 * time + r

\* By how much a correction of s that is still to be made is made while the
\* hardware clock advances by k: a tick, and never so that the clock goes back.
Slew(s, k) == IF s > 0 THEN 1 ELSE IF s < 0 /\ k > 0 THEN -1 ELSE 0

NoReading == [made |-> FALSE, server2 |-> 0, trip |-> 0, at |-> 0, real |-> 0]

(* --algorithm Cristian {

variables
    \* Real time and the hardware clocks (module DriftingClocks).
    now = 0,
    hardware \in [Nodes -> Start],
    steady = SteadyAtStart,

    \* The network: the message on its way, if there is one.
    msgs = {},

    \* The client: its hardware clock when it asked; whether the answer is
    \* still to come; the last reading, which is what the server's clock said
    \* (in halves), the round trip, the client's clock at the time, and, as
    \* history, real time.
    asked = 0,
    waiting = FALSE,
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
process (Tick = "Tick") {
tick:
    while (TRUE) {
        await \A m \in msgs : now < m.sent + MaxDelay;
        with (by \in Steps(steady); s = Slew(toSlew, by[Client])) {
            now := now + 1;
            hardware := HardwareAfter(hardware, by);
            steady := SteadyAfter(steady, by);
            clock := clock + by[Client] + s;
            toSlew := toSlew - s;
        }
    }
}

\* Ask: the client asks, and notes when.
process (Ask = "Ask") {
ask:
    while (TRUE) {
        await ~waiting;
        waiting := TRUE;
        asked := hardware[Client];
        msgs := {[type |-> "Request", time |-> 0, sent |-> now]};
    }
}

\* Answer: the server receives the request, and answers what its clock says.
process (Answer = "Answer") {
answer:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Request" /\ Arrives(i)}) {
            msgs := {[type |-> "Answer", time |-> hardware[Server], sent |-> now]};
        }
    }
}

\* Read: the client receives the answer.  It has a reading, and a correction
\* to make, rounded down to whole ticks.
process (Read = "Read") {
read:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Answer" /\ Arrives(i)};
              trip = hardware[Client] - asked;
              est2 = Estimate2(m.time, trip)) {
            reading := [made |-> TRUE, server2 |-> est2, trip |-> trip,
                        at |-> hardware[Client], real |-> now];
            toSlew := est2 \div 2 - clock;
            msgs := {};
            waiting := FALSE;
            asked := 0;
        }
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES now, hardware, steady, msgs, asked, waiting, reading, clock, toSlew

(* define statement *)
Arrives(m) == now >= m.sent + MinDelay


vars == << now, hardware, steady, msgs, asked, waiting, reading, clock, 
           toSlew >>

ProcSet == {"Tick"} \cup {"Ask"} \cup {"Answer"} \cup {"Read"}

Init == (* Global variables *)
        /\ now = 0
        /\ hardware \in [Nodes -> Start]
        /\ steady = SteadyAtStart
        /\ msgs = {}
        /\ asked = 0
        /\ waiting = FALSE
        /\ reading = NoReading
        /\ clock = hardware[Client]
        /\ toSlew = 0

Tick == /\ \A m \in msgs : now < m.sent + MaxDelay
        /\ \E by \in Steps(steady):
             LET s == Slew(toSlew, by[Client]) IN
               /\ now' = now + 1
               /\ hardware' = HardwareAfter(hardware, by)
               /\ steady' = SteadyAfter(steady, by)
               /\ clock' = clock + by[Client] + s
               /\ toSlew' = toSlew - s
        /\ UNCHANGED << msgs, asked, waiting, reading >>

Ask == /\ ~waiting
       /\ waiting' = TRUE
       /\ asked' = hardware[Client]
       /\ msgs' = {[type |-> "Request", time |-> 0, sent |-> now]}
       /\ UNCHANGED << now, hardware, steady, reading, clock, toSlew >>

Answer == /\ \E m \in {i \in msgs : i.type = "Request" /\ Arrives(i)}:
               msgs' = {[type |-> "Answer", time |-> hardware[Server], sent |-> now]}
          /\ UNCHANGED << now, hardware, steady, asked, waiting, reading, 
                          clock, toSlew >>

Read == /\ \E m \in {i \in msgs : i.type = "Answer" /\ Arrives(i)}:
             LET trip == hardware[Client] - asked IN
               LET est2 == Estimate2(m.time, trip) IN
                 /\ reading' = [made |-> TRUE, server2 |-> est2, trip |-> trip,
                                at |-> hardware[Client], real |-> now]
                 /\ toSlew' = (est2 \div 2 - clock)
                 /\ msgs' = {}
                 /\ waiting' = FALSE
                 /\ asked' = 0
        /\ UNCHANGED << now, hardware, steady, clock >>

Next == Tick \/ Ask \/ Answer \/ Read

Spec == Init /\ [][Next]_vars

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Abs(x) == IF x < 0 THEN -x ELSE x

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ \A m \in msgs : m.type \in {"Request", "Answer"} /\ m.time \in Int /\ m.sent \in 0..now
    /\ asked \in Int /\ waiting \in BOOLEAN
    /\ reading \in [made : BOOLEAN, server2 : Int, trip : Int, at : Int, real : Nat]
    /\ clock \in Int /\ toSlew \in Int

(***************************************************************************)
(* How wrong a reading can be, in halves of a tick, e ticks after it was   *)
(* made: by half the round trip less MinDelay; by the drift of both clocks *)
(* in the course of the round trip; and by that since.                     *)
(***************************************************************************)
Bound2(e) ==
    reading.trip - 2 * MinDelay + 2 * (2 * Drift(2 * MaxDelay)) + 2 * (2 * Drift(e))

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
        Abs(Server2 - 2 * hardware[Server]) <= Bound2(now - reading.real)

(***************************************************************************)
(* Once the correction is made, the same is true of the clock that others  *)
(* see, give or take the half tick of rounding.                            *)
(***************************************************************************)
ClockAccuracy ==
    reading.made /\ toSlew = 0 =>
        Abs(2 * clock - 2 * hardware[Server]) <= Bound2(now - reading.real) + 1

(***************************************************************************)
(* The clock that others see never goes back.                              *)
(***************************************************************************)
NeverBack == [][clock' >= clock]_vars

(***************************************************************************)
(* What is NOT so: that the answer took half of the round trip.  When the  *)
(* two ways take different times the reading is wrong, though no clock     *)
(* drifts (model cristian-asymmetric).                                     *)
(***************************************************************************)
Symmetric ==
    reading.made => Abs(Server2 - 2 * hardware[Server])
                        <= 2 * (2 * Drift(2 * MaxDelay)) + 2 * (2 * Drift(now - reading.real))

(***************************************************************************)
(* Nor is it so that drift can be left out (model cristian-drift-ignored). *)
(***************************************************************************)
WithoutDrift ==
    reading.made =>
        Abs(Server2 - 2 * hardware[Server]) <= reading.trip - 2 * MinDelay

THEOREM Spec => []TypeOK /\ []Accuracy /\ []ClockAccuracy /\ NeverBack
=============================================================================
