---- MODULE Override2 ----
EXTENDS Base
Half(n) == n \div 2
Less(a, b) == a < b
Fewer == {1, 2}
Konst == 4
Big == x # 12
Double(n) == n * 2 + 1
====
