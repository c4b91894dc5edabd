package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Match is Generate for those of the states that agree with to, a state in which
// a variable of value 0 may be anything. It gives what Generate gives and a
// comparison leaves over, at a fraction of the cost: an action is given up at the
// first variable that would differ, and membership in a set takes the place of
// its enumeration. An action that leaves a variable unchanged that to changes is
// not evaluated at all, so that its errors do not come up.
func (m *Machine) Match(g *Gen, s0, to []value.Value, emit func(s1 []value.Value, leaf *Leaf) bool) error {
	var changed uint64
	for i := range min(len(to), len(s0), 64) {
		if to[i] != s0[i] && to[i] != 0 {
			changed |= 1 << i
		}
	}
	return m.generate(g, s0, to, changed, emit)
}

// among reports whether the canonical value v is one that enumerating set gives.
// Membership can be an error where enumeration is none, as that of "a" in
// SUBSET {1}; then the set is enumerated.
func (m *Machine) among(v, set value.Value) (found bool) {
	mark, depth, keep, f, s0, s1 := m.Mark(), len(m.calls), m.keep, m.f, m.s0, m.s1
	missing, to := m.missing, m.to
	defer func() {
		if m.final != nil {
			return
		}
		if e := recover(); e != nil {
			if _, isValue := e.(*value.Error); !isValue {
				panic(e)
			}
			m.Drop(mark)
			m.calls, m.keep, m.f, m.s0, m.s1 = m.calls[:depth], keep, f, s0, s1
			m.missing, m.to = missing, to
			found = !m.Iterate(set, func(e value.Value) bool { return m.Canon(e) != v })
		}
	}()
	return m.Member(v, set)
}

// frame returns the variables, of the first 64, that e leaves unchanged whatever
// else it does: those of an UNCHANGED that every way of satisfying e goes
// through.
func (x ctx) frame(e syntax.Expr, v *env, depth int) uint64 {
	if depth > 100 {
		return 0
	}
	all := func(es []syntax.Expr, and bool) uint64 {
		var vars uint64
		for i, e := range es {
			f := x.frame(e, v, depth+1)
			switch {
			case and || i == 0:
				vars |= f
			default:
				vars &= f
			}
		}
		return vars
	}
	switch e := e.(type) {
	case *syntax.Junction:
		return all(e.Items, e.Op == `/\`)
	case *syntax.Quant:
		if e.Kind == syntax.Exists {
			return x.frame(e.Body, v, depth+1)
		}
	case *syntax.If:
		return x.frame(e.Then, v, depth+1) & x.frame(e.Else, v, depth+1)
	case *syntax.Label:
		return x.frame(e.Body, v, depth+1)
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		switch o := obj.(type) {
		case *module.Builtin:
			switch o.Name {
			case `/\`, `\/`:
				return all(e.Args, o.Name == `/\`)
			case "UNCHANGED":
				return x.tuple(e.Args[0], v)
			}
		case *module.Definition:
			if _, ok := x.p.constants[o]; ok || o.Native || o.IsFunction || o.InLet || o.Recursive {
				return 0
			}
			in := home.instances()
			for i, p := range o.Params {
				in = in.with(p, &binding{slot: -1, expr: e.Args[i], env: v, site: x.site})
			}
			return x.inside(e, o).frame(o.Body, in, depth+1)
		}
	}
	return 0
}

// tuple returns the variables of which e is a tuple, through definitions.
func (x ctx) tuple(e syntax.Expr, v *env) uint64 {
	if i, ok := x.varOf(e, v, false); ok {
		if i < 64 {
			return 1 << i
		}
		return 0
	}
	switch e := e.(type) {
	case *syntax.Tuple:
		var vars uint64
		for _, el := range e.Elems {
			vars |= x.tuple(el, v)
		}
		return vars
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		if o, ok := obj.(*module.Definition); ok && len(o.Params) == 0 && !o.Native && !o.InLet && !o.Recursive && !o.IsFunction {
			if _, ok := x.p.constants[o]; !ok {
				return x.inside(e, o).tuple(o.Body, home.instances())
			}
		}
	}
	return 0
}
