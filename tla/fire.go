package tla

import (
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Action is a named action of a specification, ready to be taken with arguments
// that are given. It belongs to the Spec that returned it.
type Action struct {
	Name   string
	Params []string

	s *Spec
	n *eval.Named
}

// Action returns the definition of the root module of that name as an action.
// It need not be a part of the next-state relation, which [Spec.Step] tells.
func (s *Spec) Action(name string) (*Action, error) {
	s.shared.Lock()
	defer s.shared.Unlock()
	n := s.shared.actions[name]
	if n == nil {
		var err error
		if n, err = s.Model.Program.Named(name); err != nil {
			return nil, err
		}
		s.shared.actions[name] = n
	}
	return &Action{Name: n.Name, Params: n.Params, s: s, n: n}, nil
}

// Fire calls f with each state to which the action leads from a state with
// these arguments, until f returns false. The same state may come more than
// once, and is valid only during the call, which is not to ask the Spec anything. It is an error if the action leaves
// a variable without a value.
func (a *Action) Fire(from State, args []value.Value, f func(State) bool) error {
	return a.FireTo(from, args, nil, f)
}

// FireTo is Fire for those of the states that agree with to, in which a variable
// of value 0 may be anything. It costs less, the more values are given.
func (a *Action) FireTo(from State, args []value.Value, to State, f func(State) bool) error {
	var missing error
	err := a.s.m.FireTo(a.n, args, from, to, func(st []value.Value) bool {
		for i, v := range st {
			if v == 0 {
				missing = unassigned(a.Name, a.s.Model.Program.Vars[i].Name)
				return false
			}
		}
		return f(st)
	})
	if err == nil {
		err = missing
	}
	return err
}
