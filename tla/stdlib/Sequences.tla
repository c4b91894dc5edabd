----------------------------- MODULE Sequences ------------------------------
(* Finite sequences: functions with domain 1 .. n, written <<a, b, c>>.      *)
LOCAL INSTANCE Naturals

LOCAL Native(args) == CHOOSE v : v = args

Seq(S) == Native(<<S>>)               \* all finite sequences of elements of S
Len(s) == Native(<<s>>)               \* how many elements s has
s \o t == Native(<<s, t>>)            \* s followed by t
Append(s, e) == Native(<<s, e>>)      \* s followed by the element e
Head(s) == Native(<<s>>)              \* the first element
Tail(s) == Native(<<s>>)              \* all but the first
SubSeq(s, m, n) == Native(<<s, m, n>>) \* elements m to n; empty if m > n
SelectSeq(s, Test(_)) == Native(<<s, Test(s)>>) \* those elements e with Test(e)
=============================================================================
