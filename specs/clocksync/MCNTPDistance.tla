---------------------------- MODULE MCNTPDistance ----------------------------
(***************************************************************************)
(* The models of NTPDistance, and its rules broken.                        *)
(***************************************************************************)
EXTENDS NTPDistance

CONSTANTS
    a, b, c,            \* nodes
    MaxAsked,           \* each node asks so often
    LastTick            \* real time does not go further

InTime == now < LastTick

FewQuestions(n) == root[n].asked < MaxAsked

\* a asks the primary, and b asks a; and c asks b.
Chain2 == {<<a, Primary>>, <<b, a>>}
Chain3 == {<<a, Primary>>, <<b, a>>, <<c, b>>}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Only the last round trip counts.
BrokenOwnTrip(d, r) == r

\* What the server's clock may have drifted is forgotten.
BrokenOwnDispersion(e, t) == Dispersion(t)

\* A distance does not grow.
BrokenNotAged(e, t) == e

\* The root delay of the server is subtracted: the node takes it to be a part
\* of its own round trip.
BrokenSubtract(d, r) == r - d
=============================================================================
