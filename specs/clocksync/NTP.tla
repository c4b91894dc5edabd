-------------------------------- MODULE NTP --------------------------------
(***************************************************************************)
(* The Network Time Protocol: the time from several servers, of which some *)
(* are wrong.                                                              *)
(*                                                                         *)
(* THE PROBLEM.  A client wants to know the true time.  It can ask several *)
(* servers over a network that takes its time.  Most servers are right, to *)
(* within an accuracy that it knows; some may be wrong, and servers fail.  *)
(*                                                                         *)
(* THE IDEA.  One exchange leaves four timestamps: the client sends at T1  *)
(* by its own clock, the server receives at T2 and answers at T3 by its    *)
(* clock, and the answer is there at T4.  From these come                  *)
(*      offset  ((T2 - T1) + (T3 - T4)) / 2   how far the server is ahead, *)
(*      delay   (T4 - T1) - (T3 - T2)         what the network took.       *)
(* Whatever the two ways took, the server is ahead by the offset, give or  *)
(* take half the delay (and drift).  So each server gives an interval, in  *)
(* which the true time must lie if that server is right.                   *)
(*                                                                         *)
(* If no more than F of the h servers that were heard are wrong, the true  *)
(* time lies in h - F intervals at least.  So it lies between the least    *)
(* and the greatest point of which this can be said: Marzullo's            *)
(* intersection.  When more than 2F servers were heard, h - F are more     *)
(* than F, so that one of them is right wherever the point may be: the     *)
(* falsetickers cannot stretch the interval either.                        *)
(*                                                                         *)
(* SYSTEM MODEL.  The client's clock is that of DriftingClocks.  A server  *)
(* that is a truechimer is wrong by no more than Accuracy; a falseticker   *)
(* by anything, though by the same at T2 and at T3.  A message takes       *)
(* between MinDelay and MaxDelay ticks, and a server answers within        *)
(* MaxHold.  Servers fail by crashing, and are not heard any more.         *)
(*                                                                         *)
(* THE GRAIN is one input handled by one node; Tick is real time going by. *)
(* Every process has one step that it repeats for ever, so each process is *)
(* one action.                                                             *)
(*                                                                         *)
(* UNITS.  Timestamps and delays are in ticks; offsets and intervals in    *)
(* halves of a tick, so that numbers are whole.                            *)
(*                                                                         *)
(* SOURCE.  D. Mills and others, Network Time Protocol Version 4, RFC 5905 *)
(* (2010), sections 8 (offset and delay) and 11.2.1 and, in appendix       *)
(* A.5.5.1, with erratum 6207, the routine clock_select (selection); K.    *)
(* Marzullo and S. Owicki, Maintaining the Time in a Distributed System    *)
(* (1983).                                                                 *)
(* DEPARTURES: the RFC takes as few falsetickers as it can.  It tries none *)
(* first, then one and so on, while truechimers outnumber them, until the  *)
(* intervals meet in more than a point, and no more midpoints of intervals *)
(* lie outside than it takes servers for falsetickers.  Here F is fixed,   *)
(* and midpoints do not matter; that is what makes the statement about the *)
(* true time a theorem (models ntp-rfc and ntp-most-agree).  How wrong a   *)
(* truechimer may be is one constant, the same for all servers and known   *)
(* to the client; in NTP each answer tells it of its server, as root delay *)
(* and root dispersion (NTPDistance).  Each server is asked once (the RFC  *)
(* filters eight samples, section 10), and its clock does not drift.       *)
(* There is no clustering, no combining and no clock discipline (sections  *)
(* 11.2.2, 11.2.3, 11.3): the client stops at the interval; how a clock is *)
(* slewed is in AdjustedClocks.  Who is whose server, the strata, is in    *)
(* NTPStrata.                                                              *)
(***************************************************************************)
EXTENDS DriftingClocks, FiniteSets

CONSTANTS
    Client,             \* the client, the one node with a drifting clock
    Servers,            \* the servers
    Falsetickers,       \* those of them that are wrong
    F,                  \* how many falsetickers the client reckons with
    Errors,             \* by how much a falseticker may be wrong, in ticks
    Accuracy,           \* by how much a truechimer may be wrong, in ticks
    MinDelay, MaxDelay, \* of a message, in ticks of real time
    MaxHold,            \* from a request to its answer, in ticks of real time
    Start               \* what the client's clock may say at real time 0

ASSUME Nodes = {Client} /\ Client \notin Servers
ASSUME Falsetickers \subseteq Servers /\ Cardinality(Falsetickers) <= F
ASSUME Errors \subseteq Int /\ Accuracy \in Nat /\ Start \subseteq Int
ASSUME MinDelay \in Nat /\ MaxDelay \in Nat /\ MinDelay <= MaxDelay /\ MaxHold \in Nat
ASSUME Period # 1       \* a clock that may always stand still measures nothing

Truechimers == Servers \ Falsetickers

\* By how much server s may be wrong.
Wrong(s) == IF s \in Falsetickers THEN Errors ELSE (-Accuracy)..Accuracy

-----------------------------------------------------------------------------
(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
Offset2(t1, t2, t3, t4) == (t2 - t1) + (t3 - t4)
Delay(t1, t2, t3, t4)   == (t4 - t1) - (t3 - t2)

\* How many ticks the client's clock may have gained or lost while it advanced
\* by t.
Dispersion(t) == Drift(Longest(t))

\* By how much a sample may be wrong about its server, in halves, when the
\* client's clock has advanced by t since T1.
Radius2(delay, t) == delay + 2 * Dispersion(t)

\* Of h servers that were heard so many must agree on a point.
Needed(h) == h - F

\* The client sets its clock when it has heard h servers.
Enough(h) == h > 2 * F

\* When server s fails these are left of the messages M, or of the requests M
\* that servers hold.
Without(M, s) == {m \in M : m.server # s}

(***************************************************************************)
(* The intersection of intervals, a function from servers to records with  *)
(* lo and hi: from the least to the greatest point that lies in k of them  *)
(* at least.  If there is any, an end of some interval is one.             *)
(***************************************************************************)
Covers(x, i) == i.lo <= x /\ x <= i.hi

Points(intervals, k) ==
    {x \in UNION {{intervals[s].lo, intervals[s].hi} : s \in DOMAIN intervals} :
        Cardinality({s \in DOMAIN intervals : Covers(x, intervals[s])}) >= k}

Intersection(intervals) ==
    LET P == Points(intervals, Needed(Cardinality(DOMAIN intervals)))
    IN  [lo |-> CHOOSE x \in P : \A y \in P : x <= y,
         hi |-> CHOOSE x \in P : \A y \in P : y <= x]

\* There is an intersection.
Meet(intervals) == Points(intervals, Needed(Cardinality(DOMAIN intervals))) # {}

(***************************************************************************)
(* What happens when.  A model can rule these out, or bound them.          *)
(***************************************************************************)
MayPoll(s) == TRUE      \* the client may ask server s
MayFail(s) == TRUE      \* server s may fail
MayPass    == TRUE      \* real time may go by

NoSamples == [s \in {} |-> 0]
NotSet    == [set |-> FALSE, heard |-> {}, intervals |-> NoSamples,
              interval |-> [lo |-> 0, hi |-> 0], true2 |-> 0]

(* --algorithm NTP {

variables
    \* Real time and the client's hardware clock (module DriftingClocks).
    now = 0,
    hardware \in [Nodes -> Start],
    steady = SteadyAtStart,

    \* By how much each server is wrong, and which servers run.
    wrong \in {w \in [Servers -> UNION {Wrong(s) : s \in Servers}] :
                  \A s \in Servers : w[s] \in Wrong(s)},
    up = [s \in Servers |-> TRUE],

    \* The network: messages on their way.
    msgs = {},

    \* The requests that a server has received and not answered yet.
    held = {},

    \* The client: whom it has asked; the samples that it has, each with its
    \* offset, its delay, T1 and, as history, what the truth was at T4; and
    \* what it made of them.
    polled = {},
    samples = NoSamples,
    result = NotSet;

define {
    ClientClock    == hardware[Client]
    ServerClock(s) == now + wrong[s]

    Arrives(m) == now >= m.sent + MinDelay

    \* How far the true time is ahead of the client's clock, and server s, in
    \* halves of a tick.
    True2      == 2 * (now - ClientClock)
    Server2(s) == 2 * (ServerClock(s) - ClientClock)

    \* In which interval the sample of s puts server s, and the true time.
    About(s) ==
        LET i == samples[s]
            r == Radius2(i.delay, ClientClock - i.t1)
        IN  [lo |-> i.offset2 - r, hi |-> i.offset2 + r]
    Interval(s) == [lo |-> About(s).lo - 2 * Accuracy, hi |-> About(s).hi + 2 * Accuracy]
    Intervals   == [s \in DOMAIN samples |-> Interval(s)]
}

\* Tick: real time goes by, unless a message or an answer is due.
fair process (Tick = "Tick") {
tick:
    while (TRUE) {
        await /\ MayPass
              /\ \A m \in msgs : now < m.sent + MaxDelay
              /\ \A r \in held : now < r.received + MaxHold;
        with (by \in Steps(steady)) {
            now := now + 1;
            hardware := HardwareAfter(hardware, by);
            steady := SteadyAfter(steady, by);
        }
    }
}

\* Poll: the client asks server s, at T1.
fair process (Poll \in Servers) {
poll:
    while (TRUE) {
        await self \notin polled /\ MayPoll(self);
        polled := polled \cup {self};
        if (up[self]) {
            msgs := msgs \cup {[type |-> "Request", server |-> self, t1 |-> ClientClock,
                                t2 |-> 0, t3 |-> 0, sent |-> now]};
        }
    }
}

\* Receive: the server gets the request, at T2.
fair process (Receive \in Servers) {
receive:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Request" /\ i.server = self /\ Arrives(i)}) {
            msgs := msgs \ {m};
            held := held \cup {[server |-> self, t1 |-> m.t1, t2 |-> ServerClock(self),
                                received |-> now]};
        }
    }
}

\* Answer: the server answers, at T3.
fair process (Answer \in Servers) {
answer:
    while (TRUE) {
        with (r \in {i \in held : i.server = self}) {
            held := held \ {r};
            msgs := msgs \cup {[type |-> "Answer", server |-> self, t1 |-> r.t1, t2 |-> r.t2,
                                t3 |-> ServerClock(self), sent |-> now]};
        }
    }
}

\* Read: the answer is there, at T4.  The client has a sample.
fair process (Read \in Servers) {
read:
    while (TRUE) {
        with (m \in {i \in msgs : i.type = "Answer" /\ i.server = self /\ Arrives(i)};
              sample = [offset2 |-> Offset2(m.t1, m.t2, m.t3, ClientClock),
                        delay   |-> Delay(m.t1, m.t2, m.t3, ClientClock),
                        t1      |-> m.t1]) {
            msgs := msgs \ {m};
            samples := [s \in DOMAIN samples \cup {self} |->
                           IF s = self THEN sample ELSE samples[s]];
        }
    }
}

\* Select: the client has heard enough servers, and takes the intersection.
fair process (Select = "Select") {
select:
    while (TRUE) {
        await ~result.set /\ Enough(Cardinality(DOMAIN samples)) /\ Meet(Intervals);
        result := [set |-> TRUE, heard |-> DOMAIN samples, intervals |-> Intervals,
                   interval |-> Intersection(Intervals), true2 |-> True2];
    }
}

\* Fail: the server is gone, and all that was on its way to or from it.
process (Fail \in Servers) {
fail:
    while (TRUE) {
        await up[self] /\ MayFail(self);
        up[self] := FALSE;
        msgs := Without(msgs, self);
        held := Without(held, self);
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES now, hardware, steady, wrong, up, msgs, held, polled, samples, 
          result

(* define statement *)
ClientClock    == hardware[Client]
ServerClock(s) == now + wrong[s]

Arrives(m) == now >= m.sent + MinDelay



True2      == 2 * (now - ClientClock)
Server2(s) == 2 * (ServerClock(s) - ClientClock)


About(s) ==
    LET i == samples[s]
        r == Radius2(i.delay, ClientClock - i.t1)
    IN  [lo |-> i.offset2 - r, hi |-> i.offset2 + r]
Interval(s) == [lo |-> About(s).lo - 2 * Accuracy, hi |-> About(s).hi + 2 * Accuracy]
Intervals   == [s \in DOMAIN samples |-> Interval(s)]


vars == << now, hardware, steady, wrong, up, msgs, held, polled, samples, 
           result >>

ProcSet == {"Tick"} \cup (Servers) \cup (Servers) \cup (Servers) \cup (Servers) \cup {"Select"} \cup (Servers)

Init == (* Global variables *)
        /\ now = 0
        /\ hardware \in [Nodes -> Start]
        /\ steady = SteadyAtStart
        /\ wrong \in {w \in [Servers -> UNION {Wrong(s) : s \in Servers}] :
                         \A s \in Servers : w[s] \in Wrong(s)}
        /\ up = [s \in Servers |-> TRUE]
        /\ msgs = {}
        /\ held = {}
        /\ polled = {}
        /\ samples = NoSamples
        /\ result = NotSet

Tick == /\ /\ MayPass
           /\ \A m \in msgs : now < m.sent + MaxDelay
           /\ \A r \in held : now < r.received + MaxHold
        /\ \E by \in Steps(steady):
             /\ now' = now + 1
             /\ hardware' = HardwareAfter(hardware, by)
             /\ steady' = SteadyAfter(steady, by)
        /\ UNCHANGED << wrong, up, msgs, held, polled, samples, result >>

Poll(self) == /\ self \notin polled /\ MayPoll(self)
              /\ polled' = (polled \cup {self})
              /\ IF up[self]
                    THEN /\ msgs' = (msgs \cup {[type |-> "Request", server |-> self, t1 |-> ClientClock,
                                                 t2 |-> 0, t3 |-> 0, sent |-> now]})
                    ELSE /\ TRUE
                         /\ msgs' = msgs
              /\ UNCHANGED << now, hardware, steady, wrong, up, held, samples, 
                              result >>

Receive(self) == /\ \E m \in {i \in msgs : i.type = "Request" /\ i.server = self /\ Arrives(i)}:
                      /\ msgs' = msgs \ {m}
                      /\ held' = (held \cup {[server |-> self, t1 |-> m.t1, t2 |-> ServerClock(self),
                                              received |-> now]})
                 /\ UNCHANGED << now, hardware, steady, wrong, up, polled, 
                                 samples, result >>

