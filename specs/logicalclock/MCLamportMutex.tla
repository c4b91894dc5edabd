--------------------------- MODULE MCLamportMutex ---------------------------
(***************************************************************************)
(* The models of LamportMutex, and its rules broken.                       *)
(***************************************************************************)
EXTENDS LamportMutex

CONSTANT LastRequest        \* nobody asks when its clock says more

\* Clocks only go up with requests, so there is an end to the states.
Early(n) == clock[n] <= LastRequest

\* Broken: the first in its own queue enters, whatever the others may send.
BrokenHeardNothing(t, u) == TRUE

\* Broken: any message of a channel may arrive.
BrokenAnyOrder(i) == TRUE

\* Broken: requests made at the same time are not put in order.
BrokenTies(t, n, u, o) == t <= u

\* Broken: nor are they, and neither comes before the other.
BrokenTiesWait(t, n, u, o) == t < u

\* Broken: an acknowledgement has no time.
BrokenBare(c, t) == [type |-> "Acknowledge"]

\* Broken: an acknowledgement has the time of the request.
BrokenEcho(c, t) == [type |-> "Acknowledge", time |-> t]

\* Broken: requests are granted by node, whenever they were made.
BrokenByNode(t, n, u, o) == n < o
=============================================================================
