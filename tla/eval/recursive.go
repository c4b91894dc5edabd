package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// recursiveAction is the body of a RECURSIVE action, compiled once. What comes
// after a use of it is not known then, and waits on Machine.after.
type recursiveAction struct {
	u   *unit
	run act
}

// rest is what comes after a use of a recursive action, and the frame in which
// it runs.
type rest struct {
	k act
	f *frame
}

// callAction takes a recursive action: its body generates in a frame of its own
// and then goes on with k in the frame of the use.
func (x ctx) callAction(e *syntax.Apply, d *module.Definition, in, v *env, k act) act {
	key := recursion{d, in, x.watch}
	a := x.p.recursiveActions[key]
	if a == nil {
		level := 1
		if in != nil {
			level = x.u.level + 1
			if d.InLet {
				level = x.letLevel(d, in) + 1
			}
		}
		a = &recursiveAction{u: &unit{level: level}}
		x.p.recursiveActions[key] = a
		x2 := x.inside(e, d)
		x2.u, x2.depth = a.u, 0
		body := in
		for _, p := range d.Params {
			if p.Arity > 0 {
				body = body.with(p, &binding{level: a.u.level, slot: -1, isOp: true, op: a.u.nops})
				a.u.nops++
				continue
			}
			var slot int
			slot, x2 = x2.slot()
			body = body.with(p, &binding{level: a.u.level, slot: slot, param: true})
		}
		a.run = x2.action(d.Body, body, goOn)
	}
	diff := x.u.level - (a.u.level - 1)
	if diff < 0 {
		x.refuse(e, "the recursive action "+d.Name+" here")
	}
	var vals []fn
	var ops []func(*Machine) *closure
	for i, p := range d.Params {
		if p.Arity > 0 {
			f, _ := x.closureOf(e, arg{expr: e.Args[i], env: v}, p.Arity)
			ops = append(ops, f)
			continue
		}
		c := x.argCode(arg{expr: e.Args[i], env: v})
		if f := c.fn; !cannotFail(e.Args[i]) {
			c.fn = func(m *Machine) value.Value { return m.putOff(f) }
		}
		vals = append(vals, c.fn)
	}
	s := x.at(e)
	return func(m *Machine) bool {
		if len(m.calls) >= maxDepth || len(m.after) >= maxDepth {
			m.overflow(s)
		}
		nf := &frame{slots: make([]value.Value, a.u.size), ops: make([]*closure, a.u.nops), up: m.f.ancestor(diff)}
		for i, f := range vals {
			nf.slots[i] = f(m)
		}
		for i, f := range ops {
			nf.ops[i] = f(m)
		}
		old := m.f
		m.after = append(m.after, rest{k, old})
		m.f = nf
		ok := a.run(m)
		m.f = old
		m.after = m.after[:len(m.after)-1]
		return ok
	}
}

// goOn goes on after the body of a recursive action.
func goOn(m *Machine) bool {
	n := len(m.after) - 1
	r, f := m.after[n], m.f
	m.after, m.f = m.after[:n], r.f
	ok := r.k(m)
	m.after, m.f = append(m.after, r), f
	return ok
}