Answer(self) == /\ \E r \in {i \in held : i.server = self}:
                     /\ held' = held \ {r}
                     /\ msgs' = (msgs \cup {[type |-> "Answer", server |-> self, t1 |-> r.t1, t2 |-> r.t2,
                                             t3 |-> ServerClock(self), sent |-> now]})
                /\ UNCHANGED << now, hardware, steady, wrong, up, polled, 
                                samples, result >>

Read(self) == /\ \E m \in {i \in msgs : i.type = "Answer" /\ i.server = self /\ Arrives(i)}:
                   LET sample == [offset2 |-> Offset2(m.t1, m.t2, m.t3, ClientClock),
                                  delay   |-> Delay(m.t1, m.t2, m.t3, ClientClock),
                                  t1      |-> m.t1] IN
                     /\ msgs' = msgs \ {m}
                     /\ samples' = [s \in DOMAIN samples \cup {self} |->
                                       IF s = self THEN sample ELSE samples[s]]
              /\ UNCHANGED << now, hardware, steady, wrong, up, held, polled, 
                              result >>

Select == /\ ~result.set /\ Enough(Cardinality(DOMAIN samples)) /\ Meet(Intervals)
          /\ result' = [set |-> TRUE, heard |-> DOMAIN samples, intervals |-> Intervals,
                        interval |-> Intersection(Intervals), true2 |-> True2]
          /\ UNCHANGED << now, hardware, steady, wrong, up, msgs, held, polled, 
                          samples >>

