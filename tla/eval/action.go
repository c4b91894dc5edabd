package eval

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// act generates: it calls what comes after it for every way of satisfying a
// formula, with the variables assigned in the Machine's s1, and reports whether
// to go on.
type act func(m *Machine) bool

// Leaf is one of the parts into which TLC splits a next-state relation: what is
// below its disjunctions and its quantifiers over constant sets.
type Leaf struct {
	Name   string // of the innermost definition on the way; "Next" itself if none
	Module string
	Span   syntax.Span // of the leaf
	Params []string    // of the definition Name
	args   []fn
	Index  int

	def    *module.Definition // Name, if that was taken apart
	chosen bool               // the leaf is an alternative in it
}

// Args returns the arguments of the definition that the leaf belongs to, in the
// step being generated. It is valid only inside the callback of a generator.
func (l *Leaf) Args(m *Machine) []value.Value {
	vs := make([]value.Value, len(l.args))
	for i, f := range l.args {
		vs[i] = f(m)
	}
	return vs
}

// assignable returns the index of the variable that e stands for at the side of
// an assignment: x' in an action, x in an initial predicate.
func (x ctx) assignable(e syntax.Expr, v *env) (int, bool) {
	return x.varOf(e, v, !x.init)
}

func (x ctx) varOf(e syntax.Expr, v *env, primed bool) (int, bool) {
	a, ok := e.(*syntax.Apply)
	if !ok {
		return 0, false
	}
	obj, home := x.resolve(a, v)
	switch o := obj.(type) {
	case *module.Builtin:
		if o.Name == "'" && primed {
			return x.varOf(a.Args[0], v, false)
		}
	case *module.Variable:
		if primed {
			return 0, false
		}
		if val, in, ok := home.subst(o); ok {
			return x.varOf(val, in, false)
		}
		i, ok := x.p.varIndex[o]
		return i, ok
	case *module.Constant:
		if val, in, ok := home.subst(o); ok {
			return x.varOf(val, in, primed)
		}
	case *module.Param:
		if b := home.lookup(o); b != nil && b.expr != nil && o.Arity == 0 {
			return x.varOf(b.expr, b.env, primed)
		}
	case *module.Definition:
		if len(o.Params) > 0 || o.Native || o.Recursive {
			return 0, false
		}
		if _, ok := x.p.constants[o]; ok {
			return 0, false
		}
		if o.InLet {
			if b := home.lookup(o); b != nil && b.expr != nil {
				return x.varOf(b.expr, b.env, primed)
			}
			return 0, false
		}
		return x.inside(a, o).varOf(o.Body, home.instances(), primed)
	}
	return 0, false
}

