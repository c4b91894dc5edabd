package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// TLC names a step by the definition in which the disjunct stands that it took:
// Receive(n), where Receive(n) == \E m \in msgs : Handle(n, m). What a reader asks
// is which m. So a definition that is a choice between named actions does not
// name the step; the action chosen does, and if that is a choice too, the one that
// it comes to. A choice is a disjunction, a \E, an IF or a CASE each of whose
// alternatives is a named action, perhaps with conditions before it:
//
//	Next       == \E n \in Nodes : Receive(n) \/ Tick(n)
//	Receive(n) == \E m \in msgs : m.to = n /\ Handle(n, m)
//	Handle(n, m) == /\ Count(n) /\ UNCHANGED msgs
//
// A step of these is Handle(n, m) and not Count(n), which is a piece of it: a
// definition that is no choice is an action of its own. One that adds something
// to a choice, such as History == Next /\ Note, is as the choice is. And an action
// of an instance has the name that the specification gives it, if it does:
// Sync(n) == Disk!Sync(n).

// naming says what a formula has to do with the name of a step.
type naming uint8

const (
	unnamed     naming = iota // it is a piece of what is named already
	body                      // it is what a definition stands for, and names the step if it is a choice
	alternative               // it is an alternative of a choice
)

// Innermost returns the named action that a step is, found by looking through
// choices from the leaf on: leaf itself, if that is no choice. It is valid only
// inside the callback of a generator.
func (m *Machine) Innermost(leaf *Leaf) *Leaf {
	if m.inner != nil {
		return m.inner
	}
	return leaf
}

// pick is a variable of a \E inside a named action, whose element is in the slot.
type pick struct {
	name string
	slot int
	f    *frame
}

// Picks returns what the \E inside the innermost action chose, of those that have
// to do with the next state: k, where Sync(n) == \E k \in 1..3 : x' = k. It is valid
// only inside the callback of a generator.
func (m *Machine) Picks() (names []string, values []value.Value) {
	for _, p := range m.picks[m.before:] {
		names, values = append(names, p.name), append(values, p.f.slots[p.slot])
	}
	return names, values
}

// within generates by a, whose picks are those from here on.
func within(a act) act {
	return func(m *Machine) bool {
		before := m.before
		m.before = len(m.picks)
		ok := a(m)
		m.before = before
		return ok
	}
}

// picking makes the variables of a \E picks while run goes through its elements.
func picking(bounds []*syntax.Bound, os []*over, run act) act {
	var own []pick
	for _, b := range bounds {
		for _, id := range b.Names {
			own = append(own, pick{name: id.Name})
		}
	}
	i := 0
	for _, o := range os {
		for _, slot := range o.slots {
			own[i].slot = slot
			i++
		}
	}
	return func(m *Machine) bool {
		n := len(m.picks)
		for _, p := range own {
			p.f = m.f
			m.picks = append(m.picks, p)
		}
		ok := run(m)
		m.picks = m.picks[:n]
		return ok
	}
}

// choice reports whether e is a choice by its form, and gives its alternatives.
func choice(e syntax.Expr) (alternatives []syntax.Expr, ok bool) {
	switch e := e.(type) {
	case *syntax.Junction:
		return e.Items, e.Op == `\/`
	case *syntax.Quant:
		return []syntax.Expr{e.Body}, e.Kind == syntax.Exists
	case *syntax.If:
		return []syntax.Expr{e.Then, e.Else}, true
	case *syntax.Case:
		for _, a := range e.Arms {
			alternatives = append(alternatives, a.Value)
		}
		if e.Other != nil {
			alternatives = append(alternatives, e.Other)
		}
		return alternatives, true
	case *syntax.Apply:
		return e.Args, e.Name == `\/` && len(e.Args) == 2
	}
	return nil, false
}

// below is what the alternatives of e have to do with the name of a step, if e
// has that to do with it.
func (p *Program) below(e syntax.Expr, n naming) naming {
	if n == alternative || n == body && p.names(e, body) {
		return alternative
	}
	return unnamed
}

