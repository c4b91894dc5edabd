---- MODULE Unicode ----
EXTENDS Integers, Sequences
CONSTANTS a, b, S, T
VARIABLE x
A ≜ ∧ a ≤ b
    ∧ ∀ i ∈ S : ∃ j ∈ T : i ≠ j ∨ ¬(i ∉ T)
    ∧ □(x = 1) ⇒ ◇(x = 2)
B ≜ [i ∈ ℕ ↦ i]
C ≜ ⟨a, b⟩ ∘ ⟨1⟩
D ≜ [S → ℤ] ∪ ((S × T) ∩ T)
E ≜ □[x′ = x]_⟨x, x⟩
F ≜ CASE a → 1 □ b → 2
H ≜ "ünïcödé in strings: ∀" \* and in comments: ∃
====
