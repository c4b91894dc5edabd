// Package refine says whether what the code did is what the specification
// allows.
//
// A [Stepper] judges the choices of a world, one after another: is what the
// choice did a step of the specification? Explorers use it. It also keeps what
// of the specification was reached, and a [Drive] asks the other way round:
// can the code take every step that the specification allows?
//
//	s, err := refine.NewStepper(protocol, spec, true)
//	ghost, err = s.Step(ghost, before, after, &step)
//	driven, err := refine.Drive{Constants: c, Worlds: worlds}.Run(ctx, s)
//
// A [Validator] judges recorded runs: each slice of a trace must be a behaviour
// of the specification, event by event. [Engine] does it in the process, by the
// TLA+ engine of package tla. [TLC] generates a module whose behaviours are
// those of the specification that the slices explain, and lets TLC search it;
// it is there as the oracle.
//
//	_, report, err := (&refine.Engine{}).ValidateFiles(ctx, spec, nil, files...)
//
// # What acceptance means
//
// There is a behaviour of the specification, from an initial state and by steps
// of Next (if the specification defines it; see [Spec]), that takes the actions of the
// events in their order, with the arguments and with the
// values after each action that the events give, and none but the silent
// actions that [Spec.Silent] allows in between. A slice without events is
// never accepted.
//
// # How it is found out
//
// Both the Stepper and the Engine keep the set of states of the specification
// that explain what has been seen, and advance it: they take the actions that
// are named from each of its states, and keep the states that agree with what is
// known of the variables afterwards. Where all variables are known, that is one
// state. Sets, actions and demands are numbered, and what was asked once is
// remembered, so that the cost is that of what is new.
//
// # Limits
//
// The values that the engine has met stay in memory until it is dropped. A
// slice that more than 65,536 states explain at some point makes the verdict
// unknown.
package refine
