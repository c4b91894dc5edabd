---- MODULE AssumptionEvaluation ----
\* An assumption that has no value: TLC ends as it does when one is false.
ASSUME 1 = <<1>>
====
