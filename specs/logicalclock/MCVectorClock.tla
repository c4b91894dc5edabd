---------------------------- MODULE MCVectorClock ----------------------------
(***************************************************************************)
(* The models of VectorClock, and its rules broken.                        *)
(***************************************************************************)
EXTENDS VectorClock, Integers, TLC

CONSTANT MaxEvents          \* so many events a run

FewEvents == Len(events) < MaxEvents

\* Nodes are interchangeable.
Symmetry == Permutations(Nodes)

\* Broken: who receives a message forgets what it knew of others.
BrokenReplace(v, w) == w

\* Broken: who receives a message learns nothing from it.
BrokenIgnore(v, w) == v

\* Broken: who receives a message keeps what is new in it, and not what it
\* knows by it.
BrokenDifference(v, w) == [n \in Nodes |-> w[n] - v[n]]

\* Broken: events are counted for everybody, as a Lamport clock does.
BrokenCountAll(n, v) == [o \in Nodes |-> v[o] + 1]

\* Broken: an event counts twice.
BrokenCountTwice(n, v) == [v EXCEPT ![n] = @ + 2]
=============================================================================
