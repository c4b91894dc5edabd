package explore

import (
	"errors"
	"fmt"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/world"
)

// StepChecker judges the transitions of the code: is this a step that the
// specification allows?
type StepChecker interface {
	// Check is told of a transition: the worlds before and after, the choice,
	// and what it did. It returns nil, or what is wrong. It must not change the
	// worlds, nor keep them.
	Check(before, after *world.World, c world.Choice, st *world.Step) error
}

// StepTracker is a StepChecker that has to remember something of the way to a
// state, under a number: equal numbers are equal memories, among all checkers
// of one exploration. The number is then part of the state. Check is not used.
type StepTracker interface {
	StepChecker

	// Start returns the number for the initial state, or what is wrong with it.
	Start(w *world.World) (uint32, error)

	// Step is Check with the number for the state before; it returns that for
	// the state after.
	Step(memory uint32, before, after *world.World, st *world.Step) (uint32, error)
}

// ErrUndecided is wrapped by errors of a StepChecker that mean that it cannot
// tell. They make the verdict unknown.
var ErrUndecided = errors.New("cannot tell")

// Refining returns Config.Steps for a protocol and its specification: every
// transition of the code must be a step of the specification.
func Refining(s *refine.Stepper) func() (StepChecker, error) {
	return func() (StepChecker, error) { return refining{s.Clone()}, nil }
}

type refining struct{ stepper *refine.Stepper }

func (r refining) Check(before, after *world.World, c world.Choice, st *world.Step) error {
	return fmt.Errorf("%w: this checker remembers the way to a state", ErrUndecided)
}

func (r refining) Start(w *world.World) (uint32, error) {
	g, err := r.stepper.Start(w)
	return uint32(g), decided(err)
}

func (r refining) Step(memory uint32, before, after *world.World, st *world.Step) (uint32, error) {
	g, err := r.stepper.Step(refine.Ghost(memory), before, after, st)
	return uint32(g), decided(err)
}

// decided says so of an error that is no rejection.
func decided(err error) error {
	var rejection *refine.StepError
	if err == nil || errors.As(err, &rejection) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUndecided, err)
}
