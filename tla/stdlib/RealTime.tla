------------------------------ MODULE RealTime ------------------------------
(* Clocks: now is the time, and actions happen within bounds of it.          *)
EXTENDS Reals

VARIABLE now

\* Between D and E units of time pass from when the step <<A>>_v becomes
\* possible to when it is taken.
RTBound(A, v, D, E) ==
  LET Tick(t) == t' = IF <<A>>_v \/ ~(ENABLED <<A>>_v)'
                      THEN 0 ELSE t + (now' - now)
      Timer(t) == t = 0 /\ [][Tick(t)]_<<t, v, now>>
      NotLate(t) == [](t =< E)
      NotEarly(t) == [][A => t >= D]_v
  IN  \EE t : Timer(t) /\ NotLate(t) /\ NotEarly(t)

\* Time begins somewhere, goes on without bound, and stands still while v changes.
RTnow(v) ==
  LET Advance == now' \in {r \in Real : r > now} /\ UNCHANGED v
  IN  /\ now \in Real
      /\ [][Advance]_now
      /\ \A r \in Real : WF_now(Advance /\ now' > r)
=============================================================================