Fail(self) == /\ up[self] /\ MayFail(self)
              /\ up' = [up EXCEPT ![self] = FALSE]
              /\ msgs' = Without(msgs, self)
              /\ held' = Without(held, self)
              /\ UNCHANGED << now, hardware, steady, wrong, polled, samples, 
                              result >>

Next == Tick \/ Select
           \/ (\E self \in Servers: Poll(self))
           \/ (\E self \in Servers: Receive(self))
           \/ (\E self \in Servers: Answer(self))
           \/ (\E self \in Servers: Read(self))
           \/ (\E self \in Servers: Fail(self))

Spec == /\ Init /\ [][Next]_vars
        /\ WF_vars(Tick)
        /\ \A self \in Servers : WF_vars(Poll(self))
        /\ \A self \in Servers : WF_vars(Receive(self))
        /\ \A self \in Servers : WF_vars(Answer(self))
        /\ \A self \in Servers : WF_vars(Read(self))
        /\ WF_vars(Select)

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Message == [type : {"Request", "Answer"}, server : Servers, t1 : Int, t2 : Int, t3 : Int,
            sent : Nat]

TypeOK ==
    /\ ClocksTypeOK(now, hardware, steady)
    /\ \A s \in Servers : wrong[s] \in Wrong(s)
    /\ up \in [Servers -> BOOLEAN]
    /\ msgs \subseteq Message /\ \A m \in msgs : m.sent <= now /\ up[m.server]
    /\ \A r \in held : /\ r.server \in polled /\ up[r.server]
                       /\ r.t1 \in Int /\ r.t2 \in Int /\ r.received \in 0..now
    /\ polled \subseteq Servers
    /\ DOMAIN samples \subseteq polled
    /\ \A s \in DOMAIN samples :
          samples[s].offset2 \in Int /\ samples[s].delay \in Int /\ samples[s].t1 \in Int
    /\ result.set \in BOOLEAN /\ result.heard \subseteq polled

