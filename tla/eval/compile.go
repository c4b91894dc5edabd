package eval

import (
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

const maxNodes = 400000

// expr compiles e, and remembers the value of a constant one.
func (x ctx) expr(e syntax.Expr, v *env) code {
	if *x.nodes++; *x.nodes > maxNodes {
		x.refuse(e, "a definition that expands to more than 400000 expressions")
	}
	c := x.plain(e, v)
	if x.p.counters != nil && x.counted != e && !literal(e) {
		id, f := x.counter(e), c.fn
		c.fn = func(m *Machine) value.Value { m.count(id); return f(m) }
	}
	switch e.(type) {
	case *syntax.Number, *syntax.String, *syntax.At:
		return c
	}
	if c.min >= x.depth {
		c.min = noSlot // it reads only what it binds itself
	}
	c.in.inside(x.depth)
	if c.state || c.prime || c.volatile || c.min < noSlot {
		return x.memoised(c)
	}
	c.in.cost = 1
	return once(c)
}

func literal(e syntax.Expr) bool {
	switch e.(type) {
	case *syntax.Number, *syntax.String:
		return true
	}
	return false
}

// once computes a constant once. An error is not remembered.
func once(c code) code {
	var cell atomic.Uint64
	f := c.fn
	c.fn = func(m *Machine) value.Value {
		if v := cell.Load(); v != 0 {
			return value.Value(v)
		}
		m.keep++
		v := m.settle(f(m))
		m.keep--
		cell.Store(uint64(v))
		return v
	}
	return c
}

// settle enumerates a small constant set that is held as a filter. It stays as
// it is if its predicate is an error for some element.
func (m *Machine) settle(v value.Value) (out value.Value) {
	t, ok := m.ThunkOf(v).(*filterThunk)
	if !ok {
		return v
	}
	switch t.set.Kind() {
	case value.KindSubset, value.KindFuncSet, value.KindRecordSet, value.KindProduct:
	default:
		return v
	}
	if !m.IsFinite(t.set) || !m.Smaller(t.set, 1<<12) {
		return v
	}
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
			out = v
		}
	}()
	return m.Force(v)
}

// What is said of a value that should be a boolean; %s is its sort.
const (
	nonBoolean         = "TLC expected a boolean value, but did not find one: it is %s."
	nonBooleanIf       = "A non-boolean expression (%s) was used as the condition of an IF."
	nonBooleanCase     = "A non-boolean expression (%s) was used as a condition of a CASE."
	nonBooleanConjunct = "A non-boolean expression (%s) was used as a formula in a conjunction."
	nonBooleanDisjunct = "A non-boolean expression (%s) was used as a formula in a disjunction."
	nonBooleanFilter   = "Attempted to evaluate an expression of form {x \\in S : P(x)} when P was %s."
	nonBooleanSide     = "Attempted to evaluate an expression of form P %s Q when %s was\n%%s."
	nonBooleanIff      = "Attempted to evaluate an expression of form P <=> Q when P or Q was not a boolean."
	nonBooleanNot      = "Attempted to apply the operator ~ to a non-boolean\n(%s)"
)

func (m *Machine) nonBoolean(s *Site, where string, v value.Value) {
	m.fail(s, "%s", strings.Replace(where, "%s", m.Describe(v), 1))
}

// test compiles an expression that must be boolean; where says what it is, one
// of the constants above.
func (x ctx) test(e syntax.Expr, v *env, where string) (func(*Machine) bool, code) {
	c := x.expr(e, v)
	f, s := c.fn, x.at(e)
	return func(m *Machine) bool {
		switch b := f(m); b {
		case value.True:
			return true
		case value.False:
			return false
		default:
			m.nonBoolean(s, where, b)
			return false
		}
	}, c
}

func (x ctx) all(es []syntax.Expr, v *env) []code {
	cs := make([]code, len(es))
	for i, e := range es {
		cs[i] = x.expr(e, v)
	}
	return cs
}

