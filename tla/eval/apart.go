package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// partsMax is the longest tuple whose elements get slots of their own.
const partsMax = 8

// elements returns the largest i for which t[i] occurs in body, 0 if none does.
func (x ctx) elements(body syntax.Expr, t module.Object) int {
	most := 0
	syntax.Walk(body, func(n syntax.Node) bool {
		a, ok := n.(*syntax.FuncApply)
		if !ok {
			return true
		}
		fn, ok := a.Fn.(*syntax.Apply)
		if !ok || len(fn.Args) > 0 {
			return true
		}
		if use := x.p.Spec.Uses[fn]; use != nil && use.Object == t {
			most = max(most, index(a))
		}
		return true
	})
	return most
}

// index returns i of an application f[i] to a number, 0 if it is something else.
func index(a *syntax.FuncApply) int {
	if len(a.Args) != 1 {
		return 0
	}
	n, ok := a.Args[0].(*syntax.Number)
	if !ok {
		return 0
	}
	if i, ok := n.Int(); ok && i.IsInt64() && i.Int64() >= 1 && i.Int64() <= partsMax {
		return int(i.Int64())
	}
	return 0
}

// element compiles f[i] where that needs no tuple: f is written out, or a bound
// variable whose elements have slots.
func (x ctx) element(e *syntax.FuncApply, v *env) (code, bool) {
	i := index(e)
	if i == 0 {
		return code{}, false
	}
	switch fn := e.Fn.(type) {
	case *syntax.Tuple:
		if i > len(fn.Elems) {
			return code{}, false
		}
		cs := x.all(fn.Elems, v)
		return of(func(m *Machine) value.Value {
			var out value.Value
			for j, c := range cs { // an error in any is an error
				if w := c.fn(m); j == i-1 {
					out = w
				}
			}
			return out
		}, cs...), true
	case *syntax.Apply:
		if len(fn.Args) > 0 {
			return code{}, false
		}
		obj, home := x.resolve(fn, v)
		b := home.lookup(obj)
		for b != nil && b.slot < 0 && !b.direct && !b.isOp && b.expr != nil && b.primed == x.primed {
			a, ok := b.expr.(*syntax.Apply) // passed by name
			if !ok || len(a.Args) > 0 {
				return code{}, false
			}
			obj, home = x.resolve(a, b.env)
			b = home.lookup(obj)
		}
		if b == nil || i > len(b.parts) || b.level != x.u.level {
			return code{}, false
		}
		part, whole := b.parts[i-1], x.fromSlot(b, fn)
		read, s, k := whole.fn, x.at(e), value.Int(int32(i))
		whole.fn = func(m *Machine) value.Value {
			if v := m.f.slots[part]; v != 0 {
				return v
			}
			f := read(m)
			m.at = s
			return m.Apply(f, k)
		}
		return whole, true
	}
	return code{}, false
}
