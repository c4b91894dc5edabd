package eval

import "github.com/lockstep-go/lockstep/tla/value"

// Guard runs f and returns the error that evaluation in it raises, as that of
// [Machine.Holds].
func (m *Machine) Guard(f func()) error {
	old0, old1, oldf, olde := m.s0, m.s1, m.f, m.emit
	oldm, oldt, oldc := m.missing, m.to, m.changed
	err := m.guard(f)
	m.s0, m.s1, m.f, m.emit = old0, old1, oldf, olde
	m.missing, m.to, m.changed = oldm, oldt, oldc
	return err
}

// Holds is Test for callers that run under [Machine.Guard], or in a callback of
// [Machine.Generate]: an error ends what runs there.
func (m *Machine) Holds(e *Expr, s0, s1 []value.Value) bool {
	old0, old1, oldf, oldt, draws := m.s0, m.s1, m.f, m.to, m.draws
	m.s0, m.s1, m.to, m.draws = s0, s1, nil, 0
	m.f = m.reuse(e.u)
	v := e.fn(m)
	if !v.IsBool() {
		m.at = nil
		panic(&value.Error{Msg: "expected a boolean, found " + m.Local.Print(v)})
	}
	m.s0, m.s1, m.f, m.to, m.draws = old0, old1, oldf, oldt, draws
	return v == value.True
}

// Value is Eval for callers that run under [Machine.Guard], as Holds is Test.
func (m *Machine) Value(e *Expr, s0, s1 []value.Value) value.Value {
	old0, old1, oldf, oldt, draws := m.s0, m.s1, m.f, m.to, m.draws
	m.s0, m.s1, m.to, m.draws = s0, s1, nil, 0
	m.f = m.reuse(e.u)
	v := m.Canon(e.fn(m))
	m.s0, m.s1, m.f, m.to, m.draws = old0, old1, oldf, oldt, draws
	return v
}