func (x ctx) plain(e syntax.Expr, v *env) code {
	switch e := e.(type) {
	case *syntax.Apply:
		return x.apply(e, v)
	case *syntax.Number:
		n, ok := e.Int()
		if !ok {
			x.refuse(e, "the number "+e.Text)
		}
		if !n.IsInt64() || n.Int64() > math.MaxInt32 {
			s, text := x.at(e), e.Text
			return pure(func(m *Machine) value.Value {
				m.fail(s, "the number %s is beyond 2147483647", text)
				return 0
			})
		}
		k := value.Int(int32(n.Int64()))
		return pure(func(*Machine) value.Value { return k })
	case *syntax.String:
		k := x.p.Store.Str(e.Value)
		return pure(func(*Machine) value.Value { return k })
	case *syntax.Junction:
		return x.junction(e.Items, e.Op == `/\`, v)
	case *syntax.Quant:
		return x.quant(e, v)
	case *syntax.Choose:
		return x.choose(e, v)
	case *syntax.SetEnum:
		cs := x.all(e.Elems, v)
		s := x.at(e)
		return of(func(m *Machine) value.Value {
			mark := m.Mark()
			for _, c := range cs {
				m.Push(m.sound(c.fn(m)))
			}
			m.at = s
			return m.SetFrom(mark)
		}, cs...).costs(costMake)
	case *syntax.SetFilter:
		return x.filter(e, v)
	case *syntax.SetMap:
		return x.setMap(e, v)
	case *syntax.FuncCons:
		return x.funcCons(e, v, nil)
	case *syntax.FuncApply:
		return x.funcApply(e, v)
	case *syntax.FuncSet:
		return x.op2(e, x.expr(e.Domain, v), x.expr(e.Range, v), func(m *Machine, a, b value.Value) value.Value { return m.FuncSet(a, b) })
	case *syntax.Record:
		return x.record(e, e.Fields, v, func(m *Machine, fs, vs []value.Value) value.Value { return m.Record(fs, vs) })
	case *syntax.RecordSet:
		return x.record(e, e.Fields, v, func(m *Machine, fs, vs []value.Value) value.Value { return m.RecordSet(fs, vs) })
	case *syntax.Select:
		r, f, s := x.expr(e.Rec, v), x.p.Store.Str(e.Field.Name), x.at(e)
		return of(func(m *Machine) value.Value {
			a := r.fn(m)
			m.at = s
			return m.Field(a, f)
		}, r)
	case *syntax.Except:
		return x.except(e, v)
	case *syntax.At:
		return x.fromSlot(v.lookup(atObject), e)
	case *syntax.Tuple:
		cs := x.all(e.Elems, v)
		return of(func(m *Machine) value.Value {
			mark := m.Mark()
			for _, c := range cs {
				m.Push(c.fn(m))
			}
			return m.TupleFrom(mark)
		}, cs...).costs(costMake)
	case *syntax.Cross:
		cs := x.all(e.Sets, v)
		s := x.at(e)
		return of(func(m *Machine) value.Value {
			vs := make([]value.Value, len(cs))
			for i, c := range cs {
				vs[i] = c.fn(m)
			}
			m.at = s
			return m.Product(vs...)
		}, cs...).costs(costMake)
	case *syntax.If:
		p, cp := x.test(e.Cond, v, nonBooleanIf)
		a, b := x.expr(e.Then, v), x.expr(e.Else, v)
		return of(func(m *Machine) value.Value {
			if p(m) {
				return a.fn(m)
			}
			return b.fn(m)
		}, cp, a, b)
	case *syntax.Case:
		return x.caseExpr(e, v)
	case *syntax.Let:
		v2, x2, enter := x.let(e, v)
		c := x2.expr(e.Body, v2)
		if enter == nil {
			return c
		}
		f := c.fn
		c.fn = func(m *Machine) value.Value { enter(m); return f(m) }
		return c
	case *syntax.Label:
		return x.expr(e.Body, v)
	case *syntax.Box:
		a, ca := x.test(e.Action, v, nonBoolean)
		sub := x.expr(e.Sub, v)
		px := x
		px.primed = true
		subp := px.expr(e.Sub, v)
		angle := e.Angle
		c := of(func(m *Machine) value.Value {
			same := m.Equal(subp.fn(m), sub.fn(m))
			if angle {
				return value.Bool(!same && a(m))
			}
			return value.Bool(same || a(m))
		}, ca, sub, subp)
		return c
	case *syntax.Fairness:
		x.refuse(e, "fairness in an expression")
	case *syntax.Subexpr:
		x.refuse(e, "a subexpression name")
	case *syntax.Lambda:
		x.refuse(e, "LAMBDA outside an argument")
	}
	x.refuse(e, fmt.Sprintf("this expression (%T)", e))
	return code{}
}

// atObject is what the @ of an EXCEPT is bound as.
var atObject module.Object = &module.Bound{Name: "@"}

func (x ctx) op1(n syntax.Node, a code, f func(m *Machine, a value.Value) value.Value) code {
	s := x.at(n)
	return of(func(m *Machine) value.Value {
		va := a.fn(m)
		m.at = s
		return f(m, va)
	}, a)
}

func (x ctx) op2(n syntax.Node, a, b code, f func(m *Machine, a, b value.Value) value.Value) code {
	s := x.at(n)
	return of(func(m *Machine) value.Value {
		va := a.fn(m)
		vb := b.fn(m)
		m.at = s
		return f(m, va, vb)
	}, a, b)
}

func (x ctx) junction(items []syntax.Expr, and bool, v *env) code {
	where := nonBooleanDisjunct
	if and {
		where = nonBooleanConjunct
	}
	fs := make([]func(*Machine) bool, len(items))
	c := none()
	for i, e := range items {
		f, d := x.test(e, v, where)
		fs[i] = f
		c.uses(d)
	}
	c.fn = func(m *Machine) value.Value {
		for _, f := range fs {
			if f(m) != and {
				return value.Bool(!and)
			}
		}
		return value.Bool(and)
	}
	return c
}

func (x ctx) caseExpr(e *syntax.Case, v *env) code {
	type arm struct {
		p func(*Machine) bool
		c code
	}
	var arms []arm
	c := none()
	for _, a := range e.Arms {
		p, d := x.test(a.Cond, v, nonBooleanCase)
		b := x.expr(a.Value, v)
		arms = append(arms, arm{p, b})
		c.uses(d, b)
	}
	var other fn
	if e.Other != nil {
		d := x.expr(e.Other, v)
		other = d.fn
		c.uses(d)
	}
	s := x.at(e)
	c.fn = func(m *Machine) value.Value {
		for _, a := range arms {
			if a.p(m) {
				return a.c.fn(m)
			}
		}
		if other != nil {
			return other(m)
		}
		m.fail(s, "Attempted to evaluate a CASE with no conditions true.")
		return 0
	}
	return c
}

func (x ctx) record(n syntax.Node, fields []*syntax.Field, v *env, build func(*Machine, []value.Value, []value.Value) value.Value) code {
	c := none()
	var names []value.Value
	var cs []fn
	for _, f := range fields {
		d := x.expr(f.Value, v)
		c.uses(d)
		names, cs = append(names, x.p.Store.Str(f.Name.Name)), append(cs, d.fn)
	}
	s := x.at(n)
	_, isRecord := n.(*syntax.Record)
	if isRecord {
		// The order of strings is known now: build without sorting.
		l := value.NewLocal(x.p.Store)
		domain := l.SetOf(names...)
		var order []fn
		for _, e := range l.Elems(domain) {
			for i, name := range names {
				if name == e {
					order = append(order, cs[i])
					break
				}
			}
		}
		c.fn = func(m *Machine) value.Value {
			mark := m.Mark()
			m.Push(domain)
			for _, f := range order {
				m.Push(m.sound(f(m)))
			}
			return m.RecordFrom(mark)
		}
		return c.costs(costMake)
	}
	c.fn = func(m *Machine) value.Value {
		vs := make([]value.Value, len(cs))
		for i, f := range cs {
			vs[i] = f(m)
		}
		m.at = s
		return build(m, names, vs)
	}
	return c
}

func (x ctx) funcApply(e *syntax.FuncApply, v *env) code {
	if c, ok := x.element(e, v); ok {
		return c
	}
	f := x.expr(e.Fn, v)
	var a code
	if len(e.Args) == 1 {
		a = x.expr(e.Args[0], v)
	} else {
		a = x.plain(&syntax.Tuple{Span: e.Span, Elems: e.Args}, v)
	}
	return x.op2(e, f, a, func(m *Machine, f, a value.Value) value.Value { return m.Apply(f, a) })
}

func (x ctx) except(e *syntax.Except, v *env) code {
	c := x.expr(e.Fn, v)
	for _, u := range e.Updates {
		c = x.update(c, u, v)
	}
	return c
}

func (x ctx) update(c code, u *syntax.Update, v *env) code {
	var path []code
	for _, st := range u.Path {
		switch {
		case st.Field != nil:
			k := x.p.Store.Str(st.Field.Name)
			path = append(path, pure(func(*Machine) value.Value { return k }))
		case len(st.Args) == 1:
			path = append(path, x.expr(st.Args[0], v))
		default:
			path = append(path, x.plain(&syntax.Tuple{Span: st.Span, Elems: st.Args}, v))
		}
	}
	slot, x2 := x.slot()
	nv := x2.expr(u.Value, v.with(atObject, &binding{level: x.u.level, slot: slot}))
	s := x.at(u)
	var set func(m *Machine, f value.Value, i int) value.Value
	set = func(m *Machine, f value.Value, i int) value.Value {
		a := path[i].fn(m)
		m.at = s
		old, ok := m.Updatable(f, a)
		if !ok {
			return f
		}
		if i+1 < len(path) {
			old = set(m, old, i+1)
		} else {
			m.f.slots[slot] = old
			old = nv.fn(m)
		}
		m.at = s
		return m.Update(f, a, old)
	}
	out := of(func(m *Machine) value.Value { return set(m, c.fn(m), 0) }, append(path, c, nv)...)
	out.in.cost += costMake
	return out
}

// fromSlot reads a bound variable, or evaluates it if it is lazy.
func (x ctx) fromSlot(b *binding, n syntax.Node) code {
	slot, diff := b.slot, x.u.level-b.level
	c := code{min: slot, in: inputs{known: true, slots: append([]int{slot}, b.parts...), cost: 1}}
	if b.lazy {
		c = b.code
		c.min = min(c.min, slot)
	}
	if diff > 0 {
		c.min, c.in.known = -1, false
	}
	switch {
	case b.parts != nil:
		c.fn = func(m *Machine) value.Value {
			home := m.f.ancestor(diff)
			if v := home.slots[slot]; v != 0 {
				return v
			}
			old := m.f
			m.f = home
			v := m.pack(b.parts)
			m.f = old
			home.slots[slot] = v
			return v
		}
	case b.lazy && diff == 0:
		f := b.code.fn
		c.fn = func(m *Machine) value.Value {
			if v := m.f.slots[slot]; v != 0 {
				return v
			}
			v := f(m)
			m.f.slots[slot] = v
			return v
		}
	case b.lazy:
		f := b.code.fn
		c.fn = func(m *Machine) value.Value {
			home := m.f.ancestor(diff)
			if v := home.slots[slot]; v != 0 {
				return v
			}
			old := m.f
			m.f = home
			v := f(m)
			m.f = old
			home.slots[slot] = v
			return v
		}
	case b.param:
		c.fn = func(m *Machine) value.Value {
			v := m.f.ancestor(diff).slots[slot]
			if v.Kind() == value.KindNone {
				m.raise(v)
			}
			return v
		}
	case diff == 0:
		c.fn = func(m *Machine) value.Value { return m.f.slots[slot] }
	default:
		c.fn = func(m *Machine) value.Value { return m.f.ancestor(diff).slots[slot] }
	}
	return c
}
