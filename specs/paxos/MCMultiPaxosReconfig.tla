------------------------- MODULE MCMultiPaxosReconfig -------------------------
(***************************************************************************)
(* The models of MultiPaxosReconfig, what they show to happen, and broken  *)
(* rules.                                                                  *)
(***************************************************************************)
EXTENDS MultiPaxosReconfig

CONSTANTS s1, s2, c1, g2    \* names for the servers and commands of a model

OddEven(b) == IF b % 2 = 1 THEN s1 ELSE s2

Never1(x)    == FALSE
Never2(x, y) == FALSE

OnlyFirst(s)  == s = s1

\* Command g2 hands over from everybody else to s2 alone.
ToTwo(e) == {s2}

\* The same, and command c1 hands over from everybody else to s1 alone.
ThereAndBack(e) == IF e = g2 THEN {s2} ELSE {s1}

QuickRefinement ==
    R!Init /\ [][UNCHANGED <<invoked, chosen, state, replies>> \/ R!Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Not vacuous.  Each of these denies that something happens.              *)
(***************************************************************************)
\* An instance is chosen by the new members, after a command of the old.
NeverGoverned ==
    ~ \E i \in Instances : chosen[i] # {} /\ Log[i] \in Commands \ Configurations
                              /\ ConfiguredMembers(Log, i) # Initial

\* A leader that has led under the old members gets the promises of the new.
NeverBothPromised ==
    ~ \E s \in Servers : phase[s] = "lead" /\ Who(promises[s]) = Servers
                            /\ \E i \in Instances : i > applied[s] /\ proposed[s][i] # None
                                   /\ ConfiguredMembers(learned[s], i) # Initial

\* A configuration is chosen twice.
NeverConfiguredTwice ==
    ~ \E i, j \in Instances : i # j /\ Log[i] = g2 /\ Log[j] = g2

\* One configuration follows another, and the second decides something.
NeverTwoChanges ==
    ~ \E i \in Instances :
          chosen[i] # {} /\ Cardinality(ConfiguredAt(Log, i - Alpha)) = 2

-----------------------------------------------------------------------------
(***************************************************************************)
(* Broken rules.                                                           *)
(***************************************************************************)
\* Votes are counted by the first members, for ever.
BrokenOldMembers(c, i) == Initial

\* A configuration governs from the next instance on.
BrokenAtOnce(c, i) == MembersAt(c, i - 1)

\* The first configuration that is chosen governs for ever.
BrokenFirstConfiguration(c, i) ==
    LET K == ConfiguredAt(c, i - Alpha)
    IN  IF K = {} THEN Initial ELSE MembersOf(c[CHOOSE k \in K : \A j \in K : k <= j])

\* A leader proposes as far as it likes.
BrokenNoWindow(c, a, i) == TRUE

\* The window is one instance too long.
BrokenOneTooFar(c, a, i) == i <= a + Alpha + 1

\* A leader counts the promises of the first members only, for every instance.
BrokenOldPromises(P, c, i) == \E Q \in Phase1Quorums(Initial) : Q \subseteq Who(P)

\* A snapshot loses the configuration.
BrokenForget(e) == FALSE
=============================================================================
