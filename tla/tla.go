// Package tla answers questions about a TLA+ specification from Go: what its
// initial states and successors are, what an expression is worth in a state,
// and whether a pair of states is a step, and of which action.
//
//	s, err := tla.Load("TwoPhase.tla", "TwoPhase.cfg", module.Options{})
//	step, err := s.Step(before, after)
//	if !step.OK {
//		fmt.Println("nearest action", step.Action, "of which is false", step.False[0])
//	}
//
// Loading takes milliseconds, a question microseconds. A Spec is for one
// goroutine; [Spec.Clone] gives another goroutine one of its own.
package tla

import (
	"fmt"
	"sync"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

// State is the values of the variables, in the order of [Spec.Vars].
type State []value.Value

// Spec is a specification with its constants bound.
type Spec struct {
	Model *check.Model

	m      *eval.Machine
	exprs  map[string]*eval.Expr
	shared *shared // by the clones
}

// shared is what clones compile once, one at a time.
type shared struct {
	sync.Mutex
	actions map[string]*eval.Named
	why     *eval.Why // of the next-state relation
}

// Load reads a specification and its configuration.
func Load(spec, cfg string, opts module.Options) (*Spec, error) {
	m, err := check.Load(spec, cfg, opts)
	if err != nil {
		return nil, err
	}
	return FromModel(m), nil
}

// FromModel returns a Spec for a model built by package check.
func FromModel(m *check.Model) *Spec {
	return &Spec{Model: m, m: eval.NewMachine(m.Program), exprs: map[string]*eval.Expr{},
		shared: &shared{actions: map[string]*eval.Named{}}}
}

// Clone returns a Spec for another goroutine. Values may be shared between the
// two.
func (s *Spec) Clone() *Spec {
	c := FromModel(s.Model)
	c.shared = s.shared
	return c
}

// Assume returns an error that names the first assumption of the specification
// that its constants do not meet. Nothing else here asks for them.
func (s *Spec) Assume() error { return s.Model.Assume(s.m) }

// Vars returns the names of the variables.
func (s *Spec) Vars() []string {
	var names []string
	for _, v := range s.Model.Program.Vars {
		names = append(names, v.Name)
	}
	return names
}

// Local returns what builds and reads the values of s.
func (s *Spec) Local() *value.Local { return s.m.Local }

// Initial returns the initial states, each once.
func (s *Spec) Initial() ([]State, error) {
	var all []State
	seen := map[uint64]bool{}
	err := s.m.Generate(s.Model.InitGen(), nil, func(st []value.Value, _ *eval.Leaf) bool {
		if fp := s.m.Fingerprint(st); !seen[fp] {
			seen[fp] = true
			all = append(all, append(State(nil), st...))
		}
		return true
	})
	return all, err
}

// Successor is a state and the action that leads there.
type Successor struct {
	State  State
	Action string // the name of the definition
	Args   []value.Value
	Where  string // the place of the action, in TLC's words
}

// Successors returns the steps from a state in the order in which TLC generates
// them, the same state as often as it is generated.
func (s *Spec) Successors(from State) ([]Successor, error) {
	var all []Successor
	err := s.each(from, func(st []value.Value, leaf *eval.Leaf) bool {
		all = append(all, Successor{append(State(nil), st...), leaf.Name, leaf.Args(s.m), leaf.String()})
		return true
	})
	return all, err
}

func (s *Spec) each(from State, f func([]value.Value, *eval.Leaf) bool) error {
	next := s.Model.NextGen()
	if next == nil {
		return fmt.Errorf("the specification has no next-state relation")
	}
	if len(from) != len(s.Model.Program.Vars) {
		return fmt.Errorf("the state has %d values, expected %d", len(from), len(s.Model.Program.Vars))
	}
	return s.m.Generate(next, from, f)
}

// Eval returns the value of a definition without parameters in a state, and the
// next state if it has primes; either may be nil if it does not need it.
func (s *Spec) Eval(name string, st, next State) (value.Value, error) {
	e := s.exprs[name]
	if e == nil {
		r, ok := s.Model.Program.Lookup(name)
		if !ok {
			return 0, fmt.Errorf("the specification has no definition %s without parameters", name)
		}
		var err error
		if e, err = s.Model.Program.Expr(r); err != nil {
			return 0, err
		}
		s.exprs[name] = e
	}
	return s.m.Eval(e, st, next)
}

func unassigned(action, variable string) error {
	return fmt.Errorf("action %s leaves variable %s without a value", action, variable)
}
