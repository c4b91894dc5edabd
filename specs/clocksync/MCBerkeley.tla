----------------------------- MODULE MCBerkeley -----------------------------
(***************************************************************************)
(* The models of Berkeley, and its rules broken.                           *)
(***************************************************************************)
EXTENDS Berkeley

CONSTANTS
    LastRound,          \* so many rounds
    LastTick            \* real time does not go further

InTime == now < LastTick

Never1(n) == FALSE

FewRounds(n) == round < LastRound

\* Time goes by only while there is something to wait for, and not when the
\* master is tired of waiting: so there is an end to the states although time
\* has none.
Tired == open /\ Corrected(master) - asked >= Patience

Prompt == ~Tired        \* or time goes by whenever it may

Busy ==
    /\ ~Tired
    /\ open \/ msgs # {} \/ \E n \in Good : up[n] /\ clock[n] # Corrected(n)

\* A faulty clock is far off, on either side, or a little.
WildLies == {-20, 1, 20}
FarLies  == {-20, 20}
FarAhead == {20}

\* The first master may crash, while there is a round left for the next.
FirstMayCrash(n) == n = First /\ round < LastRound

\* The first master makes one round at most, and the next one all that are left.
FirstOnce(n) == round = 0 \/ (round < LastRound /\ ~up[First])

\* The first master may crash before a round is over.
FirstMayCrashEarly(n) == n = First /\ outcome.round = 0

\* All may crash but one, which is not the first master.
Survivor == CHOOSE n \in Nodes : n # First
OthersMayCrash(n) == n # Survivor /\ round < LastRound

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* A correction is made at once, by stepping the clock.
BrokenStep(behind, k) == behind

\* All clocks count in the average, however far off they are.
BrokenEverybody(ahead) == DOMAIN ahead

\* The answer is taken to be new.
BrokenNoTrip(time, before, after) == time - after

\* The master does not wait for an answer that is just due.
BrokenImpatient == 4 * MaxDelay

\* Messages to nodes that are down are sent, and stay on their way for ever.
BrokenReaching(M) == M

\* A question is answered, whatever round it is of.
BrokenJoin(last, r) == TRUE

\* A correction is made, whatever round it is of.
BrokenAnyRound(last, r) == TRUE
=============================================================================
