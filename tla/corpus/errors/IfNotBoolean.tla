---- MODULE IfNotBoolean ----
EXTENDS Integers
VARIABLES x
Init == x = 0
Next == x' = IF x THEN 1 ELSE 0
====
