package eval

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Named is a definition of the root module, compiled as an action whose
// arguments are values.
type Named struct {
	Name   string
	Params []string

	u     *unit
	slots []int
	run   act
	leaf  *Leaf
	why   *Why
}

// Named compiles the definition of the root module named name. Its parameters
// are to be values, not operators. An action with which a configuration
// replaces another is found under the name of the one replaced.
func (p *Program) Named(name string) (*Named, error) {
	use := p.Spec.Root.Lookup(name)
	if use == nil {
		return nil, fmt.Errorf("the specification defines no %s", name)
	}
	d, ok := use.Object.(*module.Definition)
	if !ok {
		return nil, fmt.Errorf("%s is no definition", name)
	}
	if by, ok := p.overrides[d].(*module.Definition); ok {
		d = by
	}
	if _, bound := p.constants[d]; bound || d.Native || d.IsFunction || d.Recursive {
		return nil, fmt.Errorf("%s is no action", name)
	}
	n := &Named{Name: name}
	err := p.compiling(func() {
		x := p.ctx(p.Spec.Root.Name)
		x.gen = true
		n.u = x.u
		var in *env
		for _, iu := range use.Instances {
			if len(iu.Instance.Params) > 0 {
				panic(&value.Error{Msg: name + " comes from an instance with parameters"})
			}
			in = &env{up: in, inst: iu.Instance}
		}
		for _, param := range d.Params {
			if param.Arity > 0 {
				panic(&value.Error{Msg: fmt.Sprintf("%s takes the operator %s: expected an action whose arguments are values", name, param.Name)})
			}
			var slot int
			slot, x = x.slot()
			n.slots = append(n.slots, slot)
			n.Params = append(n.Params, param.Name)
			in = in.with(param, &binding{slot: slot, level: x.u.level})
		}
		at := &syntax.Apply{Span: d.Span, NameSpan: d.Span, Name: name}
		x2 := x.inside(at, d)
		n.leaf = &Leaf{Name: name, Module: x2.mod, Span: d.Body.Where(), Params: n.Params}
		n.run = x2.action(d.Body, in, func(m *Machine) bool { return m.emit(m.s1, n.leaf) })
		x2.depth = x2.u.size
		x2.gen = false
		n.why = &Why{x2.u, x2.why(d.Body, in, nil)}
	})
	if err != nil {
		return nil, err
	}
	return n, nil
}

// Fire calls emit for each state to which the action with these arguments leads
// from s0, until emit returns false. s1 is valid only during the call, and a
// variable of it that was assigned no value is 0.
func (m *Machine) Fire(n *Named, args, s0 []value.Value, emit func(s1 []value.Value) bool) error {
	return m.FireTo(n, args, s0, nil, emit)
}

// FireTo is Fire for those of the states that agree with to, as with
// [Machine.Match].
func (m *Machine) FireTo(n *Named, args, s0, to []value.Value, emit func(s1 []value.Value) bool) error {
	if len(args) != len(n.slots) {
		return fmt.Errorf("%s takes %d arguments, found %d", n.Name, len(n.slots), len(args))
	}
	old0, old1, oldf, olde := m.s0, m.s1, m.f, m.emit
	m.s0 = s0
	s1 := m.succ
	if len(s1) != len(m.prog.Vars) || old1 != nil {
		s1 = make([]value.Value, len(m.prog.Vars))
		m.succ = s1
	}
	clear(s1)
	m.s1 = s1
	m.f = m.reuse(n.u)
	for i, slot := range n.slots {
		m.f.slots[slot] = args[i]
	}
	m.emit = func(s1 []value.Value, _ *Leaf) bool { return emit(s1) }
	m.loops, m.after = m.loops[:0], m.after[:0]
	oldm, oldt, oldc := m.missing, m.to, m.changed
	m.missing, m.to, m.changed = len(s1), to, 0
	err := m.guard(func() { m.leaf = n.leaf; n.run(m) })
	m.s0, m.s1, m.f, m.emit = old0, old1, oldf, olde
	m.missing, m.to, m.changed = oldm, oldt, oldc
	return err
}

// String returns the action as TLC names one.
func (n *Named) String() string { return n.leaf.String() }
