----------------------------- MODULE NTPStrata -----------------------------
(***************************************************************************)
(* Who takes the time from whom: the strata of the Network Time Protocol.  *)
(*                                                                         *)
(* THE PROBLEM.  Some nodes, the primaries, have a reference clock.  The   *)
(* others take the time from nodes that they ask, and give it to nodes     *)
(* that ask them.  Nobody may take the time from itself by a detour: nodes *)
(* in a loop agree with each other, and with nobody else.                  *)
(*                                                                         *)
(* THE IDEA.  A primary has stratum 1, and whoever takes the time from a   *)
(* node of stratum s has stratum s + 1.  A node prefers the least stratum, *)
(* and tells with each answer its stratum and its own source, so that the  *)
(* source does not take the time back (the loop test on the reference      *)
(* identifier).  A stratum of Infinity says that a node has no time.       *)
(*                                                                         *)
(* HOW GOOD THAT IS.  As long as no node fails, strata fall along sources, *)
(* so that there are no loops (Descend, NoLoop).  When a node fails, two   *)
(* or more nodes can close a loop by news that is old: the loop test looks *)
(* at what a node heard last of its source, and at nobody beyond.  It does *)
(* not last: strata go up round the loop until they are Infinity, and then *)
(* it is gone (LoopsEnd).  This is counting to infinity, as in distance-   *)
(* vector routing, and the reason that Infinity is small.                  *)
(*                                                                         *)
(* THE GRAIN.  A question and its answer are one step, in which a node     *)
(* reads what another one has now: it is coarser than in other modules,    *)
(* where a step is that of one node.  What a node learned may be old when  *)
(* it is used.  Every process has one step that it repeats for ever, so    *)
(* each process is one action.                                             *)
(*                                                                         *)
(* SOURCE.  RFC 5905 (2010), section 11.2 (selection) and, in appendix     *)
(* A.5.5.3, the routine accept: strata below MAXSTRAT, and the loop test.  *)
(* DEPARTURES: sources are chosen by stratum alone; the RFC weighs         *)
(* distance as well.  Its loop test also refuses nodes that have the same  *)
(* source as the node itself.  It forgets a sample only after eight        *)
(* questions without an answer.  Nodes that have failed do not come back.  *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
    Nodes,
    Primaries,          \* those with a reference clock
    None,               \* no node
    Asks,               \* pairs <<n, m>>: node n asks m for the time
    Infinity            \* the stratum of nodes that have no time

ASSUME Primaries \subseteq Nodes /\ None \notin Nodes
ASSUME Asks \subseteq (Nodes \ Primaries) \X Nodes
ASSUME Infinity \in Nat /\ Infinity > 1

(***************************************************************************)
(* The rules.  A model can replace them by broken ones.                    *)
(***************************************************************************)
\* Node n may take the time from a node whose source is m.
LoopTest(n, m) == m # n

\* A stratum s that a node may have, as it is less than that of no time at all.
Near(s) == s < Infinity

\* The stratum of a node that had stratum `own`, over a source of stratum s.
StratumOver(own, s) == s + 1

(***************************************************************************)
(* What may go wrong.  A model can rule it out.                            *)
(***************************************************************************)
MayFail(n) == TRUE          \* node n may fail

Nothing == [stratum |-> Infinity, source |-> None]

\* Of what node n heard, those from which it may take the time; and the best.
Candidates(n, heard) ==
    {m \in Nodes : Near(heard[m].stratum + 1) /\ LoopTest(n, heard[m].source)}

Best(n, heard) ==
    LET C == Candidates(n, heard)
    IN  {m \in C : \A o \in C : heard[m].stratum <= heard[o].stratum}

\* What the sources of n may be when it has s now: s, while it is one of the
\* best; none, if there are none.
Sources(n, s, heard) ==
    LET B == Best(n, heard)
    IN  IF B = {} THEN {None} ELSE IF s \in B THEN {s} ELSE B

(* --algorithm NTPStrata {

variables
    up = [n \in Nodes |-> TRUE],

    \* Each node's stratum and source, and what it heard from others last.
    stratum = [n \in Nodes |-> IF n \in Primaries THEN 1 ELSE Infinity],
    source = [n \in Nodes |-> None],
    known = [n \in Nodes |-> [m \in Nodes |-> Nothing]];

\* Ask, for each pair <<n, m>>: node n asks m, and gets an answer, or none.
\* Then it chooses its source again.
fair process (Ask \in Asks) {
ask:
    while (TRUE) {
        with (n = self[1]; m = self[2];
              news = IF up[m] THEN [stratum |-> stratum[m], source |-> source[m]] ELSE Nothing;
              heard = [known[n] EXCEPT ![m] = news];
              s \in Sources(n, source[n], heard)) {
            await up[n];
            known[n] := heard;
            source[n] := s;
            stratum[n] := IF s = None THEN Infinity
                          ELSE StratumOver(stratum[n], heard[s].stratum);
        }
    }
}

\* Fail: the node is gone, and all that it knew.
process (Fail \in Nodes) {
fail:
    while (TRUE) {
        await up[self] /\ MayFail(self);
        up[self] := FALSE;
        stratum[self] := Infinity;
        source[self] := None;
        known[self] := [m \in Nodes |-> Nothing];
    }
}

} *)
\* BEGIN TRANSLATION
VARIABLES up, stratum, source, known

vars == << up, stratum, source, known >>

ProcSet == (Asks) \cup (Nodes)

Init == (* Global variables *)
        /\ up = [n \in Nodes |-> TRUE]
        /\ stratum = [n \in Nodes |-> IF n \in Primaries THEN 1 ELSE Infinity]
        /\ source = [n \in Nodes |-> None]
        /\ known = [n \in Nodes |-> [m \in Nodes |-> Nothing]]

Ask(self) == /\ LET n == self[1] IN
                  LET m == self[2] IN
                    LET news == IF up[m] THEN [stratum |-> stratum[m], source |-> source[m]] ELSE Nothing IN
                      LET heard == [known[n] EXCEPT ![m] = news] IN
                        \E s \in Sources(n, source[n], heard):
                          /\ up[n]
                          /\ known' = [known EXCEPT ![n] = heard]
                          /\ source' = [source EXCEPT ![n] = s]
                          /\ stratum' = [stratum EXCEPT ![n] = IF s = None THEN Infinity
                                                               ELSE StratumOver(stratum[n], heard[s].stratum)]
             /\ up' = up

