package eval

import (
	"math"

	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// intNatives are the operators on two integers. The string is not empty if the
// second is out of range, and says so.
var intNatives = map[string]func(a, b int64) (int64, string){
	"+": func(a, b int64) (int64, string) { return a + b, "" },
	"-": func(a, b int64) (int64, string) { return a - b, "" },
	"*": func(a, b int64) (int64, string) { return a * b, "" },
	`\div`: func(a, b int64) (int64, string) {
		if b == 0 {
			return 0, "The second argument of \\div is 0."
		}
		q := a / b
		if a%b != 0 && (a < 0) != (b < 0) {
			q--
		}
		return q, ""
	},
	"%": func(a, b int64) (int64, string) {
		if b <= 0 {
			return 0, "The second argument of % should be a positive number, but instead it is:\n"
		}
		return ((a % b) + b) % b, ""
	},
	"^": func(a, b int64) (int64, string) {
		switch {
		case b < 0:
			return 0, "The second argument of ^ should be a natural number, but instead it is:\n"
		case a == 0 && b == 0:
			return 0, "0^0 is undefined."
		case a == 0 || a == 1:
			return a, ""
		case a == -1:
			return 1 - 2*(b&1), ""
		}
		r := int64(1)
		for ; b > 0; b-- {
			if r *= a; r > math.MaxInt32 || r < math.MinInt32 {
				return r, ""
			}
		}
		return r, ""
	},
	"<": nil, ">": nil, "=<": nil, ">=": nil,
}

func (x ctx) intOp(e *syntax.Apply, name string, f func(a, b int64) (int64, string), args []arg) code {
	a, b, s := x.argCode(args[0]), x.argCode(args[1]), x.at(e)
	check := func(m *Machine, va, vb value.Value) {
		if !va.IsInt() {
			m.fail(s, "The first argument of %s should be an integer, but instead it is:\n%s", name, m.Local.Print(va))
		}
		if !vb.IsInt() {
			m.fail(s, "The second argument of %s should be an integer, but instead it is:\n%s", name, m.Local.Print(vb))
		}
	}
	fa, fb := a.fn, b.fn
	if f != nil {
		slow := func(m *Machine, va, vb value.Value) value.Value {
			check(m, va, vb)
			r, bad := f(int64(va.AsInt()), int64(vb.AsInt()))
			if bad != "" {
				if bad[len(bad)-1] == '\n' {
					bad += m.Local.Print(vb)
				}
				m.fail(s, "%s", bad)
			}
			if r > math.MaxInt32 || r < math.MinInt32 {
				m.fail(s, "Overflow when computing %d%s%d", va.AsInt(), name, vb.AsInt())
			}
			return value.Int(int32(r))
		}
		switch name {
		case "+":
			return of(func(m *Machine) value.Value {
				va, vb := fa(m), fb(m)
				if va.IsInt() && vb.IsInt() {
					if r := int64(va.AsInt()) + int64(vb.AsInt()); r == int64(int32(r)) {
						return value.Int(int32(r))
					}
				}
				return slow(m, va, vb)
			}, a, b)
		case "-":
			return of(func(m *Machine) value.Value {
				va, vb := fa(m), fb(m)
				if va.IsInt() && vb.IsInt() {
					if r := int64(va.AsInt()) - int64(vb.AsInt()); r == int64(int32(r)) {
						return value.Int(int32(r))
					}
				}
				return slow(m, va, vb)
			}, a, b)
		}
		return of(func(m *Machine) value.Value { return slow(m, fa(m), fb(m)) }, a, b)
	}
	cmp := map[string]func(a, b int32) bool{
		"<":  func(a, b int32) bool { return a < b },
		">":  func(a, b int32) bool { return a > b },
		"=<": func(a, b int32) bool { return a <= b },
		">=": func(a, b int32) bool { return a >= b },
	}[name]
	return of(func(m *Machine) value.Value {
		va, vb := fa(m), fb(m)
		if !va.IsInt() || !vb.IsInt() {
			check(m, va, vb)
		}
		return value.Bool(cmp(va.AsInt(), vb.AsInt()))
	}, a, b)
}

func negate(m *Machine, s *Site, a value.Value) value.Value {
	i := m.int(s, a, "argument of -")
	if i == math.MinInt32 {
		m.fail(s, "Overflow when computing --2147483648")
	}
	return value.Int(-i)
}

func interval(m *Machine, s *Site, a, b value.Value) value.Value {
	return m.Interval(m.int(s, a, "first argument of .."), m.int(s, b, "second argument of .."))
}

func isFiniteSet(m *Machine, s *Site, a value.Value) value.Value {
	if !m.aSet(a) {
		m.fail(s, "Attempted to check if the %s %s is a finite set.", m.Sort(a), m.Local.Print(a))
	}
	return value.Bool(m.IsFinite(a))
}

func cardinality(m *Machine, s *Site, a value.Value) value.Value {
	if !m.aSet(a) || a.Kind() == value.KindSeq || m.ThunkOf(a) == nil && !m.IsFinite(a) {
		m.fail(s, "Attempted to compute cardinality of the value\n%s", m.Local.Print(a))
	}
	return value.Int(m.Cardinality(a))
}

// aSet reports whether v is a set.
func (m *Machine) aSet(v value.Value) bool {
	t := m.ThunkOf(v)
	return v.IsSet() || t != nil && t.IsSet()
}
