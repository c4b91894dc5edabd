------------------------------- MODULE TLCExt -------------------------------
(* Further operators for specifications that are checked.                    *)
LOCAL INSTANCE TLC

LOCAL Native(args) == CHOOSE v : v = args

AssertError(err, exp) == Native(<<err, exp>>) = TRUE \* evaluating exp fails with the message err
AssertEq(a, b) == Native(<<a, b>>) = TRUE            \* a = b, printing both if not
Trace == Native(<<>>)            \* the states from an initial one to this one, as a sequence of records
CounterExample == Native(<<>>)   \* the error trace found, as a record of states and actions
ToTrace(ce) == Native(<<ce>>)    \* a counterexample as a sequence of records
TLCDefer(exp) == Native(<<exp>>) = TRUE      \* evaluates exp once the state is found to be new
PickSuccessor(exp) == Native(<<exp>>) = TRUE \* asks the user when exp is false
TLCNoOp(v) == Native(<<v>>)
TLCModelValue(name) == Native(<<name>>)      \* the model value of that name
TLCCache(exp, key) == Native(<<exp, key>>)   \* exp, evaluated once for each key
TLCGetOrDefault(i, v) == Native(<<i, v>>)    \* register i, or v if it was never set
TLCGetAndSet(i, Op(_, _), v, default) == Native(<<i, Op(v, v), v, default>>) \* register i, which becomes Op(it, v)
TLCFP(v) == Native(<<v>>)                    \* the fingerprint of v
=============================================================================