Fail(self) == /\ up[self] /\ MayFail(self)
              /\ up' = [up EXCEPT ![self] = FALSE]
              /\ stratum' = [stratum EXCEPT ![self] = Infinity]
              /\ source' = [source EXCEPT ![self] = None]
              /\ known' = [known EXCEPT ![self] = [m \in Nodes |-> Nothing]]

Next == (\E self \in Asks: Ask(self))
           \/ (\E self \in Nodes: Fail(self))

Spec == /\ Init /\ [][Next]_vars
        /\ \A self \in Asks : WF_vars(Ask(self))

\* END TRANSLATION

-----------------------------------------------------------------------------
(***************************************************************************)
(* PROPERTIES                                                              *)
(***************************************************************************)
Advert == [stratum : 1..Infinity, source : Nodes \cup {None}]

TypeOK ==
    /\ up \in [Nodes -> BOOLEAN]
    /\ stratum \in [Nodes -> 1..Infinity]
    /\ source \in [Nodes -> Nodes \cup {None}]
    /\ known \in [Nodes -> [Nodes -> Advert]]

(***************************************************************************)
(* A node that has a source has a stratum, one above what it heard of the  *)
(* source; a node without one is a primary, or has none.                   *)
(***************************************************************************)
StrataRight ==
    \A n \in Nodes :
        IF source[n] # None
        THEN stratum[n] = known[n][source[n]].stratum + 1 /\ stratum[n] < Infinity
        ELSE stratum[n] = IF n \in Primaries /\ up[n] THEN 1 ELSE Infinity

(***************************************************************************)
(* Nobody takes the time from itself by a detour: of no set of nodes do    *)
(* all have their source in it.                                            *)
(***************************************************************************)
NoLoop ==
    \A S \in SUBSET Nodes : S # {} => \E n \in S : source[n] \notin S

(***************************************************************************)
(* As long as nobody fails, a source has a lower stratum.                  *)
(***************************************************************************)
Descend == \A n \in Nodes : source[n] # None => stratum[source[n]] < stratum[n]

(***************************************************************************)
(* Loops end; and nodes that are cut off from all primaries find it out.   *)
(***************************************************************************)
LoopsEnd == <>[]NoLoop

CutOff ==
    (\A p \in Primaries : ~up[p]) ~> (\A n \in Nodes : stratum[n] = Infinity)

(***************************************************************************)
(* As long as nobody fails, each node ends with its distance from the next *)
(* primary.                                                                *)
(***************************************************************************)
RECURSIVE Within(_)
Within(d) ==            \* the nodes that have a stratum of d or less
    IF d = 1 THEN Primaries
    ELSE Within(d - 1) \cup {n \in Nodes : \E m \in Within(d - 1) : <<n, m>> \in Asks}

Settled ==
    \A n \in Nodes : \A d \in 1..(Infinity - 1) : (stratum[n] <= d) <=> (n \in Within(d))

Settles == <>[]Settled

THEOREM Spec => /\ []TypeOK /\ []StrataRight /\ LoopsEnd /\ CutOff
                /\ [](\A n \in Nodes : up[n]) => []Descend /\ []NoLoop /\ Settles
=============================================================================
