package verify

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// World is a small world of a system's nodes and clients.
type World struct {
	Name  string // "one-transaction"
	Shows string // what happens in it, in a sentence

	// Protocol returns the nodes; nil is System.Protocol.
	Protocol func() protocol.Protocol

	Clients  []world.Client
	Bounds   explore.Bounds
	Symmetry bool // see explore.Config
}

// worldOption is the option of a schedule that says in which world it happens.
const worldOption = "world"

// FindWorld returns the system's world of that name.
func (s System) FindWorld(name string) (World, error) {
	var names []string
	for _, w := range s.Worlds {
		if w.Name == name {
			return w, nil
		}
		names = append(names, w.Name)
	}
	return World{}, fmt.Errorf("expected a world of %s (%s), found %q", s.Name, strings.Join(names, ", "), name)
}

// ExploreConfig says how to explore a world. The limits and Progress are those
// of explore.Config.
type ExploreConfig struct {
	// NoSteps leaves the specification out.
	NoSteps bool

	// Adjust changes the configuration before it is used; nil leaves it.
	Adjust func(*explore.Config)
}

// Explored is what the exploration of a world came to.
type Explored struct {
	explore.Result
	World World

	// Steps says that transitions were held against the specification.
	Steps bool

	// Schedule reproduces a violation.
	Schedule *fault.Schedule
}

// Explore explores a world of the system: its invariant, its model, and its
// specification, if the protocol maps worlds to it.
func Explore(ctx context.Context, s System, w World, c ExploreConfig) (*Explored, error) {
	p := s.Protocol
	if w.Protocol != nil {
		p = w.Protocol
	}
	cfg := explore.Config{
		Protocol: p(), Clients: w.Clients, Bounds: w.Bounds, Symmetry: w.Symmetry,
		Invariant: s.Invariant, Model: s.Model,
	}
	if s.Workload != nil {
		cfg.Final = s.Workload().Final
	}
	out := &Explored{World: w}
	if _, maps := cfg.Protocol.(protocol.WorldMapped); maps && s.Trace != nil && !c.NoSteps {
		var err error
		if cfg.Steps, err = s.refining(cfg.Protocol); err != nil {
			return nil, err
		}
		out.Steps = true
	}
	if c.Adjust != nil {
		c.Adjust(&cfg)
	}
	r, err := explore.Run(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("%s, world %s: %w", s.Name, w.Name, err)
	}
	out.Result = *r
	if r.Violation != nil {
		out.Schedule = scheduleOf(s, w.Name, r.Violation.Schedule)
	}
	return out, nil
}

// refining returns what holds the steps of the protocol's worlds against the
// system's specification.
func (s System) refining(p protocol.Protocol) (func() (explore.StepChecker, error), error) {
	spec, err := s.stepSpec()
	if err != nil {
		return nil, err
	}
	stepper, err := refine.NewStepper(p, spec, false)
	if err != nil {
		return nil, err
	}
	return explore.Refining(stepper), nil
}

// stepSpec is the specification with the constants that every run has alike,
// which no action gives.
func (s System) stepSpec() (refine.Spec, error) {
	spec := *s.Trace
	constants := map[string]string{}
	for k, v := range spec.Constants {
		constants[k] = v
	}
	names := make([]string, 0, len(s.TraceConstants))
	for k := range s.TraceConstants {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		text, err := constantText(s.TraceConstants[k])
		if err != nil {
			return spec, fmt.Errorf("%s: constant %s: %w", s.Name, k, err)
		}
		constants[k] = text
	}
	spec.Constants = constants
	return spec, nil
}

// constantText writes a value of a trace as TLA+.
func constantText(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v), nil
	case bool:
		return strings.ToUpper(strconv.FormatBool(v)), nil
	case int, int64:
		return fmt.Sprint(v), nil
	}
	return "", fmt.Errorf("expected a string, a boolean or a number, found %T; put it into System.Trace.Constants", v)
}
