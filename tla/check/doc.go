// Package check checks the safety of a TLA+ specification as TLC does, breadth
// first, and comes to the same figures: states generated, distinct states,
// depth.
//
//	m, err := check.Load("TwoPhase.tla", "TwoPhase.cfg", module.Options{})
//	result := m.Run(ctx, check.Options{})
//
// States are explored in the order of TLC with one worker, so that the first
// violation found, its trace and the figures at that moment are TLC's too.
//
// # Limits
//
// Liveness is not checked: a temporal property that is neither []P nor [][A]_v
// nor a conjunction of such and of an initial predicate leaves the verdict
// Unknown, with the property named among the reasons, however well the rest
// went. So does anything else that is not supported. States are told apart by
// 64 bits of hash, as in TLC. The search runs in one goroutine.
package check
