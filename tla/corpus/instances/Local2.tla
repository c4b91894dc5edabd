---- MODULE Local2 ----
LOCAL INSTANCE Naturals
VARIABLE y
Len == 3
Act(k) == y' = IF y >= k THEN y - k ELSE y + Len
====
