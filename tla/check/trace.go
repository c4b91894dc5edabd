package check

import (
	"slices"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// trace returns the way to the state with index at, which is st, and one step on
// if last is not nil. States are not kept: those on the way are generated again.
func (s *search) trace(at int, st []value.Value, last *taken) []TraceState {
	s.workers[0].mute = true
	m := s.workers[0].m
	var way []link
	for i := uint32(at); i != noParent; i = s.links.at(int(i)).parent {
		way = append(way, *s.links.at(int(i)))
	}
	slices.Reverse(way)
	var out []TraceState
	var cur []value.Value
	level := s.level
	defer func() { s.level = level }()
	for i, l := range way {
		s.level = i // as it was then, for actions that ask TLCGet("level")
		gen, ord := s.next, l.ord
		if i == 0 {
			gen = s.init
		}
		var to TraceState
		m.Generate(gen, cur, func(s1 []value.Value, leaf *eval.Leaf) bool {
			if ord == 0 {
				if to = s.traceState(m, s1, leaf); i > 0 {
					to.Args, to.Call = leaf.Args(m), callOf(m, leaf)
				}
				return false
			}
			ord--
			return true
		})
		out = append(out, to)
		cur = to.State
	}
	if !slices.Equal(cur, st) {
		// Evaluation is not the same each time, as with RandomElement: what
		// is known is the end.
		out = []TraceState{s.traceState(m, st, nil)}
	}
	if last != nil {
		out = append(out, s.step(m, st, last.state, last.leaf))
	}
	return out
}

// step returns a step that was taken, by the given action or, if that is nil, the
// first that makes it, with its arguments.
func (s *search) step(m *eval.Machine, from, to []value.Value, by *eval.Leaf) TraceState {
	out := s.traceState(m, to, by)
	m.Match(s.next, from, to, func(s1 []value.Value, leaf *eval.Leaf) bool {
		if by != nil && leaf != by {
			return true
		}
		out = s.traceState(m, to, leaf)
		out.Args, out.Call = leaf.Args(m), callOf(m, leaf)
		return false
	})
	return out
}

// callOf returns the named action that the step being generated is.
func callOf(m *eval.Machine, leaf *eval.Leaf) Call {
	in := m.Innermost(leaf)
	c := Call{Name: in.Name, Params: in.Params, At: Position{in.Module, in.Span}}
	for _, v := range in.Args(m) {
		c.Args = append(c.Args, m.Canon(v))
	}
	names, values := m.Picks()
	for i, v := range values {
		c.Picked, c.Picks = append(c.Picked, names[i]), append(c.Picks, m.Canon(v))
	}
	return c
}

// StepBy returns the named action that leads from one state to the next: of those
// that do the first, in the order of the specification, that TLC calls action
// (any if that is empty), or if there is none the first. ok is false if there is
// no such step.
func (m *Model) StepBy(on *eval.Machine, from, to []value.Value, action string) (leaf *eval.Leaf, c Call, ok bool) {
	if m.next == nil {
		return nil, c, false
	}
	exact := false
	err := on.Match(m.next, from, to, func(s1 []value.Value, l *eval.Leaf) bool {
		if !slices.Equal(s1, to) {
			return true // it leaves a variable without a value
		}
		if exact = action == "" || l.Name == action; exact || !ok {
			leaf, c, ok = l, callOf(on, l), true
		}
		return !exact
	})
	return leaf, c, ok && err == nil
}

// traceState returns a state to which an action led, without its arguments; an
// initial one if leaf is nil or no action.
func (s *search) traceState(m *eval.Machine, st []value.Value, leaf *eval.Leaf) TraceState {
	t := TraceState{State: append([]value.Value(nil), st...), Action: "Initial predicate"}
	t.Call.Name = t.Action
	if leaf != nil && leaf != s.init.Leaves[0] {
		t.Action, t.Params, t.At = leaf.Name, leaf.Params, Position{leaf.Module, leaf.Span}
		t.Call = Call{Name: t.Action, At: t.At}
	}
	return t
}

// show fills in what is to be shown of state i of a trace: the variables, or the
// fields of the ALIAS, which may look at the next state too. As in TLC, an ALIAS
// that is an error or no record is left out.
func (s *search) show(trace []TraceState, i int) {
	m, t := s.workers[0].m, &trace[i]
	add := func(name string, v value.Value) {
		text := "null"
		if v != 0 {
			text = m.Local.Print(v)
		}
		t.Variables = append(t.Variables, Variable{name, v, text})
	}
	if s.alias != nil {
		next := trace[min(i+1, len(trace)-1)].State
		if v, err := m.Eval(s.alias, t.State, next); err == nil && v.Kind() == value.KindRecord {
			for j, f := range m.Elems(m.Domain(v)) {
				add(m.Text(f), m.Values(v)[j])
			}
			return
		}
	}
	for j, v := range s.Program.Vars {
		add(v.Name, t.State[j])
	}
}