// action compiles e to a generator that goes on with k.
func (x ctx) action(e syntax.Expr, v *env, k act) act {
	if *x.nodes++; *x.nodes > maxNodes {
		x.refuse(e, "a definition that expands to more than 400000 expressions")
	}
	if x.p.counters != nil && x.counted != e {
		id := x.counter(e)
		x.counted = e
		a := x.action(e, v, k)
		return func(m *Machine) bool { m.count(id); return a(m) }
	}
	n := x.naming
	below := x.p.below(e, n)
	x.naming = unnamed
	switch e := e.(type) {
	case *syntax.Junction:
		if e.Op == `/\` {
			return x.conjunction(e.Items, v, k, n)
		}
		var as []act
		for _, it := range e.Items {
			as = append(as, x.as(below).action(it, v, k))
		}
		return either(as)
	case *syntax.Quant:
		switch e.Kind {
		case syntax.Exists:
			os, in, x2, _ := x.bounds(e.Bounds, v)
			body := x2.as(below).action(e.Body, in, k)
			run := func(m *Machine) bool { return each(m, os, body) }
			if x.telling && below == unnamed && x.p.isAction(e.Body) {
				return picking(e.Bounds, os, run)
			}
			return run
		case syntax.Forall:
			return x.forallAction(e, v, k)
		}
	case *syntax.If:
		p, _ := x.test(e.Cond, v, nonBooleanIf)
		a, b := x.as(below).action(e.Then, v, k), x.as(below).action(e.Else, v, k)
		return func(m *Machine) bool {
			if p(m) {
				return a(m)
			}
			return b(m)
		}
	case *syntax.Case:
		return x.caseAction(e, v, k, below)
	case *syntax.Let:
		in, x2, enter := x.let(e, v)
		a := x2.as(n).action(e.Body, in, k)
		if enter == nil {
			return a
		}
		return func(m *Machine) bool { enter(m); return a(m) }
	case *syntax.Label:
		return x.as(n).action(e.Body, v, k)
	case *syntax.Box:
		if x.init {
			break
		}
		if e.Angle {
			p, _ := x.notUnchanged(e, v)
			x.depth = x.u.size
			return x.action(e.Action, v, func(m *Machine) bool { return !p(m) || k(m) })
		}
		return either([]act{x.action(e.Action, v, k), x.unchanged(e.Sub, v, k)})
	case *syntax.Apply:
		return x.applyAction(e, v, k, n)
	}
	return x.holds(e, v, k)
}

func (x ctx) as(n naming) ctx {
	x.naming = n
	return x
}

func either(as []act) act {
	return func(m *Machine) bool {
		for _, a := range as {
			if !a(m) {
				return false
			}
		}
		return true
	}
}

// conjunction takes the conjuncts in order. As in TLC, once every variable has
// its value what is left of the list is only tested, and forks no more.
func (x ctx) conjunction(items []syntax.Expr, v *env, k act, n naming) act {
	named := -1
	if n != unnamed {
		named = x.p.naming(items, n)
	}
	for i := len(items) - 1; i >= 0; i-- {
		x.naming = unnamed
		if i == named {
			x.naming = alternative
		}
		k = x.nthConjunct(items[i], v, k, i == 0)
		x.depth = x.u.size // what comes before a part runs around it
	}
	return k
}

// nthConjunct is one conjunct of a list, what is after it being k.
func (x ctx) nthConjunct(e syntax.Expr, v *env, k act, first bool) act {
	gen := x.action(e, v, k)
	if first {
		return gen
	}
	x.naming = unnamed
	x.depth = x.u.size
	test := x.holds(e, v, k)
	return func(m *Machine) bool {
		if m.missing > 0 {
			return gen(m)
		}
		return test(m)
	}
}

// holds goes on if e is true.
func (x ctx) holds(e syntax.Expr, v *env, k act) act {
	p, _ := x.test(e, v, nonBoolean)
	return func(m *Machine) bool { return !p(m) || k(m) }
}

func (x ctx) notUnchanged(e *syntax.Box, v *env) (func(*Machine) bool, code) {
	now := x.expr(e.Sub, v)
	px := x
	px.primed = true
	next := px.expr(e.Sub, v)
	return func(m *Machine) bool { return !m.Equal(next.fn(m), now.fn(m)) }, code{}
}

func (x ctx) caseAction(e *syntax.Case, v *env, k act, below naming) act {
	var conds []func(*Machine) bool
	var as []act
	for _, a := range e.Arms {
		p, _ := x.test(a.Cond, v, nonBooleanCase)
		conds, as = append(conds, p), append(as, x.as(below).action(a.Value, v, k))
	}
	var other act
	if e.Other != nil {
		other = x.as(below).action(e.Other, v, k)
	}
	s := x.at(e)
	return func(m *Machine) bool {
		for i, p := range conds {
			if p(m) {
				return as[i](m)
			}
		}
		if other == nil {
			m.fail(s, "Attempted to evaluate a CASE with no conditions true.")
		}
		return other(m)
	}
}

// loop is a \A in an action under way: the body is taken for each assignment in
// turn, as a conjunction.
type loop struct {
	vals [][]value.Value
	next int
}

func (x ctx) forallAction(e *syntax.Quant, v *env, k act) act {
	x.telling = false // each turn would have the same slots
	os, in, x2, _ := x.bounds(e.Bounds, v)
	id, x2 := x2.slot() // the index of the loop under way
	var body act
	var step act
	body = x2.nthConjunct(e.Body, in, func(m *Machine) bool { return step(m) }, false)
	load := func(m *Machine, vals []value.Value) {
		j := 0
		for _, o := range os {
			for _, s := range o.slots {
				m.f.slots[s] = vals[j]
				j++
			}
		}
	}
	step = func(m *Machine) bool {
		at := m.f.slots[id]
		l := &m.loops[at.AsInt()]
		if l.next == len(l.vals) {
			return k(m)
		}
		// The body runs within itself: what it holds in its slots is to be
		// there again when it goes on.
		held := append([]value.Value(nil), m.f.slots[x.depth:]...)
		load(m, l.vals[l.next])
		l.next++
		ok := body(m)
		m.loops[at.AsInt()].next--
		copy(m.f.slots[x.depth:], held)
		return ok
	}
	return func(m *Machine) bool {
		var all [][]value.Value
		each(m, os, func(m *Machine) bool {
			var vals []value.Value
			for _, o := range os {
				for _, s := range o.slots {
					vals = append(vals, m.f.slots[s])
				}
			}
			all = append(all, vals)
			return true
		})
		n := len(m.loops)
		m.loops = append(m.loops, loop{vals: all})
		old := m.f.slots[id]
		m.f.slots[id] = value.Int(int32(n))
		ok := step(m)
		m.f.slots[id] = old
		m.loops = m.loops[:n]
		return ok
	}
}

func (x ctx) applyAction(e *syntax.Apply, v *env, k act, n naming) act {
	obj, home := x.resolve(e, v)
	switch o := obj.(type) {
	case *module.Builtin:
		switch o.Name {
		case `/\`:
			return x.conjunction(e.Args, v, k, n)
		case `\/`:
			x.naming = x.p.below(e, n)
			return either([]act{x.action(e.Args[0], v, k), x.action(e.Args[1], v, k)})
		case "=>":
			p, _ := x.test(e.Args[0], v, fmt.Sprintf(nonBooleanSide, "=>", "P"))
			a := x.action(e.Args[1], v, k)
			if c := x.condition(e); c != nil { // in an ENABLED
				yes, holds := a, p
				a = func(m *Machine) bool { c.reach(); return yes(m) }
				p = func(m *Machine) bool { c.meet(); return holds(m) }
			}
			return func(m *Machine) bool {
				if p(m) {
					return a(m)
				}
				return k(m)
			}
		case "=":
			if i, ok := x.assignable(e.Args[0], v); ok {
				return x.assign(e, i, e.Args[1], v, k)
			}
		case `\in`:
			if i, ok := x.assignable(e.Args[0], v); ok {
				return x.assignIn(e, i, e.Args[1], v, k)
			}
		case "UNCHANGED":
			if !x.init {
				return x.unchanged(e.Args[0], v, k)
			}
		case `\cdot`:
			x.refuse(e, `the action composition \cdot`)
		}
	case *module.Constant:
		if val, in, ok := home.subst(o); ok && len(e.Args) == 0 {
			return x.action(val, in, k)
		}
	case *module.Param:
		b := home.lookup(o)
		if b != nil && !b.isOp && b.expr != nil {
			if lam, ok := b.expr.(*syntax.Lambda); ok && len(e.Args) > 0 {
				in, x2 := b.env, x
				var enter []func(*Machine)
				for i, id := range lam.Params {
					var en func(*Machine)
					in, x2, en = x2.bindArg(in, x.p.Spec.Defs[id], arg{expr: e.Args[i], env: v})
					if en != nil {
						enter = append(enter, en)
					}
				}
				return before(enter, x2.action(lam.Body, in, k))
			}
			if len(e.Args) == 0 {
				return x.action(b.expr, b.env, k)
			}
			if op, ok := b.expr.(*syntax.Apply); ok {
				if d, h := x.resolve(op, b.env); d != nil {
					if def, ok := d.(*module.Definition); ok {
						return x.defAction(e, def, h, v, k, unnamed)
					}
				}
			}
		}
	case *module.Definition:
		return x.defAction(e, o, home, v, k, n)
	}
	return x.holds(e, v, k)
}

func before(enter []func(*Machine), a act) act {
	if len(enter) == 0 {
		return a
	}
	return func(m *Machine) bool {
		for _, en := range enter {
			en(m)
		}
		return a(m)
	}
}

func (x ctx) defAction(e *syntax.Apply, d *module.Definition, home, v *env, k act, n naming) act {
	if _, ok := x.p.constants[d]; ok || d.Native || d.IsFunction {
		return x.holds(e, v, k)
	}
	var in *env
	if d.InLet {
		b := home.lookup(d)
		if b == nil {
			return x.holds(e, v, k)
		}
		if b.def == nil {
			if b.expr == nil {
				return x.holds(e, v, k)
			}
			return x.action(b.expr, b.env, k)
		}
		in = b.env
	} else {
		in = home.instances()
	}
	if d.Recursive {
		if d.Level >= module.ActionLevel {
			if n == alternative && !d.InLet {
				x.prefix += qualifiers(e)
				l, y := x.named(e, d, v)
				return l.over(y.callAction(e, d, in, v, k))
			}
			return x.callAction(e, d, in, v, k)
		}
		return x.holds(e, v, k)
	}
	if d.InLet || d.Level != module.ActionLevel {
		n = unnamed
	}
	var l *Leaf
	if n != unnamed {
		x.prefix += qualifiers(e)
	}
	if n == alternative {
		l, x = x.named(e, d, v)
	}
	x2 := x.inside(e, d)
	var enter []func(*Machine)
	for i, p := range d.Params {
		var en func(*Machine)
		in, x2, en = x2.bindArg(in, p, arg{expr: e.Args[i], env: v})
		if en != nil {
			enter = append(enter, en)
		}
	}
	if n != unnamed && x.p.isChoice(d) {
		x2.naming = body
	}
	a := before(enter, x2.action(d.Body, in, k))
	if l != nil {
		a = l.over(a)
	}
	return a
}

// assign is x' = e: it gives x' the value if it has none, and tests otherwise.
func (x ctx) assign(n syntax.Node, i int, e syntax.Expr, v *env, k act) act {
	c, s := x.expr(e, v), x.at(n)
	return func(m *Machine) bool {
		val := c.fn(m)
		old := m.s1[i]
		if old != 0 {
			m.at = s
			return !m.Equal(old, val) || k(m)
		}
		if val.IsLazy() {
			m.at = s
			val = m.Canon(val)
		}
		if m.to != nil && m.to[i] != val && m.to[i] != 0 {
			return true
		}
		return m.set(i, val, k)
	}
}

// set goes on with variable i of the next state assigned.
func (m *Machine) set(i int, val value.Value, k act) bool {
	m.s1[i] = val
	m.missing--
	ok := k(m)
	m.missing++
	m.s1[i] = 0
	return ok
}

// assignIn is x' \in S.
func (x ctx) assignIn(n syntax.Node, i int, e syntax.Expr, v *env, k act) act {
	c, s := x.expr(e, v), x.at(n)
	return func(m *Machine) bool {
		set := c.fn(m)
		m.at = s
		if old := m.s1[i]; old != 0 {
			return !m.Member(old, set) || k(m)
		}
		if m.to != nil && m.to[i] != 0 {
			return !m.among(m.to[i], set) || m.set(i, m.to[i], k)
		}
		return m.Iterate(set, func(val value.Value) bool { return m.set(i, m.Canon(val), k) })
	}
}

// unchanged is UNCHANGED e: variable by variable as far as e is a tuple of
// variables, through definitions.
func (x ctx) unchanged(e syntax.Expr, v *env, k act) act {
	if i, ok := x.varOf(e, v, false); ok {
		s := x.at(e)
		return func(m *Machine) bool {
			val := m.s0[i]
			if old := m.s1[i]; old != 0 {
				m.at = s
				return !m.Equal(old, val) || k(m)
			}
			if m.to != nil && m.to[i] != val && m.to[i] != 0 {
				return true
			}
			return m.set(i, val, k)
		}
	}
	switch e := e.(type) {
	case *syntax.Tuple:
		for i := len(e.Elems) - 1; i >= 0; i-- {
			k = x.unchanged(e.Elems[i], v, k)
		}
		return k
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		switch o := obj.(type) {
		case *module.Definition:
			if len(o.Params) == 0 && !o.Native && !o.InLet && !o.Recursive {
				return x.inside(e, o).unchanged(o.Body, home.instances(), k)
			}
		case *module.Variable:
			if val, in, ok := home.subst(o); ok {
				return x.unchanged(val, in, k)
			}
		case *module.Param:
			if b := home.lookup(o); b != nil && b.expr != nil && len(e.Args) == 0 {
				return x.unchanged(b.expr, b.env, k)
			}
		}
	}
	now := x.expr(e, v)
	px := x
	px.primed = true
	next := px.expr(e, v)
	s := x.at(e)
	return func(m *Machine) bool {
		a, b := next.fn(m), now.fn(m)
		m.at = s
		return !m.Equal(a, b) || k(m)
	}
}
