package tla

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Step is the answer to whether a pair of states is a step.
type Step struct {
	OK bool

	// Action and Args tell which step it is, and Where its place in TLC's
	// words. If it is none, they tell the nearest: the action with arguments
	// of which the fewest conjuncts are false of the two states (each
	// UNCHANGED of a variable counts by itself), of those one with the fewest
	// wrong values of variables, of those the first. Action is empty if the
	// specification has no action.
	Action string
	Args   []value.Value
	Where  string

	// False are the conjuncts of the nearest action that are false, in its
	// order: the first is the reason why it is not this step.
	False []Conjunct

	// Expected is the state to which the nearest action leads, of several the
	// first of those that differ from the second state in the fewest variables,
	// which Differs names. If the action could not be taken, Expected is nil,
	// and Differs names the variables that are not as it asks; then False
	// holds a conjunct that is about no variable's next value, or an error.
	Expected State
	Differs  []string

	// Stutter is set if the two states are equal. A stuttering step is OK
	// only if an action of the specification makes it.
	Stutter bool
}

// Conjunct is a part of an action that is false of a pair of states.
type Conjunct struct {
	Text  string // on one line, shortened if it is long
	Where string // in TLC's words

	// Variable is set if the conjunct gives that variable its next value:
	// Expected, or one of the set Expected if OneOf is set; Found is its value
	// in the second state. Expected is 0 if it could not be evaluated.
	Variable string
	Expected value.Value
	Found    value.Value
	OneOf    bool

	// Err is set if evaluating the conjunct is an error for these states.
	Err error
}

// String describes c on one line, without its values.
func (c Conjunct) String() string {
	if c.Err != nil {
		return fmt.Sprintf("%s (%s): %v", c.Text, c.Where, c.Err)
	}
	return fmt.Sprintf("%s (%s)", c.Text, c.Where)
}

// Step tells whether from -> to is a step of the next-state relation, by an
// action that [Spec.Successors] would list, of those the first. Both states are
// complete. A step costs microseconds; a pair that is none costs more, for the
// explanation.
func (s *Spec) Step(from, to State) (Step, error) {
	out, err := s.IsStep(from, to)
	if err != nil || out.OK {
		return out, err
	}
	s.shared.Lock()
	if s.shared.why == nil {
		s.shared.why, err = s.Model.Program.Explain(s.Model.NextRef())
	}
	why := s.shared.why
	s.shared.Unlock()
	if err != nil {
		return out, err
	}
	near, err := s.m.Explain(why, from, to)
	if err != nil {
		return out, err
	}
	return s.explain(out, near, to, func(best func(State)) error {
		return s.each(from, func(st []value.Value, leaf *eval.Leaf) bool {
			if leaf.Name == near.Leaf.Name && leaf.Span == near.Leaf.Span && slices.Equal(leaf.Args(s.m), near.Args) {
				best(st)
			}
			return true
		})
	})
}

// IsStep is Step without the explanation of a pair that is none.
func (s *Spec) IsStep(from, to State) (Step, error) {
	var out Step
	if err := s.complete(from, to); err != nil {
		return out, err
	}
	out.Stutter = equal(from, to)
	next := s.Model.NextGen()
	if next == nil {
		return out, errors.New("the specification has no next-state relation")
	}
	err := s.m.Match(next, from, to, func(st []value.Value, leaf *eval.Leaf) bool {
		if !equal(st, to) {
			return true // it leaves a variable without a value
		}
		out.OK = true
		out.Action, out.Args, out.Where = leaf.Name, leaf.Args(s.m), leaf.String()
		return false
	})
	return out, err
}

// StepOf tells whether from -> to is a step of the named action with these
// arguments, and if not, what of it is false. The action need not be a part of
// the next-state relation.
func (s *Spec) StepOf(action string, args []value.Value, from, to State) (Step, error) {
	a, err := s.Action(action)
	if err != nil {
		return Step{}, err
	}
	return a.Step(from, args, to)
}

// Step tells whether the action leads from a state with these arguments to
// another, and if not, what of it is false.
func (a *Action) Step(from State, args []value.Value, to State) (Step, error) {
	out := Step{Action: a.Name, Args: args, Stutter: equal(from, to)}
	if err := a.s.complete(from, to); err != nil {
		return out, err
	}
	out.Where = a.n.String()
	err := a.FireTo(from, args, to, func(State) bool { out.OK = true; return false })
	if err != nil || out.OK {
		return out, err
	}
	near, err := a.s.m.ExplainFire(a.n, args, from, to)
	if err != nil {
		return out, err
	}
	return a.s.explain(out, near, to, func(best func(State)) error {
		return a.Fire(from, args, func(st State) bool { best(st); return true })
	})
}

func equal(a, b State) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (s *Spec) complete(states ...State) error {
	for _, st := range states {
		if len(st) != len(s.Model.Program.Vars) {
			return fmt.Errorf("the state has %d values, expected %d", len(st), len(s.Model.Program.Vars))
		}
		for i, v := range st {
			if v == 0 || v.IsLazy() {
				return fmt.Errorf("the variable %s has no canonical value", s.Model.Program.Vars[i].Name)
			}
		}
	}
	return nil
}

// explain adds to the answer what the evaluator found. each calls its argument
// with every state to which the nearest action leads.
func (s *Spec) explain(out Step, near eval.Nearest, to State, each func(func(State)) error) (Step, error) {
	if near.Leaf == nil {
		return out, nil
	}
	if len(near.Misses) == 0 {
		return out, fmt.Errorf("%s: the predicate holds of the two states, but the action does not generate the step: it uses a primed variable before it has a value", near.Leaf)
	}
	out.Action, out.Args, out.Where = near.Leaf.Name, near.Args, near.Leaf.String()
	for _, m := range near.Misses {
		c := Conjunct{Text: text(m.Expr), Where: m.Site.String(), Err: m.Err}
		if m.Var >= 0 {
			c.Variable, c.Found = s.Model.Program.Vars[m.Var].Name, to[m.Var]
			c.Expected, c.OneOf = m.Want, m.Among
			out.Differs = append(out.Differs, c.Variable)
		}
		out.False = append(out.False, c)
	}
	fewest := len(to) + 1
	err := each(func(st State) {
		var differs []string
		for i, v := range st {
			if v != to[i] {
				differs = append(differs, s.Model.Program.Vars[i].Name)
			}
		}
		if len(differs) < fewest {
			fewest, out.Expected, out.Differs = len(differs), append(out.Expected[:0], st...), differs
		}
	})
	return out, err
}

// textMax bounds the text of a conjunct.
const textMax = 200

func text(e syntax.Expr) string {
	t := []rune(strings.Join(strings.Fields(syntax.Format(e)), " "))
	if len(t) > textMax {
		return string(t[:textMax-3]) + "..."
	}
	return string(t)
}