// conjuncts returns the parts of a conjunction.
func conjuncts(e syntax.Expr) (parts []syntax.Expr, ok bool) {
	switch e := e.(type) {
	case *syntax.Junction:
		return e.Items, e.Op == `/\`
	case *syntax.Apply:
		return e.Args, e.Name == `/\` && len(e.Args) == 2
	}
	return nil, false
}

// inner is what a LET or a label is about.
func inner(e syntax.Expr) syntax.Expr {
	for {
		switch x := e.(type) {
		case *syntax.Let:
			e = x.Body
		case *syntax.Label:
			e = x.Body
		default:
			return e
		}
	}
}

// action returns the definition that e applies, if that is an action.
func (p *Program) actionOf(e syntax.Expr) *module.Definition {
	a, ok := e.(*syntax.Apply)
	if !ok {
		return nil
	}
	use := p.Spec.Uses[a]
	if use == nil {
		return nil
	}
	o := use.Object
	if by, ok := p.overrides[o]; ok {
		o = by
	}
	d, ok := o.(*module.Definition)
	if !ok || d.InLet || d.Native || d.IsFunction || d.Level != module.ActionLevel {
		return nil
	}
	if _, bound := p.constants[d]; bound {
		return nil
	}
	return d
}

// names reports whether every way of satisfying e, which stands as n says, is a
// named action.
func (p *Program) names(e syntax.Expr, n naming) bool {
	e = inner(e)
	if es, ok := choice(e); ok {
		for _, a := range es {
			if !p.names(a, alternative) {
				return false
			}
		}
		return true
	}
	if es, ok := conjuncts(e); ok {
		return p.naming(es, n) >= 0
	}
	d := p.actionOf(e)
	return d != nil && (n == alternative || p.isChoice(d))
}

// naming returns which of the conjuncts names the step, -1 if none does: the only
// action among conditions, in an alternative; or else the only choice.
func (p *Program) naming(es []syntax.Expr, n naming) int {
	action, choices, at := 0, 0, -1
	for i, e := range es {
		if p.isAction(e) {
			action++
			at = i
		}
	}
	if n == alternative && action == 1 && p.names(es[at], alternative) {
		return at
	}
	for i, e := range es {
		if d := p.actionOf(e); d != nil && p.isChoice(d) {
			choices++
			at = i
		}
	}
	if choices == 1 {
		return at
	}
	return -1
}

// isChoice reports whether d does not name a step because what it chooses does.
func (p *Program) isChoice(d *module.Definition) bool {
	is, ok := p.choices[d]
	if !ok && !d.Recursive {
		p.choices[d] = false // of a definition that comes to itself
		is = p.names(d.Body, body)
		p.choices[d] = is
	}
	return is
}

// isAction reports whether e has a prime, through definitions.
func (p *Program) isAction(e syntax.Expr) bool {
	found := false
	syntax.Walk(e, func(n syntax.Node) bool {
		if a, ok := n.(*syntax.Apply); ok && !found {
			if use := p.Spec.Uses[a]; use != nil {
				switch o := use.Object.(type) {
				case *module.Builtin:
					found = o.Name == "'" || o.Name == "UNCHANGED"
				case *module.Definition:
					found = o.Level >= module.ActionLevel
				}
			}
		}
		return !found
	})
	return found
}

// named returns the name of a step that is a use of d at e, and the context for
// the body of d.
func (x ctx) named(e *syntax.Apply, d *module.Definition, v *env) (*Leaf, ctx) {
	l := &Leaf{Name: x.prefix + d.Name, Module: x.inside(e, d).mod, Span: d.Body.Where()}
	for i, p := range d.Params {
		if p.Arity > 0 {
			continue
		}
		l.Params = append(l.Params, p.Name)
		l.args = append(l.args, x.expr(e.Args[i], v).fn)
		x.depth = x.u.size // they are evaluated inside the action
	}
	return l, x
}

// over makes l the name of the steps that a generates, unless a names them itself.
func (l *Leaf) over(a act) act {
	return func(m *Machine) bool {
		old, before := m.inner, m.before
		m.inner, m.before = l, len(m.picks)
		ok := a(m)
		m.inner, m.before = old, before
		return ok
	}
}
