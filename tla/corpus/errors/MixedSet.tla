---- MODULE MixedSet ----
EXTENDS Naturals
VARIABLES s
Init == s = {1}
Next == s' = s \cup {"a"}
====
