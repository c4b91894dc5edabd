------------------------------ MODULE TraceLock ------------------------------
(***************************************************************************)
(* A trace specification as the TLA+ community writes them: it reads a     *)
(* trace from the file that the environment variable TRACE names, and lets *)
(* Lock take no steps but those of its events.  The trace is explained if  *)
(* some behaviour consumes all of it.                                      *)
(***************************************************************************)
EXTENDS Lock, Json, IOUtils, TLC

\* The first line of a trace is its header.
Events == Tail(ndJsonDeserialize(IOEnv.TRACE))

VARIABLE at         \* the number of the next event

Event == Events[at]

Has(record, field) == field \in DOMAIN record

\* What the event says of the variables after it.
Logged ==
    /\ Has(Event, "vars") /\ Has(Event.vars, "queue") => queue' = Event.vars.queue
    /\ Has(Event, "local") => state'[Event.node] = Event.local.state

Is(name) == Event.action = name

TraceInit == Init /\ at = 1

TraceNext ==
    /\ at <= Len(Events)
    /\ at' = at + 1
    /\ LET c == Event.args[1] IN
          \/ Is("Ask")     /\ Ask(c)
          \/ Is("Enqueue") /\ Enqueue(c)
          \/ Is("Enter")   /\ Enter(c)
          \/ Is("Leave")   /\ Leave(c)
          \/ Is("Dequeue") /\ Dequeue(c)
    /\ Logged

\* The initial state and a step for each event.
Explained == TLCGet("stats").diameter = Len(Events) + 1
=============================================================================
