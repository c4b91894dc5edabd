package refine

import (
	"fmt"
	"slices"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Difference is a variable, or its value at a node, that is not what the
// specification has it be. The values are TLA+ text.
type Difference struct {
	Variable        string // "log", or "log[p1]"
	Expected, Found string
}

// explain rejects an event that no candidate explains, and says what is
// nearest: the action with the values that it would give, or why it cannot be
// taken.
func (p *pass) explain(e trace.Event, legs path, dem int32) {
	m := p.m
	from := get(m, &m.sets, p.set)
	p.reject(e, "")
	rej := p.rejection
	rej.Candidates = len(from)
	rej.State = m.bindings(get(m, &m.states, from[0]))

	d := get(m, &m.demands, dem)
	to, work, err := m.advance(p.set, legs, noDemand)
	p.work += work
	switch {
	case err != nil:
		rej.Reason = err.Error()
	case to == emptySet:
		c := legs[len(legs)-1].call
		rej.Reason = m.callText(c) + " cannot be taken in any of the states that explain what was before"
		if rej.Candidates == 1 {
			rej.Reason = m.callText(c) + " cannot be taken in the state before"
		}
		if len(legs) == 1 {
			rej.False = m.falseOf(get(m, &m.states, from[0]), get(m, &m.calls, c), d)
		}
		if len(rej.False) > 0 {
			rej.Reason += ", since this is false: " + rej.False[0]
		}
	default:
		rej.Differs = m.nearest(to, d)
		rej.Reason = fmt.Sprintf("%s can be taken, and leaves other values", m.callText(legs[len(legs)-1].call))
		if len(rej.Differs) > 0 {
			x := rej.Differs[0]
			rej.Reason = fmt.Sprintf("after %s the specification expects %s = %s, found %s", m.callText(legs[len(legs)-1].call), x.Variable, x.Expected, x.Found)
		}
	}
}

// falseOf lists the conjuncts of an action that are false of a state and the one
// that a demand makes of it, those first that keep the action from being taken.
func (m *machine) falseOf(st tla.State, c call, d demand) []string {
	to := slices.Clone(st)
	for _, b := range d {
		if b.at == 0 {
			to[b.variable] = b.value
		} else if _, ok := m.at(to[b.variable], b.at); ok {
			to[b.variable] = m.local.Canon(m.local.Update(to[b.variable], b.at, b.value))
		}
	}
	step, err := m.spec.StepOf(c.name, c.args, st, to)
	if err != nil {
		return nil
	}
	var guards, others []string
	for _, x := range step.False {
		if x.Variable == "" {
			guards = append(guards, x.String())
		} else {
			others = append(others, x.String())
		}
	}
	return append(guards, others...)
}

// nearest says in what the state of the set that comes nearest to a demand
// differs from it.
func (m *machine) nearest(set int32, d demand) []Difference {
	var best []Difference
	for i, s := range get(m, &m.sets, set) {
		st := get(m, &m.states, s)
		var diff []Difference
		for _, b := range d {
			if !m.meetsOne(st, b) {
				diff = append(diff, m.difference(st, b))
			}
		}
		if i == 0 || len(diff) < len(best) {
			best = diff
		}
	}
	return best
}

func (m *machine) difference(st tla.State, b binding) Difference {
	x := Difference{Variable: m.spec.Vars()[b.variable], Found: m.local.Print(b.value)}
	v := st[b.variable]
	if b.at != 0 {
		x.Variable += "[" + m.local.Print(b.at) + "]"
		var ok bool
		if v, ok = m.at(v, b.at); !ok {
			x.Expected = "no value, since " + m.local.Print(b.at) + " is not in its domain"
			return x
		}
	}
	x.Expected = m.local.Print(v)
	return x
}

func (m *machine) bindings(st tla.State) []Binding {
	var out []Binding
	for i, name := range m.spec.Vars() {
		out = append(out, Binding{name, m.local.Print(st[i])})
	}
	return out
}

func (m *machine) callText(i int32) string {
	c := get(m, &m.calls, i)
	return callString(m.local, c)
}

func callString(l *value.Local, c call) string {
	s := c.name
	for i, a := range c.args {
		if i == 0 {
			s += "("
		} else {
			s += ", "
		}
		s += l.Print(a)
	}
	if len(c.args) > 0 {
		s += ")"
	}
	return s
}
