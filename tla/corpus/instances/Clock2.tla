---- MODULE Clock2 ----
EXTENDS Naturals
CONSTANT Lim
VARIABLE t
Tick == t < Lim /\ t' = t + 1
====
