-------------------------------- MODULE MCNTP --------------------------------
(***************************************************************************)
(* The models of NTP, and its rules broken.                                *)
(***************************************************************************)
EXTENDS NTP

CONSTANT LastTick           \* real time does not go further

InTime == now < LastTick

Never1(s) == FALSE

\* All servers are asked when real time is 0.
AtOnce(s) == now = 0

\* Time goes by only while there is something to wait for.
Busy == msgs # {} \/ held # {}

\* And only when all servers have been asked.
AllAsked == Busy /\ polled = Servers

\* A falseticker is far off, on either side, or a little more than Accuracy.
WildErrors == {-8, 2, 8}

\* One server fails at most.
OneFails(s) == \A o \in Servers : up[o]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* The two ways are taken to be the same length.
BrokenSymmetric(delay, t) == 2 * Dispersion(t)

\* The client's clock is taken not to drift.
BrokenNoDispersion(t) == 0

\* The client sets its clock by however few servers: no majority is needed.
BrokenNoMajority(h) == h > F

\* The client waits until it has heard every server.
BrokenWaitForAll(h) == h = Cardinality(Servers)

\* What was on its way to or from a server that has failed stays there.
BrokenWithout(M, s) == M

\* Not broken, but what the RFC does: as many servers agree as can.  That is
\* more than Needed, and a falseticker that happens to overlap counts.
MostAgree(intervals) ==
    LET k == CHOOSE i \in 1..Cardinality(DOMAIN intervals) :
                 /\ Points(intervals, i) # {}
                 /\ Points(intervals, i + 1) = {}
        P == Points(intervals, k)
    IN  [lo |-> CHOOSE x \in P : \A y \in P : x <= y,
         hi |-> CHOOSE x \in P : \A y \in P : y <= x]
=============================================================================
