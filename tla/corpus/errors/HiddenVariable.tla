---- MODULE HiddenVariable ----
EXTENDS Naturals
VARIABLES s
Inner(t) == s = 1 /\ t = 0 /\ [][s' = 1 - s /\ t' = t]_<<s, t>>
Spec == \EE t : s = 1 /\ [][s' = 1 - s]_s
====
