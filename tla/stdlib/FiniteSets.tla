----------------------------- MODULE FiniteSets -----------------------------
(* Finiteness and the number of elements.                                    *)

LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences

LOCAL Native(args) == CHOOSE v : v = args

IsFiniteSet(S) == Native(<<S>>) = TRUE
Cardinality(S) == Native(<<S>>)
=============================================================================
