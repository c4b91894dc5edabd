package eval

import (
	"slices"
	"unicode/utf8"

	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// The operators of Sequences. As in TLC a string is a sequence of characters to
// some of them.

// seq returns the elements of a sequence, and fails naming what it is for if it
// is none.
func (m *Machine) seq(s *Site, v value.Value, what string) []value.Value {
	q, ok := m.Seq(v)
	if !ok {
		m.fail(s, "The %s should be a sequence, but instead it is:\n%s", what, m.Local.Print(v))
	}
	return q
}

func seqLen(m *Machine, s *Site, a value.Value) value.Value {
	if a.Kind() == value.KindString {
		return value.Int(int32(utf8.RuneCountInString(m.Text(a))))
	}
	return value.Int(int32(len(m.seq(s, a, "argument of Len"))))
}

func seqHead(m *Machine, s *Site, a value.Value) value.Value {
	text := a.Kind() == value.KindString
	if text {
		a = m.Characters(a)
	}
	q := m.seq(s, a, "argument of Head")
	if len(q) == 0 {
		m.fail(s, "Attempted to apply Head to the empty sequence.")
	}
	return q[0]
}

func seqTail(m *Machine, s *Site, a value.Value) value.Value {
	if a.Kind() == value.KindString && m.Text(a) != "" {
		text := m.Text(a)
		_, n := utf8.DecodeRuneInString(text)
		return m.Str(text[n:])
	}
	if a.Kind() == value.KindString {
		a = m.Tuple()
	}
	q := m.seq(s, a, "argument of Tail")
	if len(q) == 0 {
		m.fail(s, "Attempted to apply Tail to the empty sequence.")
	}
	return m.Tuple(q[1:]...)
}

func seqAppend(m *Machine, s *Site, a, b value.Value) value.Value {
	if a.Kind() == value.KindString {
		return seqConcat(m, s, a, b)
	}
	q, ok := m.Seq(a)
	if !ok {
		m.fail(s, "Evaluating an expression of the form Append(v, s) when s is not a sequence:\n%s", m.Local.Print(a))
	}
	mark := m.Mark()
	for _, v := range q {
		m.Push(v)
	}
	m.Push(b)
	return m.TupleFrom(mark)
}

func seqConcat(m *Machine, s *Site, a, b value.Value) value.Value {
	if a.Kind() == value.KindString {
		if b.Kind() != value.KindString {
			m.fail(s, "Evaluating an expression of the form t \\o s when s is not a string:\n%s", m.Local.Print(b))
		}
		return m.Str(m.Text(a) + m.Text(b))
	}
	p, ok := m.Seq(a)
	if !ok {
		m.fail(s, "Evaluating an expression of the form s \\o t when s is not a sequence:\n%s", m.Local.Print(a))
	}
	if b.Kind() == value.KindString {
		b = m.Characters(b)
	}
	q, ok := m.Seq(b)
	if !ok {
		m.fail(s, "Evaluating an expression of the form t \\o s when s is not a sequence:\n%s", m.Local.Print(b))
	}
	return m.Tuple(slices.Concat(p, q)...)
}

func subSeq(m *Machine, s *Site, args []value.Value) value.Value {
	number := func(v value.Value, which string) int32 {
		if !v.IsInt() {
			m.fail(s, "The %s argument of SubSeq should be a natural number, but instead it is:\n%s", which, m.Local.Print(v))
		}
		return v.AsInt()
	}
	whole := args[0]
	text := whole.Kind() == value.KindString
	if text {
		whole = m.Characters(whole)
	}
	q := m.seq(s, whole, "first argument of SubSeq")
	i, j := number(args[1], "second"), number(args[2], "third")
	if i > j {
		q, i, j = nil, 1, 0
	}
	beyond := func(which string, n int32) {
		if n < 1 || int(n) > len(q) {
			m.fail(s, "The %s argument of SubSeq must be in the domain of its first argument:\n%s\n, but instead it is\n%d", which, m.Local.Print(args[0]), n)
		}
	}
	if i <= j {
		beyond("second", i)
		beyond("third", j)
	}
	if !text {
		return m.Tuple(q[i-1 : j]...)
	}
	out := ""
	for _, c := range q[i-1 : j] {
		out += m.Text(c)
	}
	return m.Str(out)
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
		v := q.fn(m)
		if v.Kind() == value.KindString {
			v = m.Characters(v)
		}
		es := m.seq(s, v, "first argument of SelectSeq")
		mark := m.Mark()
		for _, v := range es {
			m.f.slots[slots[0]] = v
			switch b := test.fn(m); b {
			case value.True:
				m.Push(v)
			case value.False:
			default:
				m.fail(s, "The second argument of SelectSeq should be a boolean-valued operator, but instead it is:\n%s", m.Local.Print(b))
			}
		}
		return m.TupleFrom(mark)
	}, q, test)
}

func (x ctx) sortSeq(e *syntax.Apply, args []arg) code {
	q, s := x.argCode(args[0]), x.at(e)
	slots, less := x.opArg(e, args[1], 2)
	return of(func(m *Machine) value.Value {
		v := q.fn(m)
		if v.Kind() == value.KindString {
			v = m.Characters(v)
		}
		es, ok := m.Seq(v)
		if !ok {
			m.fail(s, "The first argument of SortSeq should be a natural number, but instead it is:\n%s", m.Local.Print(v))
		}
		es = slices.Clone(es)
		for i := 1; i < len(es); i++ {
			for j := i; j > 0; j-- {
				m.f.slots[slots[0]], m.f.slots[slots[1]] = es[j], es[j-1]
				b := less.fn(m)
				if !b.IsBool() {
					m.fail(s, "The second argument of SortSeq should be a function, but instead it is:\n%s", m.Local.Print(b))
				}
				if b != value.True {
					break
				}
				es[j], es[j-1] = es[j-1], es[j]
			}
		}
		return m.Tuple(es...)
	}, q, less)
}
