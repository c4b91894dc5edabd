---- MODULE ModuleConstant ----
\* C <- [M]D is for what M defines. A constant parameter gets no value from it.
EXTENDS ModuleConstantBase
Zero == 0
====
