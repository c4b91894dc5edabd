---- MODULE Clock ----
\* An hour clock that strikes at an hour of its own.
EXTENDS Naturals
CONSTANTS Hours, Strikes
VARIABLES hour, struck

vars == <<hour, struck>>

Init == hour \in 0..(Hours - 1) /\ struck = FALSE

Tick == hour' = (hour + 1) % Hours /\ struck' = FALSE

Strike == /\ hour \in Strikes
          /\ ~struck
          /\ struck' = TRUE
          /\ UNCHANGED hour

Next == Tick \/ Strike

Fair   == Init /\ [][Next]_vars /\ WF_vars(Tick)
Unfair == Init /\ [][Next]_vars

InDay == hour < Hours

Ticks == []<>(hour = 0)

Stays == ~struck
====
