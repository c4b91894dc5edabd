package eval

import (
	"slices"

	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// The operators of TLC and TLCExt.

func (m *Machine) print(a value.Value) {
	if m.Print != nil {
		m.Print(m.Local.Print(a))
	}
}

func tlcPrint(m *Machine, s *Site, a, b value.Value) value.Value {
	if m.Print != nil {
		m.Print(m.Local.Print(a) + "  " + m.Local.Print(b))
	}
	return b
}

func (x ctx) assert(e *syntax.Apply, args []arg) code {
	p, out, s := x.argCode(args[0]), x.argCode(args[1]), x.at(e)
	return of(func(m *Machine) value.Value {
		b := p.fn(m)
		shown := out.fn(m) // TLC evaluates both
		if b != value.True {
			m.fail(s, "The first argument of Assert evaluated to FALSE; the second argument was:\n%s", m.Local.Print(shown))
		}
		return value.True
	}, p, out)
}

// tlcEval enumerates what can be enumerated.
func tlcEval(m *Machine, s *Site, a value.Value) value.Value {
	if a.IsLazy() && m.aSet(a) && !m.IsFinite(a) {
		return a
	}
	return m.Canon(a)
}

func permutations(m *Machine, s *Site, a value.Value) value.Value {
	if !m.aSet(a) || !m.IsFinite(a) {
		m.fail(s, "Applying Permutations to the following value,\nwhich is not a finite set:\n%s", m.Local.Print(a))
	}
	set := m.Force(a)
	es := slices.Clone(m.Elems(set))
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
}

func tlcGet(m *Machine, s *Site, a value.Value) value.Value {
	if a.Kind() == value.KindString {
		if m.Stat != nil {
			if v, ok := m.Stat(m.Text(a)); ok {
				return v
			}
		}
		m.refused(s, "TLCGet(%s) is not supported", m.Local.Print(a))
	}
	if !a.IsInt() || a.AsInt() < 0 {
		m.fail(s, "The argument of TLCGet should be a nonnegative integer, but instead it is:\n%s", m.Local.Print(a))
	}
	v, ok := m.Regs[a.AsInt()]
	if !ok {
		m.fail(s, "TLCGet(%s) was undefined.", m.Local.Print(a))
	}
	return v
}

func tlcSet(m *Machine, s *Site, a, b value.Value) value.Value {
	if a.Kind() == value.KindString {
		switch m.Text(a) {
		case "exit", "pause":
			m.refused(s, "TLCSet(%s, ...) is not supported", m.Local.Print(a))
		}
	}
	m.Regs[m.register(s, a, "TLCSet")] = m.Canon(b)
	return value.True
}

func (m *Machine) register(s *Site, a value.Value, op string) int32 {
	if !a.IsInt() || a.AsInt() < 0 {
		m.fail(s, "The first argument of %s should be a nonnegative integer, but instead it is:\n%s", op, m.Local.Print(a))
	}
	return a.AsInt()
}

func getOrDefault(m *Machine, s *Site, a, b value.Value) value.Value {
	if v, ok := m.Regs[m.register(s, a, "TLCGetOrDefault")]; ok {
		return v
	}
	return b
}

// getAndSet is TLCGetAndSet(i, Op, v, default).
func (x ctx) getAndSet(e *syntax.Apply, args []arg) code {
	i, v, otherwise, s := x.argCode(args[0]), x.argCode(args[2]), x.argCode(args[3]), x.at(e)
	slots, op := x.opArg(e, args[1], 2)
	c := of(func(m *Machine) value.Value {
		reg := m.register(s, i.fn(m), "TLCGetAndSet")
		old, ok := m.Regs[reg]
		if !ok {
			old = otherwise.fn(m)
		}
		arg := v.fn(m)
		m.f.slots[slots[0]], m.f.slots[slots[1]] = old, arg
		m.Regs[reg] = m.Canon(op.fn(m))
		return old
	}, i, v, otherwise, op)
	c.volatile = true
	return c
}

func singleton(m *Machine, s *Site, a, b value.Value) value.Value {
	return m.Func([]value.Value{m.Canon(a)}, []value.Value{b})
}

func merge(m *Machine, s *Site, a, b value.Value) value.Value {
	a, b = m.Canon(a), m.Canon(b)
	if !a.IsFunc() {
		m.fail(s, "The first argument of @@ should be a function, but instead it is:\n%s", m.Local.Print(a))
	}
	if !b.IsFunc() {
		m.fail(s, "The second argument of @@ should be a function, but instead it is:\n%s", m.Local.Print(b))
	}
	args := slices.Concat(m.Elems(m.Domain(a)), m.Elems(m.Domain(b)))
	vals := slices.Concat(m.Values(a), m.Values(b))
	return m.Func(args, vals)
}

func assertEq(m *Machine, s *Site, a, b value.Value) value.Value {
	if m.Equal(a, b) {
		return value.True
	}
	m.print(a)
	m.print(b)
	return value.False
}

// assertError is AssertError(err, exp): whether evaluating exp is an error with
// the message err.
func (x ctx) assertError(e *syntax.Apply, args []arg) code {
	want, exp, s := x.argCode(args[0]), x.argCode(args[1]), x.at(e)
	c := of(func(m *Machine) value.Value {
		msg := m.text(s, want.fn(m), "first argument of AssertError")
		got, failed := m.try(func() { m.Canon(exp.fn(m)) })
		return value.Bool(failed && got == msg)
	}, want, exp)
	c.volatile = true
	return c
}

// try runs f and returns the message of the error of evaluation that it raises.
func (m *Machine) try(f func()) (msg string, failed bool) {
	mark, depth, keep, fr, s0, s1 := m.Mark(), len(m.calls), m.keep, m.f, m.s0, m.s1
	missing, to := m.missing, m.to
	defer func() {
		if m.final != nil {
			return
		}
		if r := recover(); r != nil {
			e, ok := r.(*value.Error)
			if !ok {
				panic(r)
			}
			m.Drop(mark)
			m.calls, m.keep, m.f, m.s0, m.s1 = m.calls[:depth], keep, fr, s0, s1
			m.missing, m.to = missing, to
			msg, failed = e.Msg, true
		}
	}()
	f()
	return "", false
}

func traceSoFar(m *Machine, s *Site, _ []value.Value) value.Value {
	if m.Trace != nil {
		if v, ok := m.Trace(); ok {
			return v
		}
	}
	m.refused(s, "Trace is not supported here")
	return 0
}

func tlcModelValue(m *Machine, s *Site, a value.Value) value.Value {
	return m.Model(m.text(s, a, "argument of TLCModelValue"))
}

// pickSuccessor lets every successor pass that TLC would not ask its user about.
func pickSuccessor(m *Machine, s *Site, a value.Value) value.Value {
	if !a.IsBool() {
		m.fail(s, "The argument of PickSuccessor should be a boolean, but instead it is:\n%s", m.Local.Print(a))
	}
	if a == value.False {
		m.refused(s, "PickSuccessor(FALSE), which asks the user, is not supported")
	}
	return value.True
}
