// Package check checks the safety of a TLA+ specification as TLC does, breadth
// first, and comes to the same figures: states generated, distinct states,
// depth, states left on the queue.
//
//	m, err := check.Load("TwoPhase.tla", "TwoPhase.cfg", module.Options{})
//	result := m.Run(ctx, check.Options{Workers: 4, Timeout: time.Minute})
//
// # The same result
//
// States are explored in the order of TLC with one worker, level by level. With
// several workers the work is shared out and the order is kept, so that the
// verdict, the first violation found, its trace and the figures at that moment
// are the same with any number of them. A simulation depends on its seed alone.
//
// # Bounds
//
// A run that reaches a bound of [Options], or whose context is done, is Unknown
// with the figures so far. Evaluation itself is interrupted too, so that a set
// too large to go through does not outlive the time limit.
//
// States are not kept but for the level being explored and the next: a state
// costs 16 to 22 bytes for its fingerprint and its place in the search, and what
// is new of its values. States on the way to a violation are generated again.
//
// # Limits
//
// Liveness is not checked: a temporal property that is neither []P nor [][A]_v
// nor a conjunction of such and of an initial predicate leaves the verdict
// Unknown, with the property named among the reasons, however well the rest
// went. So does anything else that is not supported. States are told apart by
// 64 bits of hash, as in TLC, or by 128 with [Options.Wide]. TLCGet knows the
// figures of a search only in the POSTCONDITION, and "level" and "diameter"
// always; the registers of TLCSet belong to each worker.
package check
