----------------------------- MODULE Statistics -----------------------------
(* Tests of randomness.                                                      *)
LOCAL Native(args) == CHOOSE v : v = args

\* Whether the frequencies seen agree with those expected, at a level of
\* significance that is a string such as "0.05".
ChiSquare(expected, actual, alpha) == Native(<<expected, actual, alpha>>) = TRUE
=============================================================================