(***************************************************************************)
(* Each sample is right about its server, truechimer or not: what the      *)
(* server's clock is ahead lies in the interval.                           *)
(***************************************************************************)
SamplesRight ==
    \A s \in DOMAIN samples : Covers(Server2(s), About(s))

(***************************************************************************)
(* So the true time lies in the interval of every truechimer.              *)
(***************************************************************************)
TruechimersRight ==
    \A s \in DOMAIN samples \cap Truechimers : Covers(True2, Interval(s))

(***************************************************************************)
(* The intersection holds the true time, as long as no more than F of the  *)
(* servers are falsetickers.                                               *)
(***************************************************************************)
HoldsTrueTime == result.set => Covers(result.true2, result.interval)

(***************************************************************************)
(* Falsetickers cannot stretch it: every end of the intersection lies in   *)
(* the interval of some truechimer.                                        *)
(***************************************************************************)
NotMisled ==
    result.set =>
        \A x \in {result.interval.lo, result.interval.hi} :
            \E s \in result.heard \cap Truechimers : Covers(x, result.intervals[s])

(***************************************************************************)
(* Loss of servers: as long as more than 2F servers run that it has asked, *)
(* the client sets its clock in the end.                                   *)
(***************************************************************************)
Running == {s \in Servers : up[s]}

SetInTheEnd == [](Cardinality(Running) > 2 * F) => <>result.set

(***************************************************************************)
(* What is NOT so, and must fail in a model: that the two ways take the    *)
(* same time (ntp-asymmetric); that a sample tells more of its server, be  *)
(* it by half a tick (ntp-tight); that the client sets its clock although  *)
(* too few servers are left (ntp-too-few).                                 *)
(***************************************************************************)
Symmetric ==
    \A s \in DOMAIN samples :
        Covers(Server2(s), [lo |-> samples[s].offset2 - 2 * Dispersion(ClientClock - samples[s].t1),
                            hi |-> samples[s].offset2 + 2 * Dispersion(ClientClock - samples[s].t1)])

Tighter ==
    \A s \in DOMAIN samples :
        About(s).lo < About(s).hi =>
            Covers(Server2(s), [lo |-> About(s).lo + 1, hi |-> About(s).hi - 1])

SetWithTooFew == <>result.set

(***************************************************************************)
(* What the models reach: models that ask for these must fail.  A          *)
(* falseticker is left out, its interval beside the intersection; and one  *)
(* overlaps it without holding the true time.                              *)
(***************************************************************************)
Apart(i, j) == i.hi < j.lo \/ j.hi < i.lo

NeverLeftOut ==
    \A s \in result.heard : ~Apart(result.intervals[s], result.interval)
NeverOverlaps ==
    \A s \in result.heard :
        Apart(result.intervals[s], result.interval) \/ Covers(result.true2, result.intervals[s])

THEOREM Spec => /\ []TypeOK /\ []SamplesRight /\ []TruechimersRight
                /\ []HoldsTrueTime /\ []NotMisled /\ SetInTheEnd
=============================================================================
