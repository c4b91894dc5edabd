package eval

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// builtin compiles an operator of the language itself.
func (x ctx) builtin(e *syntax.Apply, name string, args []arg) code {
	konst := func(v value.Value) code { return pure(func(*Machine) value.Value { return v }) }
	switch name {
	case "TRUE":
		return konst(value.True)
	case "FALSE":
		return konst(value.False)
	case "BOOLEAN":
		return konst(value.NewLocal(x.p.Store).SetOf(value.False, value.True))
	case "STRING":
		return konst(value.Strings)
	case "'":
		if x.primed {
			x.refuse(e, "a prime below a prime")
		}
		x.primed = true
		c := x.argCode(args[0])
		return c
	case "UNCHANGED":
		now := x.argCode(args[0])
		x.primed = true
		next := x.argCode(args[0])
		return x.op2(e, next, now, func(m *Machine, a, b value.Value) value.Value { return value.Bool(m.Equal(a, b)) })
	case "ENABLED":
		return x.enabled(e, args[0])
	case `\cdot`, "[]", "<>", "~>", "-+->":
		x.refuse(e, "the operator "+name+" in an expression")
	case `/\`, `\/`, "=>":
		p, cp := x.testArg(args[0], e, fmt.Sprintf(nonBooleanSide, name, "P"))
		q, cq := x.testArg(args[1], e, fmt.Sprintf(nonBooleanSide, name, "Q"))
		switch name {
		case `/\`:
			return of(func(m *Machine) value.Value { return value.Bool(p(m) && q(m)) }, cp, cq)
		case `\/`:
			return of(func(m *Machine) value.Value { return value.Bool(p(m) || q(m)) }, cp, cq)
		}
		if c := x.condition(e); c != nil {
			return of(func(m *Machine) value.Value {
				c.meet()
				if !p(m) {
					return value.True
				}
				c.reach()
				return value.Bool(q(m))
			}, cp, cq)
		}
		return of(func(m *Machine) value.Value { return value.Bool(!p(m) || q(m)) }, cp, cq)
	case "<=>":
		p, cp := x.testArg(args[0], e, nonBooleanIff)
		q, cq := x.testArg(args[1], e, nonBooleanIff)
		return of(func(m *Machine) value.Value { return value.Bool(p(m) == q(m)) }, cp, cq)
	case "~":
		p, cp := x.testArg(args[0], e, nonBooleanNot)
		return of(func(m *Machine) value.Value { return value.Bool(!p(m)) }, cp)
	case `\in`, `\notin`:
		c := x.member(e, args[0], args[1])
		if name == `\in` {
			return c
		}
		f := c.fn
		c.fn = func(m *Machine) value.Value { return f(m) ^ value.True ^ value.False }
		return c
	}
	if len(args) == 1 {
		a := x.argCode(args[0])
		switch name {
		case "SUBSET":
			return x.op1(e, a, func(m *Machine, a value.Value) value.Value { return m.Powerset(a) })
		case "UNION":
			return x.op1(e, a, func(m *Machine, a value.Value) value.Value { return m.Union(a) })
		case "DOMAIN":
			return x.op1(e, a, func(m *Machine, a value.Value) value.Value { return m.Domain(m.sound(a)) })
		}
		x.refuse(e, "the operator "+name)
	}
	if len(args) != 2 {
		x.refuse(e, "the operator "+name)
	}
	a, b := x.argCode(args[0]), x.argCode(args[1])
	switch name {
	case "=", "/=":
		fa, fb, s, same := a.fn, b.fn, x.at(e), name == "="
		return of(func(m *Machine) value.Value {
			va, vb := fa(m), fb(m)
			if va == vb {
				return value.Bool(same)
			}
			m.at = s
			return value.Bool(m.Equal(va, vb) == same)
		}, a, b)
	case `\subseteq`:
		return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return value.Bool(m.Subset(a, b)) }).costs(costMany)
	case `\cup`:
		return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return m.Cup(a, b) }).costs(costMember)
	case `\cap`:
		return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return m.Cap(a, b) }).costs(costMember)
	case `\`:
		return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return m.Diff(a, b) }).costs(costMember)
	case `\X`:
		return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return m.Product(a, b) }).costs(costMember)
	}
	x.refuse(e, "the operator "+name)
	return code{}
}

// member compiles x \in S. If S is written out the elements are compared one by
// one, as TLC does, and need not be comparable to each other.
func (x ctx) member(e *syntax.Apply, el, set arg) code {
	a := x.argCode(el)
	if enum, ok := set.expr.(*syntax.SetEnum); ok {
		cs := x.all(enum.Elems, set.env)
		s := x.at(e)
		return of(func(m *Machine) value.Value {
			v := a.fn(m)
			for _, c := range cs {
				w := c.fn(m)
				m.at = s
				if m.Equal(w, v) {
					return value.True
				}
			}
			return value.False
		}, append(cs, a)...)
	}
	b := x.argCode(set)
	return x.op2(e, a, b, func(m *Machine, a, b value.Value) value.Value { return value.Bool(m.Member(a, b)) }).costs(costMember + costOfSet(set.expr))
}

// costOfSet is what membership in a set written like that costs more than in an
// enumerated one.
func costOfSet(e syntax.Expr) int {
	switch e := e.(type) {
	case *syntax.FuncSet, *syntax.RecordSet, *syntax.Cross:
		return costMany
	case *syntax.Apply:
		if e.Name == "SUBSET" || e.Name == "Seq" || e.Name == `\cup` {
			return costMany
		}
		if e.Form == syntax.Plain {
			return costMember // a definition: it may be any of these
		}
	}
	return 0
}

func (x ctx) testArg(a arg, n syntax.Node, where string) (func(*Machine) bool, code) {
	if a.b == nil {
		return x.test(a.expr, a.env, where)
	}
	c, s := x.argCode(a), x.at(n)
	return func(m *Machine) bool {
		v := c.fn(m)
		if !v.IsBool() {
			m.nonBoolean(s, where, v)
		}
		return v == value.True
	}, c
}

// enabled compiles ENABLED A: whether A's generator finds a successor.
func (x ctx) enabled(e *syntax.Apply, a arg) code {
	if x.primed || x.gen && false {
		x.refuse(e, "ENABLED below a prime")
	}
	x.gen, x.init, x.telling = true, false, false
	x.p.hasEnabled = true
	flag, x2 := x.slot()
	expr, env := a.expr, a.env
	if a.b != nil {
		expr, env = a.b.expr, a.b.env
	}
	if expr == nil {
		x.refuse(e, "ENABLED of this expression")
	}
	run := x2.action(expr, env, func(m *Machine) bool {
		m.f.slots[flag] = value.True
		return false
	})
	n := len(x.p.Vars)
	return code{state: true, min: x.depth - 1, fn: func(m *Machine) value.Value {
		old, missing, to := m.s1, m.missing, m.to
		m.s1, m.missing, m.to = make([]value.Value, n), n, nil
		m.f.slots[flag] = value.False
		run(m)
		m.s1, m.missing, m.to = old, missing, to
		return m.f.slots[flag]
	}}
}
