// Package refine says whether what the code did is what the specification
// allows.
//
// [TLC] validates recorded runs: each slice of a trace must be a behaviour of
// the specification, event by event. It generates a module whose behaviours
// are those of the specification that the slices explain, and lets TLC search
// it: a slice is accepted when some behaviour consumes the whole of it.
//
//	v := &refine.TLC{Checker: runner}
//	report, err := v.Validate(ctx, spec, slices)
//
// # What acceptance means
//
// There is a behaviour of the specification, from an initial state and by steps
// of Next (if the specification defines it), that takes the actions of the
// events in their order, with the arguments and with the
// values after each action that the events give, and none but the silent
// actions that [Spec.Silent] allows in between. A slice without events is
// never accepted.
package refine
