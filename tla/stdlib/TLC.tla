-------------------------------- MODULE TLC ---------------------------------
(* Operators for specifications that are checked: printing, assertions,      *)
(* registers, and functions written out.                                     *)

LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSets

LOCAL Native(args) == CHOOSE v : v = args

Print(out, val) == Native(<<out, val>>) \* val, after printing out and val
PrintT(out) == Native(<<out>>) = TRUE   \* TRUE, after printing out
Assert(val, out) == Native(<<val, out>>) = TRUE \* TRUE; an error that shows out if val is not
JavaTime == Native(<<>>)                \* the time in seconds, cut to 31 bits
TLCGet(i) == Native(<<i>>)              \* register i, or a statistic named by a string
TLCSet(i, v) == Native(<<i, v>>) = TRUE
d :> e == Native(<<d, e>>)              \* the function that maps only d, to e
f @@ g == Native(<<f, g>>)              \* f, and g where f is not defined
Permutations(S) == Native(<<S>>)        \* all bijections of the finite set S with itself
SortSeq(s, Op(_, _)) == Native(<<s, Op(s, s)>>) \* s in the order of Op
RandomElement(S) == Native(<<S>>)
Any == Native(<<>>)                     \* a set that has everything as element
ToString(v) == Native(<<v>>)
TLCEval(v) == Native(<<v>>)             \* v, evaluated now rather than when needed
=============================================================================
