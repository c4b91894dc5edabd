package eval

import (
	"math"
	"slices"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// native compiles an operator of a standard module that Go computes.
func (x ctx) native(e *syntax.Apply, d *module.Definition, args []arg) code {
	name := d.Module.Name + "!" + d.Name
	if f, ok := intNatives[d.Name]; ok && (d.Module.Name == "Naturals" || d.Module.Name == "Integers" || d.Module.Name == "Reals") && len(args) == 2 {
		return x.intOp(e, d.Name, f, args)
	}
	switch name {
	case "Naturals!Nat":
		return pure(func(*Machine) value.Value { return value.Nat })
	case "Integers!Int":
		return pure(func(*Machine) value.Value { return value.Integer })
	case "Reals!Real":
		return pure(func(*Machine) value.Value { return value.Real })
	case "TLC!Any":
		return pure(func(*Machine) value.Value { return value.Any })
	case "Sequences!SelectSeq":
		return x.selectSeq(e, args)
	case "TLC!SortSeq":
		return x.sortSeq(e, args)
	case "TLC!Assert":
		return x.assert(e, args)
	}
	cs := make([]code, len(args))
	for i, a := range args {
		if d.Params[i].Arity > 0 {
			x.refuse(e, "the operator "+name)
		}
		cs[i] = x.argCode(a)
	}
	s := x.at(e)
	if f, ok := natives1[name]; ok && len(cs) == 1 {
		c := x.op1(e, cs[0], func(m *Machine, a value.Value) value.Value { return f(m, s, a) })
		c.volatile = c.volatile || volatile[name]
		return c
	}
	if f, ok := natives2[name]; ok && len(cs) == 2 {
		c := x.op2(e, cs[0], cs[1], func(m *Machine, a, b value.Value) value.Value { return f(m, s, a, b) })
		c.volatile = c.volatile || volatile[name]
		return c
	}
	if name == "Sequences!SubSeq" {
		return of(func(m *Machine) value.Value {
			q, i, j := m.seq(s, cs[0].fn(m)), m.int(s, cs[1].fn(m)), m.int(s, cs[2].fn(m))
			if i > j {
				return m.Tuple()
			}
			if i < 1 || int(j) > len(q) {
				m.fail(s, "SubSeq(s, %d, %d) is beyond a sequence of length %d", i, j, len(q))
			}
			return m.Tuple(q[i-1 : j]...)
		}, cs...)
	}
	x.refuse(e, "the operator "+d.Name+" of module "+d.Module.Name)
	return code{}
}

var volatile = map[string]bool{
	"TLC!Print": true, "TLC!PrintT": true, "TLC!TLCSet": true, "TLC!TLCGet": true,
}

func (m *Machine) seq(s *Site, v value.Value) []value.Value {
	q, ok := m.Seq(v)
	if !ok {
		m.fail(s, "expected a sequence, found %s", m.Local.Print(v))
	}
	return q
}

func (m *Machine) int(s *Site, v value.Value) int32 {
	if !v.IsInt() {
		m.fail(s, "expected an integer, found %s", m.Local.Print(v))
	}
	return v.AsInt()
}

var natives1 = map[string]func(m *Machine, s *Site, a value.Value) value.Value{
	"Integers!-.": func(m *Machine, s *Site, a value.Value) value.Value {
		i := m.int(s, a)
		if i == math.MinInt32 {
			m.fail(s, "Overflow when computing --2147483648")
		}
		return value.Int(-i)
	},
	"Sequences!Seq": func(m *Machine, s *Site, a value.Value) value.Value { return m.SeqSet(a) },
	"Sequences!Len": func(m *Machine, s *Site, a value.Value) value.Value {
		if a.Kind() == value.KindString {
			return value.Int(int32(len(m.Text(a))))
		}
		return value.Int(int32(len(m.seq(s, a))))
	},
	"Sequences!Head": func(m *Machine, s *Site, a value.Value) value.Value {
		q := m.seq(s, a)
		if len(q) == 0 {
			m.fail(s, "Attempted to apply Head to the empty sequence.")
		}
		return q[0]
	},
	"Sequences!Tail": func(m *Machine, s *Site, a value.Value) value.Value {
		q := m.seq(s, a)
		if len(q) == 0 {
			m.fail(s, "Attempted to apply Tail to the empty sequence.")
		}
		return m.Tuple(q[1:]...)
	},
	"FiniteSets!IsFiniteSet": func(m *Machine, s *Site, a value.Value) value.Value { return value.Bool(m.IsFinite(a)) },
	"FiniteSets!Cardinality": func(m *Machine, s *Site, a value.Value) value.Value {
		if !m.IsFinite(a) {
			m.fail(s, "Attempted to compute cardinality of the infinite set %s", m.Local.Print(a))
		}
		return value.Int(m.Cardinality(a))
	},
	"TLC!PrintT":   func(m *Machine, s *Site, a value.Value) value.Value { m.print(a); return value.True },
	"TLC!TLCEval":  func(m *Machine, s *Site, a value.Value) value.Value { return m.Canon(a) },
	"TLC!ToString": func(m *Machine, s *Site, a value.Value) value.Value { return m.Str(m.Local.Print(a)) },
	"TLC!Permutations": func(m *Machine, s *Site, a value.Value) value.Value {
		set := m.Force(a)
		es := append([]value.Value(nil), m.Elems(set)...)
		if len(es) > 9 {
			m.fail(s, "Permutations of a set of %d elements are too many", len(es))
		}
		var all []value.Value
		var perm func(i int)
		perm = func(i int) {
			if i == len(es) {
				mark := m.Mark()
				for _, e := range es {
					m.Push(e)
				}
				all = append(all, m.FuncFrom(set, mark))
				return
			}
			for j := i; j < len(es); j++ {
				es[i], es[j] = es[j], es[i]
				perm(i + 1)
				es[i], es[j] = es[j], es[i]
			}
		}
		perm(0)
		return m.SetOf(all...)
	},
	"TLC!TLCGet": func(m *Machine, s *Site, a value.Value) value.Value {
		if a.Kind() == value.KindString {
			if m.Stat != nil {
				if v, ok := m.Stat(m.Text(a)); ok {
					return v
				}
			}
			panic(&Error{Msg: "TLCGet(" + m.Local.Print(a) + ") is not supported", Site: s, Stack: []*Site{s}, Unsupported: true})
		}
		v, ok := m.Regs[m.int(s, a)]
		if !ok {
			m.fail(s, "TLCGet(%s) was undefined.", m.Local.Print(a))
		}
		return v
	},
}

func (m *Machine) print(a value.Value) {
	if m.Print != nil {
		m.Print(m.Local.Print(a))
	}
}

var natives2 = map[string]func(m *Machine, s *Site, a, b value.Value) value.Value{
	"Naturals!..": func(m *Machine, s *Site, a, b value.Value) value.Value { return m.Interval(m.int(s, a), m.int(s, b)) },
	"Sequences!Append": func(m *Machine, s *Site, a, b value.Value) value.Value {
		q := m.seq(s, a)
		mark := m.Mark()
		for _, v := range q {
			m.Push(v)
		}
		m.Push(b)
		return m.TupleFrom(mark)
	},
	`Sequences!\o`: func(m *Machine, s *Site, a, b value.Value) value.Value {
		if a.Kind() == value.KindString && b.Kind() == value.KindString {
			return m.Str(m.Text(a) + m.Text(b))
		}
		p, q := m.seq(s, a), m.seq(s, b)
		return m.Tuple(slices.Concat(p, q)...)
	},
	"TLC!Print": func(m *Machine, s *Site, a, b value.Value) value.Value {
		if m.Print != nil {
			m.Print(m.Local.Print(a) + "  " + m.Local.Print(b))
		}
		return b
	},
	"TLC!TLCSet": func(m *Machine, s *Site, a, b value.Value) value.Value {
		if a.Kind() == value.KindString {
			panic(&Error{Msg: "TLCSet(" + m.Local.Print(a) + ", ...) is not supported", Site: s, Stack: []*Site{s}, Unsupported: true})
		}
		m.Regs[m.int(s, a)] = m.Canon(b)
		return value.True
	},
	"TLC!:>": func(m *Machine, s *Site, a, b value.Value) value.Value {
		return m.Func([]value.Value{m.Canon(a)}, []value.Value{b})
	},
	"TLC!@@": func(m *Machine, s *Site, a, b value.Value) value.Value {
		a, b = m.Canon(a), m.Canon(b)
		if !a.IsFunc() || !b.IsFunc() {
			m.fail(s, "Attempted to apply @@ to %s and %s, which are not both functions", m.Local.Print(a), m.Local.Print(b))
		}
		args := slices.Concat(m.Elems(m.Domain(a)), m.Elems(m.Domain(b)))
		vals := slices.Concat(m.Values(a), m.Values(b))
		return m.Func(args, vals)
	},
}

// intNatives are the operators on two integers; ok is false on overflow.
var intNatives = map[string]func(a, b int64) (int64, bool){
	"+": func(a, b int64) (int64, bool) { return a + b, true },
	"-": func(a, b int64) (int64, bool) { return a - b, true },
	"*": func(a, b int64) (int64, bool) { return a * b, true },
	`\div`: func(a, b int64) (int64, bool) {
		if b == 0 {
			return 0, false
		}
		q := a / b
		if a%b != 0 && (a < 0) != (b < 0) {
			q--
		}
		return q, true
	},
	"%": func(a, b int64) (int64, bool) {
		if b <= 0 {
			return 0, false
		}
		return ((a % b) + b) % b, true
	},
	"^": func(a, b int64) (int64, bool) {
		if b < 0 || a == 0 && b == 0 {
			return 0, false
		}
		r := int64(1)
		if a == 0 || a == 1 {
			return a, true
		}
		if a == -1 {
			return 1 - 2*(b&1), true
		}
		for ; b > 0; b-- {
			if r *= a; r > math.MaxInt32 || r < math.MinInt32 {
				return r, true
			}
		}
		return r, true
	},
	"<": nil, ">": nil, "=<": nil, ">=": nil,
}

func (x ctx) intOp(e *syntax.Apply, name string, f func(a, b int64) (int64, bool), args []arg) code {
	a, b, s := x.argCode(args[0]), x.argCode(args[1]), x.at(e)
	check := func(m *Machine, va, vb value.Value) {
		if !va.IsInt() {
			m.fail(s, "The first argument of %s should be an integer, but instead it is:\n%s", name, m.Local.Print(va))
		}
		if !vb.IsInt() {
			m.fail(s, "The second argument of %s should be an integer, but instead it is:\n%s", name, m.Local.Print(vb))
		}
	}
	if f != nil {
		return of(func(m *Machine) value.Value {
			va, vb := a.fn(m), b.fn(m)
			check(m, va, vb)
			r, ok := f(int64(va.AsInt()), int64(vb.AsInt()))
			if !ok {
				m.fail(s, "The second argument of %s is out of range: %d %s %d", name, va.AsInt(), name, vb.AsInt())
			}
			if r > math.MaxInt32 || r < math.MinInt32 {
				m.fail(s, "Overflow when computing %d%s%d", va.AsInt(), name, vb.AsInt())
			}
			return value.Int(int32(r))
		}, a, b)
	}
	cmp := map[string]func(a, b int32) bool{
		"<":  func(a, b int32) bool { return a < b },
		">":  func(a, b int32) bool { return a > b },
		"=<": func(a, b int32) bool { return a <= b },
		">=": func(a, b int32) bool { return a >= b },
	}[name]
	return of(func(m *Machine) value.Value {
		va, vb := a.fn(m), b.fn(m)
		check(m, va, vb)
		return value.Bool(cmp(va.AsInt(), vb.AsInt()))
	}, a, b)
}

// opArg compiles an operator argument of n parameters to a function of slots.
func (x ctx) opArg(e *syntax.Apply, a arg, n int) ([]int, code) {
	var slots []int
	var params []arg
	for range n {
		var s int
		s, x = x.slot()
		slots = append(slots, s)
		params = append(params, arg{b: &binding{level: x.u.level, slot: s}})
	}
	return slots, x.applyOp(a.expr, a.env, params, e)
}

func (x ctx) selectSeq(e *syntax.Apply, args []arg) code {
	q, s := x.argCode(args[0]), x.at(e)
	slots, test := x.opArg(e, args[1], 1)
	return of(func(m *Machine) value.Value {
		es := m.seq(s, q.fn(m))
		mark := m.Mark()
		for _, v := range es {
			m.f.slots[slots[0]] = v
			if test.fn(m) == value.True {
				m.Push(v)
			}
		}
		return m.TupleFrom(mark)
	}, q, test)
}

func (x ctx) sortSeq(e *syntax.Apply, args []arg) code {
	q, s := x.argCode(args[0]), x.at(e)
	slots, less := x.opArg(e, args[1], 2)
	return of(func(m *Machine) value.Value {
		es := append([]value.Value(nil), m.seq(s, q.fn(m))...)
		for i := 1; i < len(es); i++ {
			for j := i; j > 0; j-- {
				m.f.slots[slots[0]], m.f.slots[slots[1]] = es[j], es[j-1]
				if less.fn(m) != value.True {
					break
				}
				es[j], es[j-1] = es[j-1], es[j]
			}
		}
		return m.Tuple(es...)
	}, q, less)
}

func (x ctx) assert(e *syntax.Apply, args []arg) code {
	p, out, s := x.argCode(args[0]), x.argCode(args[1]), x.at(e)
	return of(func(m *Machine) value.Value {
		if p.fn(m) != value.True {
			m.fail(s, "The first argument of Assert evaluated to FALSE; the second argument was:\n%s", m.Local.Print(out.fn(m)))
		}
		return value.True
	}, p, out)
}
