package eval

import (
	"sync"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// over is one compiled bound variable, or tuple of them.
type over struct {
	set   fn
	slots []int
	parts []int // see apart
	tuple bool
	site  *Site
}

// over assigns each element of s and calls f, until that returns false.
func (o *over) over(m *Machine, s value.Value, f func(*Machine) bool) bool {
	switch {
	case s.Kind() == value.KindSet && !o.tuple && o.parts == nil:
		slot := o.slots[0]
		for _, e := range m.Elems(s) {
			m.f.slots[slot] = e
			if !f(m) {
				return false
			}
		}
		return true
	case s.Kind() == value.KindSet:
		for _, e := range m.Elems(s) {
			o.assign(m, e)
			if !f(m) {
				return false
			}
		}
		return true
	}
	m.at = o.site
	into := o.apart()
	if n := m.Arity(s); n > 0 && n == len(into) {
		return m.Tuples(s, func(es []value.Value) bool {
			m.poll()
			for i, p := range into {
				m.f.slots[p] = es[i]
			}
			if !o.tuple {
				m.f.slots[o.slots[0]] = 0
			}
			return f(m)
		})
	}
	if t, ok := m.ThunkOf(s).(*filterThunk); ok && len(into) > 0 && t.isSetOf(m, len(into)) {
		return t.iterate(m, func(own *frame) bool {
			for i, p := range into {
				m.f.slots[p] = own.slots[t.o.apart()[i]]
			}
			if !o.tuple {
				m.f.slots[o.slots[0]] = 0
				if !t.o.tuple {
					m.f.slots[o.slots[0]] = own.slots[t.o.slots[0]]
				}
			}
			return f(m)
		})
	}
	return m.Iterate(s, func(e value.Value) bool {
		m.poll()
		o.assign(m, e)
		return f(m)
	})
}

// apart returns the slots of the elements of the tuples that o goes through, nil
// if they have none.
func (o *over) apart() []int {
	if o.tuple {
		return o.slots
	}
	return o.parts
}

// value returns the element assigned.
func (o *over) value(m *Machine) value.Value {
	switch {
	case o.tuple:
		return m.pack(o.slots)
	case o.parts != nil && m.f.slots[o.slots[0]] == 0:
		m.f.slots[o.slots[0]] = m.pack(o.parts)
	}
	return m.f.slots[o.slots[0]]
}

// pack returns the tuple of the values in the slots.
func (m *Machine) pack(slots []int) value.Value {
	mark := m.Mark()
	for _, s := range slots {
		m.Push(m.f.slots[s])
	}
	return m.TupleFrom(mark)
}

// assign gives the variables of o the element e.
func (o *over) assign(m *Machine, e value.Value) {
	if !o.tuple {
		m.f.slots[o.slots[0]] = e
		if o.parts == nil {
			return
		}
		var es []value.Value
		if e.Kind() == value.KindTuple {
			es, _ = m.Seq(e)
		}
		for i, p := range o.parts {
			m.f.slots[p] = 0
			if len(es) == len(o.parts) {
				m.f.slots[p] = es[i]
			}
		}
		return
	}
	es, ok := m.Seq(e)
	if !ok || len(es) != len(o.slots) {
		m.fail(o.site, "Attempted to bind a tuple of %d variables to %s", len(o.slots), m.Local.Print(e))
	}
	for i, s := range o.slots {
		m.f.slots[s] = es[i]
	}
}

// bounds compiles bounds to one over for each variable or tuple.
func (x ctx) bounds(bs []*syntax.Bound, v *env) ([]*over, *env, ctx, code) {
	return x.apart(bs, v, nil)
}

// apart is bounds for a body in which no slot is read but by what is compiled
// from it. If the body takes elements t[1], t[2] of a variable t, the elements of
// t get slots of their own: where t goes through a product they are assigned, and
// the slot of t is 0 until the tuple itself is needed, which for most is never.
func (x ctx) apart(bs []*syntax.Bound, v *env, body syntax.Expr) ([]*over, *env, ctx, code) {
	var os []*over
	deps := none()
	in := v
	for _, b := range bs {
		if b.Set == nil {
			x.refuse(b, "an unbounded quantifier")
		}
		c := x.expr(b.Set, v)
		deps.uses(c)
		var o *over
		for i, id := range b.Names {
			if i == 0 || !b.Tuple {
				o = &over{set: c.fn, tuple: b.Tuple, site: x.at(b.Set)}
				os = append(os, o)
			}
			var slot int
			slot, x = x.slot()
			o.slots = append(o.slots, slot)
			if !b.Tuple && body != nil {
				for range x.elements(body, x.p.Spec.Defs[id]) {
					var p int
					p, x = x.slot()
					o.parts = append(o.parts, p)
				}
			}
			in = in.with(x.p.Spec.Defs[id], &binding{level: x.u.level, slot: slot, parts: o.parts})
		}
	}
	return os, in, x, deps
}

// each runs f for every assignment until f returns false; the first variable
// changes fastest, as in TLC. sets are evaluated once.
func each(m *Machine, os []*over, f func(*Machine) bool) bool {
	m.poll()
	if len(os) == 1 {
		o := os[0]
		return o.over(m, o.set(m), f)
	}
	var few [4]value.Value
	sets := few[:]
	if len(os) > len(few) {
		sets = make([]value.Value, len(os))
	}
	empty := false
	for i, o := range os {
		sets[i] = o.set(m)
		empty = empty || sets[i].Kind() == value.KindSet && len(m.Elems(sets[i])) == 0
	}
	if empty {
		// As in TLC the other sets are looked at nevertheless.
		for i, o := range os {
			if m.at = o.site; sets[i].Kind() != value.KindSet {
				m.Iterate(sets[i], func(value.Value) bool { return false })
			}
		}
		return true
	}
	if len(os) == 2 && sets[0].Kind() == value.KindSet && sets[1].Kind() == value.KindSet {
		inner, outer := m.Elems(sets[0]), m.Elems(sets[1])
		for _, e := range outer {
			os[1].assign(m, e)
			for _, e := range inner {
				os[0].assign(m, e)
				if !f(m) {
					return false
				}
			}
		}
		return true
	}
	var nest func(i int) bool
	nest = func(i int) bool {
		if i < 0 {
			return f(m)
		}
		return os[i].over(m, sets[i], func(*Machine) bool { return nest(i - 1) })
	}
	return nest(len(os) - 1)
}

func (x ctx) quant(e *syntax.Quant, v *env) code {
	if e.Kind >= syntax.TemporalForall {
		x.refuse(e, "a temporal quantifier")
	}
	os, in, x2, deps := x.apart(e.Bounds, v, e.Body)
	body, cb := x2.test(e.Body, in, nonBoolean)
	forall := e.Kind == syntax.Forall
	if forall && x.watch != nil {
		c := x.condition(e)
		return of(func(m *Machine) value.Value {
			c.meet()
			return value.Bool(each(m, os, func(m *Machine) bool { c.reach(); return body(m) }))
		}, deps, cb).loops(cb)
	}
	return of(func(m *Machine) value.Value {
		never := each(m, os, func(m *Machine) bool { return body(m) == forall })
		return value.Bool(never == forall)
	}, deps, cb).loops(cb)
}

func (x ctx) choose(e *syntax.Choose, v *env) code {
	if e.Bound.Set == nil {
		return x.chooseOutside(e, v)
	}
	os, in, x2, deps := x.apart([]*syntax.Bound{e.Bound}, v, e.Body)
	body, cb := x2.test(e.Body, in, nonBoolean)
	s := x.at(e)
	o := os[0]
	return of(func(m *Machine) value.Value {
		set := o.set(m)
		m.at = o.site
		var found value.Value
		o.over(m, set, func(m *Machine) bool {
			if body(m) {
				found = o.value(m)
			}
			return found == 0
		})
		if found == 0 {
			m.fail(s, "Attempted to compute the value of an expression of form\nCHOOSE x \\in S: P, but no element of S satisfied P.")
		}
		return found
	}, deps, cb).loops(cb)
}

// chooseOutside is CHOOSE x : x \notin S, which stands for a value of its own:
// a model value named by the expression, as TLC's users write it in the
// configuration.
func (x ctx) chooseOutside(e *syntax.Choose, v *env) code {
	s := x.at(e)
	return pure(func(m *Machine) value.Value {
		m.fail(s, "TLC attempted to evaluate an unbounded CHOOSE.\nMake sure that the expression is of form CHOOSE x \\in S: P(x).")
		return 0
	})
}

// filterThunk is {x \in S : P} for a set S that is not held enumerated.
type filterThunk struct {
	set  value.Value
	o    *over
	pred func(*Machine) bool
	f    *frame
	s0   []value.Value
	s1   []value.Value
}

func (t *filterThunk) in(m *Machine, run func() bool) bool {
	old, o0, o1 := m.f, m.s0, m.s1
	m.f, m.s0, m.s1 = t.f.capture(), t.s0, t.s1
	r := run()
	m.f, m.s0, m.s1 = old, o0, o1
	return r
}

// Source returns the set that is filtered.
func (t *filterThunk) Source() value.Value { return t.set }

func (t *filterThunk) IsSet() bool { return true }
func (t *filterThunk) Member(l *value.Local, v value.Value) bool {
	m := l.Owner.(*Machine)
	return l.Member(v, t.set) && t.in(m, func() bool { t.o.assign(m, v); return t.pred(m) })
}
func (t *filterThunk) Domain(l *value.Local) value.Value               { panic("a set has no domain") }
func (t *filterThunk) Apply(l *value.Local, a value.Value) value.Value { panic("a set is no function") }
func (t *filterThunk) Iterate(l *value.Local, f func(value.Value) bool) bool {
	m := l.Owner.(*Machine)
	return t.iterate(m, func(own *frame) bool {
		old := m.f
		m.f = own
		v := t.o.value(m)
		m.f = old
		return f(v)
	})
}

// isSetOf reports whether t goes through a product of n sets with its elements
// in slots.
func (t *filterThunk) isSetOf(m *Machine, n int) bool {
	return m.Arity(t.set) == n && len(t.o.apart()) == n
}

// iterate calls f, with the frame in which the element is assigned, for each
// element that passes.
func (t *filterThunk) iterate(m *Machine, f func(own *frame) bool) bool {
	old, o0, o1 := m.f, m.s0, m.s1
	own := t.f.capture()
	m.f, m.s0, m.s1 = own, t.s0, t.s1
	all := t.o.over(m, t.set, func(m *Machine) bool {
		if !t.pred(m) {
			return true
		}
		m.f, m.s0, m.s1 = old, o0, o1
		ok := f(own)
		m.f, m.s0, m.s1 = own, t.s0, t.s1
		return ok
	})
	m.f, m.s0, m.s1 = old, o0, o1
	return all
}
func (t *filterThunk) Force(l *value.Local) value.Value {
	mark := l.Mark()
	t.Iterate(l, func(v value.Value) bool { l.Push(v); return true })
	return l.SetFrom(mark)
}

func (m *Machine) thunk(t value.Thunk) value.Value {
	if m.keep > 0 {
		return m.KeepThunk(t)
	}
	return m.Thunk(t)
}

func (x ctx) filter(e *syntax.SetFilter, v *env) code {
	os, in, x2, deps := x.apart([]*syntax.Bound{e.Bound}, v, e.Pred)
	pred, cp := x2.test(e.Pred, in, nonBooleanFilter)
	o := os[0]
	return of(func(m *Machine) value.Value {
		s := o.set(m)
		m.at = o.site
		if k := s.Kind(); k != value.KindSet && k != value.KindInterval {
			if !s.IsSet() && m.ThunkOf(s) == nil {
				m.fail(o.site, "Attempted to enumerate %s, which is not a set", m.Local.Print(s))
			}
			return m.thunk(&filterThunk{s, o, pred, m.f.capture(), m.s0, snapshot(m.s1)})
		}
		mark := m.Mark()
		m.Iterate(s, func(el value.Value) bool {
			o.assign(m, el)
			if pred(m) {
				if m.Mark()-mark >= value.MaxSetSize {
					m.fail(o.site, tooManyElements, value.MaxSetSize)
				}
				m.Push(el)
			}
			return true
		})
		return m.SortedSetFrom(mark)
	}, deps, cp).loops(cp).costs(costMake)
}

const tooManyElements = "Attempted to construct a set with too many elements (>%d)."

func snapshot(s []value.Value) []value.Value { return append([]value.Value(nil), s...) }

func (x ctx) setMap(e *syntax.SetMap, v *env) code {
	os, in, x2, deps := x.apart(e.Bounds, v, e.Body)
	body := x2.expr(e.Body, in)
	s := x.at(e)
	return of(func(m *Machine) value.Value {
		mark := m.Mark()
		each(m, os, func(m *Machine) bool {
			if m.Mark()-mark >= value.MaxSetSize {
				m.fail(s, tooManyElements, value.MaxSetSize)
			}
			m.Push(m.sound(body.fn(m)))
			return true
		})
		m.at = s
		return m.SetFrom(mark)
	}, deps, body).loops(body).costs(costMake)
}

// funcThunk is a function that is not, or not yet, enumerated.
type funcThunk struct {
	domain value.Value
	os     []*over
	body   fn
	f      *frame
	s0, s1 []value.Value
	site   *Site
	mu     sync.Mutex
	memo   map[value.Value]value.Value
	bad    bool // one of its values is an error
}

// sound fails if v is a function one of whose values is an error. TLC applies
// such a function where it is not, and lets it be in a tuple; everywhere else it
// evaluates all of it.
func (m *Machine) sound(v value.Value) value.Value {
	if v.Kind() == value.KindThunk {
		if t, ok := m.ThunkOf(v).(*funcThunk); ok && t.bad {
			m.Canon(v)
		}
	}
	return v
}

func (t *funcThunk) IsSet() bool                           { return false }
func (t *funcThunk) Member(*value.Local, value.Value) bool { panic("a function has no members") }
func (t *funcThunk) Domain(*value.Local) value.Value       { return t.domain }
func (t *funcThunk) Iterate(*value.Local, func(value.Value) bool) bool {
	panic("a function has no elements")
}

func (t *funcThunk) Apply(l *value.Local, a value.Value) value.Value {
	t.mu.Lock()
	v, ok := t.memo[a]
	t.mu.Unlock()
	if ok {
		return v
	}
	m := l.Owner.(*Machine)
	if len(m.calls) >= maxDepth {
		m.overflow(t.site)
	}
	m.calls = append(m.calls, t.site)
	old, o0, o1 := m.f, m.s0, m.s1
	m.f, m.s0, m.s1 = t.f.capture(), t.s0, t.s1
	bindFunc(m, t.os, a)
	v = t.body(m)
	m.f, m.s0, m.s1 = old, o0, o1
	m.calls = m.calls[:len(m.calls)-1]
	t.mu.Lock()
	t.memo[a] = v
	t.mu.Unlock()
	return v
}

func (t *funcThunk) Force(l *value.Local) value.Value {
	d := l.Force(t.domain)
	mark := l.Mark()
	for _, e := range l.Elems(d) {
		l.Push(t.Apply(l, e))
	}
	return l.FuncFrom(d, mark)
}

// bindFunc gives the variables of a function their parts of the argument.
func bindFunc(m *Machine, os []*over, a value.Value) {
	if len(os) == 1 {
		os[0].assign(m, a)
		return
	}
	es, ok := m.Seq(a)
	if !ok || len(es) != len(os) {
		m.fail(os[0].site, "a function of %d arguments is applied to %s", len(os), m.Local.Print(a))
	}
	for i, o := range os {
		o.assign(m, es[i])
	}
}

// funcCons compiles [x \in S |-> e]; self, if not nil, is the definition of a
// function that its body refers to.
func (x ctx) funcCons(e *syntax.FuncCons, v *env, self *module.Definition) code {
	selfSlot := -1
	in0 := v
	if self != nil {
		selfSlot, x = x.slot()
		in0 = v.with(self, &binding{level: x.u.level, slot: selfSlot})
	}
	os, in, x2, deps := x.bounds(e.Bounds, in0)
	body := x2.expr(e.Body, in)
	s := x.at(e)
	c := of(nil, deps, body).loops(body).costs(costMake)
	domain := func(m *Machine) value.Value {
		if len(os) == 1 {
			return os[0].set(m)
		}
		sets := make([]value.Value, len(os))
		for i, o := range os {
			sets[i] = o.set(m)
		}
		m.at = s
		return m.Product(sets...)
	}
	c.fn = func(m *Machine) value.Value {
		d := domain(m)
		m.at = s
		finite := d.Kind() == value.KindSet
		if !finite && m.ThunkOf(d) == nil && !d.IsSet() {
			m.fail(s, "Attempted to use %s, which is not a set, as the domain of a function", m.Local.Print(d))
		}
		if self != nil || !finite && !m.IsFinite(d) {
			f := m.f.capture()
			t := &funcThunk{d, os, body.fn, f, m.s0, snapshot(m.s1), s, sync.Mutex{}, map[value.Value]value.Value{}, false}
			tv := m.thunk(t)
			if self != nil {
				f.slots[selfSlot] = tv
			}
			return tv
		}
		d = m.Force(d)
		if v, ok := enumerate(m, d, os, body.fn); ok {
			return v
		}
		// As in TLC, an error counts only once the value is needed.
		return m.thunk(&funcThunk{d, os, body.fn, m.f.capture(), m.s0, snapshot(m.s1), s, sync.Mutex{}, map[value.Value]value.Value{}, true})
	}
	return c
}

// enumerate builds the function on d; ok is false if a value is an error.
func enumerate(m *Machine, d value.Value, os []*over, body fn) (v value.Value, ok bool) {
	mark, depth, keep, f, s0, s1 := m.Mark(), len(m.calls), m.keep, m.f, m.s0, m.s1
	missing, to := m.missing, m.to
	defer func() {
		if !ok && m.final == nil {
			e := recover()
			if _, isValue := e.(*value.Error); !isValue {
				panic(e)
			}
			m.Drop(mark)
			m.calls, m.keep, m.f, m.s0, m.s1 = m.calls[:depth], keep, f, s0, s1
			m.missing, m.to = missing, to
		}
	}()
	for _, el := range m.Elems(d) {
		bindFunc(m, os, el)
		m.Push(body(m))
	}
	return m.FuncFrom(d, mark), true
}
