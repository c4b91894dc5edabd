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

-----------------------------------------------------------------------------
(***************************************************************************)
(* Other rules, which do not reckon with F falsetickers but with as few as *)
(* the intervals allow.                                                    *)
(***************************************************************************)
\* From the least to the greatest point that lies in k intervals at least.
Span(intervals, k) ==
    LET P == Points(intervals, k)
    IN  [lo |-> CHOOSE x \in P : \A y \in P : x <= y,
         hi |-> CHOOSE x \in P : \A y \in P : y <= x]

\* Marzullo's rule: where as many servers agree as can.  That may be more than
\* Needed, and a falseticker that happens to overlap counts.
MostAgree(intervals) ==
    Span(intervals, CHOOSE k \in 1..Cardinality(DOMAIN intervals) :
                        /\ Points(intervals, k) # {}
                        /\ Points(intervals, k + 1) = {})

\* The RFC's rule.  With f falsetickers the intervals meet in more than a point,
\* and no more than f midpoints lie outside.  (A midpoint at an end counts as
\* outside.  The RFC leaves that open, and no model here depends on it.)
MidpointOutside(i, span) == i.lo + i.hi <= 2 * span.lo \/ 2 * span.hi <= i.lo + i.hi

Allowed(intervals, f) ==
    LET k    == Cardinality(DOMAIN intervals) - f
        span == Span(intervals, k)
    IN  /\ Points(intervals, k) # {}
        /\ span.lo < span.hi
        /\ f >= Cardinality(
                    {s \in DOMAIN intervals : MidpointOutside(intervals[s], span)})

\* How many falsetickers there may be: fewer than half.
AllowedNumbers(intervals) ==
    {f \in 0..Cardinality(DOMAIN intervals) :
        2 * f < Cardinality(DOMAIN intervals) /\ Allowed(intervals, f)}

RFCMeet(intervals) == AllowedNumbers(intervals) # {}

RFCIntersection(intervals) ==
    LET A == AllowedNumbers(intervals)
        f == CHOOSE f \in A : \A g \in A : f <= g
    IN  Span(intervals, Cardinality(DOMAIN intervals) - f)
=============================================================================
