package verify

import (
	"context"
	"errors"
	"fmt"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// Coverage says how the code and the specification of a system are held against
// each other in both directions, for the same constants: how much of the
// specification the code reaches as it is explored, and whether the code can
// take every step that the specification allows.
type Coverage struct {
	// Protocol returns the nodes, and Constants are those that the
	// specification has for them where no trace constants give them.
	Protocol  func() protocol.Protocol
	Constants map[string]any

	// Worlds are explored. Their nodes are those of Protocol.
	Worlds []World

	// Clients are what the worlds do that the specification drives: a step that
	// cannot be taken with the first of them may be with the next. Their
	// choices are not bounded, but nothing is sent twice by a client.
	Clients [][]world.Client
}

// Covered is what the coverage of a specification came to.
type Covered struct {
	// Explored is what the worlds' explorations reached of the specification
	// with the constants of the coverage, and Transitions how many of the
	// code's they took.
	Explored    refine.Coverage
	Transitions int

	// Driven is what the specification drove the code to. What is Missing in it
	// was not reached by the explorations either.
	Driven *refine.Driven

	// Violation says that the code took a step which the specification does
	// not allow, with the schedule that shows it.
	Violation string
	World     string // in which
	Schedule  *fault.Schedule

	// Limit says why it is not known how much an exploration reaches.
	Limit string
}

// Whole reports whether the code takes every step of the specification, but for
// those that its exceptions explain.
func (c *Covered) Whole() bool { return c.Violation == "" && c.Limit == "" && c.Driven.Whole() }

// Cover explores the worlds of the system's coverage and lets the specification
// drive the code. Adjust changes the configurations of the explorations; it may
// be nil.
func Cover(ctx context.Context, s System, adjust func(*explore.Config)) (*Covered, error) {
	if s.Coverage == nil || s.Trace == nil {
		return nil, fmt.Errorf("%s has no coverage: it takes a specification, and a protocol that maps worlds to it", s.Name)
	}
	spec, err := s.stepSpec()
	if err != nil {
		return nil, err
	}
	p := s.Coverage.Protocol()
	stepper, err := refine.NewStepper(p, spec, true)
	if err != nil {
		return nil, err
	}
	out := &Covered{}
	for _, w := range s.Coverage.Worlds {
		cfg := explore.Config{Protocol: p, Clients: w.Clients, Bounds: w.Bounds, Steps: explore.Refining(stepper)}
		if adjust != nil {
			adjust(&cfg)
		}
		r, err := explore.Run(ctx, cfg)
		if err != nil {
			return nil, fmt.Errorf("%s, world %s: %w", s.Name, w.Name, err)
		}
		out.Transitions += r.Transitions
		switch {
		case r.Violation != nil:
			out.Violation, out.World = r.Violation.Error(), w.Name
			out.Schedule = scheduleOf(s, w.Name, r.Violation.Schedule)
			return out, nil
		case r.Verdict != explore.OK:
			out.Limit = fmt.Sprintf("world %s: %s", w.Name, r.Reason)
		}
	}
	drive := refine.Drive{Constants: s.Coverage.Constants}
	for _, clients := range s.Coverage.Clients {
		drive.Worlds = append(drive.Worlds, func() (*world.World, error) {
			return world.New(p, world.Options{Clients: clients, Bounds: &world.Bounds{
				Timeouts: world.Unlimited, PartialSyncs: world.Unlimited, Drops: world.Unlimited,
				Duplicates: world.Unlimited, Crashes: world.Unlimited,
			}})
		})
	}
	if out.Driven, err = drive.Run(ctx, stepper); err != nil {
		return nil, err
	}
	if v := out.Driven.Violation; v != nil {
		out.Violation = v.Error()
		out.Schedule = scheduleOf(s, "", out.Driven.Schedule)
		return out, nil
	}
	all, err := stepper.Coverage(ctx, out.Driven.States)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.Constants == out.Driven.Constants {
			out.Explored = c
		}
	}
	if len(s.Coverage.Worlds) > 0 && out.Explored.States == 0 {
		return nil, errors.New("the explorations reached no state of the specification with the constants of the coverage")
	}
	return out, nil
}

func scheduleOf(s System, worldName string, choices []world.Choice) *fault.Schedule {
	out := &fault.Schedule{Header: fault.Header{Protocol: s.Name}}
	if worldName != "" {
		out.Header.Options = []fault.Option{{Name: worldOption, Value: worldName}}
	}
	for _, c := range choices {
		out.Events = append(out.Events, fault.Event{Choice: c})
	}
	return out
}
