package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Miss is a conjunct of an action that is false of a pair of states.
type Miss struct {
	Site *Site
	Expr syntax.Expr // the conjunct, or the part of an UNCHANGED

	// Var is the index of the variable if the conjunct gives it its next
	// value: Want, or one of Want if Among is set. Otherwise it is -1.
	Var   int
	Want  value.Value
	Among bool

	// Err is set if the conjunct cannot be evaluated for these states.
	Err error

	empty bool // there is nothing to choose from
}

// Nearest is the action that comes closest to a pair of states: the one of the
// fewest false conjuncts, each UNCHANGED of a variable counted by itself; of
// those one with the fewest wrong values of variables, since an action that
// would do the right thing and is not enabled says more than another that is
// enabled; and of those the first.
type Nearest struct {
	Leaf   *Leaf // nil if the next-state relation has no action
	Args   []value.Value
	Misses []Miss // in the order of the action; empty if it is a step
}

// Why explains why a pair of states is not a step.
type Why struct {
	u   *unit
	run why
}

// why adds the conjuncts that are false to the report.
type why func(m *Machine, r *report)

type report struct {
	misses []Miss
	max    int // a branch with that many misses cannot be the nearest
	leaf   *Leaf
	args   []value.Value
}

func (r *report) full() bool { return len(r.misses) >= r.max }

// Explain compiles a next-state relation for [Machine.Explain].
func (p *Program) Explain(r Ref) (*Why, error) {
	w := &Why{}
	err := p.compiling(func() {
		x := p.ctx(r.Module)
		x.site = r.site
		w.u = x.u
		w.run = x.why(r.Expr, r.env, &Leaf{Name: r.Name, Module: r.Module})
	})
	return w, err
}

// Explain returns the action nearest to the step from s0 to s1, both complete
// and canonical.
func (m *Machine) Explain(w *Why, s0, s1 []value.Value) (n Nearest, err error) {
	return m.explain(w, s0, s1, m.frameOf(w.u))
}

// ExplainFire is Explain for one action with given arguments.
func (m *Machine) ExplainFire(n *Named, args, s0, s1 []value.Value) (Nearest, error) {
	f := m.frameOf(n.why.u)
	for i, slot := range n.slots {
		f.slots[slot] = args[i]
	}
	near, err := m.explain(n.why, s0, s1, f)
	near.Leaf, near.Args = n.leaf, args
	return near, err
}

func (m *Machine) explain(w *Why, s0, s1 []value.Value, f *frame) (n Nearest, err error) {
	old0, old1, oldf := m.s0, m.s1, m.f
	m.s0, m.s1, m.f = s0, s1, f
	r := &report{max: 1 << 30}
	err = m.guard(func() { w.run(m, r) })
	m.s0, m.s1, m.f = old0, old1, oldf
	return Nearest{r.leaf, r.args, r.misses}, err
}

// attempt runs f and returns the error of evaluation that it raises. Thunks made
// on the way live on.
func (m *Machine) attempt(f func()) (err error) {
	mark, depth, keep, fr, s0, s1 := m.Mark(), len(m.calls), m.keep, m.f, m.s0, m.s1
	missing, to := m.missing, m.to
	defer func() {
		r := recover()
		m.final = nil
		switch e := r.(type) {
		case nil:
			return
		case *value.Error:
			err = &Error{Msg: e.Msg, Site: m.at}
		case *Error:
			err = e
		default:
			panic(e)
		}
		m.Drop(mark)
		m.calls, m.keep, m.f, m.s0, m.s1 = m.calls[:depth], keep, fr, s0, s1
		m.missing, m.to = missing, to
	}()
	f()
	return nil
}

// whether turns a test into a why.
func (x ctx) whether(e syntax.Expr, test func(m *Machine, miss *Miss) bool) why {
	s := x.at(e)
	return func(m *Machine, r *report) {
		miss := Miss{Site: s, Expr: e, Var: -1}
		ok := false
		miss.Err = m.attempt(func() { ok = test(m, &miss) })
		if !ok || miss.Err != nil {
			r.misses = append(r.misses, miss)
		}
	}
}

// inOrder is a conjunction.
func inOrder(parts []why) why {
	return func(m *Machine, r *report) {
		for _, p := range parts {
			if p(m, r); r.full() {
				return
			}
		}
	}
}

// fewest tries branches, and keeps the report of the first of those with the
// fewest misses. try calls its argument once for each.
func (x ctx) fewest(e syntax.Expr, try func(m *Machine, branch func(why) (goOn bool)) error) why {
	s := x.at(e)
	return func(m *Machine, r *report) {
		mark, limit, found, nearest := len(r.misses), r.max, false, 0
		var best []Miss
		leaf, args := r.leaf, r.args
		err := try(m, func(w why) bool {
			w(m, r)
			n := len(r.misses) - mark
			if here := distance(r.misses[mark:]); !found || here < nearest {
				found, nearest, best = true, here, append([]Miss(nil), r.misses[mark:]...)
				leaf, args = r.leaf, r.args
				if here < nowhere {
					r.max = min(r.max, mark+n+1)
				}
			}
			r.misses = r.misses[:mark]
			return n > 0
		})
		r.max, r.leaf, r.args = limit, leaf, args
		if !found {
			best = []Miss{{Site: s, Expr: e, Var: -1, Err: err, empty: true}}
		}
		r.misses = append(r.misses, best...)
	}
}

// distance orders reports, see Nearest. A \E over the empty set, where there is
// no action, is farther away than any action.
func distance(ms []Miss) (d int) {
	for _, m := range ms {
		d += 1 << 10
		if m.Var >= 0 {
			d++
		}
		if m.empty {
			d += nowhere
		}
	}
	return d
}

const nowhere = 1 << 40

func (x ctx) nearestOf(e syntax.Expr, branches []why) why {
	return x.fewest(e, func(m *Machine, branch func(why) bool) error {
		for _, b := range branches {
			if !branch(b) {
				break
			}
		}
		return nil
	})
}

// why compiles e. As long as at is not nil, e is above the actions into which
// [Gen] splits the relation.
func (x ctx) why(e syntax.Expr, v *env, at *Leaf) why {
	if *x.nodes++; *x.nodes > maxNodes {
		x.refuse(e, "a definition that expands to more than 400000 expressions")
	}
	switch e := e.(type) {
	case *syntax.Junction:
		if e.Op == `\/` {
			return x.anyOf(e, e.Items, v, at)
		}
		if len(e.Items) == 1 {
			return x.why(e.Items[0], v, at)
		}
	case *syntax.Quant:
		if e.Kind == syntax.Exists {
			os, in, x2, deps := x.bounds(e.Bounds, v)
			if at != nil && (deps.state || deps.prime) {
				return x.leafWhy(e, v, at)
			}
			body := x2.why(e.Body, in, at)
			return x.fewest(e, func(m *Machine, branch func(why) bool) error {
				return m.attempt(func() { each(m, os, func(*Machine) bool { return branch(body) }) })
			})
		}
	case *syntax.Label:
		return x.why(e.Body, v, at)
	case *syntax.Let:
		in, x2, enter := x.let(e, v)
		body := x2.why(e.Body, in, at)
		if enter == nil {
			return body
		}
		return entered([]func(*Machine){enter}, body)
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		switch o := obj.(type) {
		case *module.Builtin:
			if o.Name == `\/` {
				return x.anyOf(e, e.Args, v, at)
			}
		case *module.Definition:
			if _, ok := x.p.constants[o]; ok || o.Native || o.IsFunction {
				break
			}
			in := home.instances()
			if o.InLet {
				b := home.lookup(o)
				if b == nil || b.def == nil && b.expr == nil {
					break
				}
				if b.def == nil {
					if at != nil {
						at = &Leaf{Name: o.Name, Module: x.mod}
					}
					return x.why(b.expr, b.env, at)
				}
				in = b.env
			}
			inst := x.p.Spec.Uses[e].Instances
			switch {
			case at != nil && (o.Recursive || !x.constantArgs(e, o, v)):
				return x.leafWhy(e, v, &Leaf{Name: qualified(e), Module: x.mod})
			case at != nil && len(inst) > 0:
				i := inst[0].Instance
				return x.leafWhy(e, v, &Leaf{Name: qualified(e), Module: i.In.Name, Span: syntax.Span{Start: i.Span.Start, End: i.Syntax.End}})
			case o.Recursive:
				return x.conjunct(e, v)
			}
			x2 := x.inside(e, o)
			var enter []func(*Machine)
			if at != nil {
				at = &Leaf{Name: o.Name, Module: x2.mod}
			}
			for i, p := range o.Params {
				var en func(*Machine)
				in, x2, en = x2.bindArg(in, p, arg{expr: e.Args[i], env: v})
				if en != nil {
					enter = append(enter, en)
				}
				if at != nil {
					at.Params = append(at.Params, p.Name)
					if p.Arity == 0 {
						at.args = append(at.args, x2.expr(e.Args[i], v).fn)
						x2.depth = x2.u.size
					}
				}
			}
			return entered(enter, x2.why(o.Body, in, at))
		}
	}
	if at != nil {
		return x.leafWhy(e, v, at)
	}
	return x.conjunct(e, v)
}

func entered(enter []func(*Machine), w why) why {
	if len(enter) == 0 {
		return w
	}
	return func(m *Machine, r *report) {
		for _, en := range enter {
			en(m)
		}
		w(m, r)
	}
}

func (x ctx) anyOf(e syntax.Expr, es []syntax.Expr, v *env, at *Leaf) why {
	var branches []why
	for _, it := range es {
		branches = append(branches, x.why(it, v, at))
	}
	return x.nearestOf(e, branches)
}

// leafWhy is one of the actions into which the relation is split.
func (x ctx) leafWhy(e syntax.Expr, v *env, at *Leaf) why {
	leaf := *at
	if !leaf.Span.IsValid() {
		leaf.Span = e.Where()
	}
	w := x.why(e, v, nil)
	return func(m *Machine, r *report) {
		w(m, r)
		r.leaf, r.args = &leaf, nil
		if m.attempt(func() { r.args = leaf.Args(m) }) != nil {
			r.args = nil
		}
	}
}

// conjunct compiles what is no alternative.
func (x ctx) conjunct(e syntax.Expr, v *env) why {
	all := func(es []syntax.Expr) why {
		var parts []why
		for _, it := range es {
			parts = append(parts, x.why(it, v, nil))
			x.depth = x.u.size
		}
		return inOrder(parts)
	}
	switch e := e.(type) {
	case *syntax.Junction:
		return all(e.Items)
	case *syntax.If:
		p, _ := x.test(e.Cond, v, nonBooleanIf)
		then, other := x.why(e.Then, v, nil), x.why(e.Else, v, nil)
		s := x.at(e.Cond)
		return func(m *Machine, r *report) {
			yes := false
			if err := m.attempt(func() { yes = p(m) }); err != nil {
				r.misses = append(r.misses, Miss{Site: s, Expr: e.Cond, Var: -1, Err: err})
			} else if yes {
				then(m, r)
			} else {
				other(m, r)
			}
		}
	case *syntax.Apply:
		obj, _ := x.resolve(e, v)
		if o, ok := obj.(*module.Builtin); ok {
			switch o.Name {
			case `/\`:
				return all(e.Args)
			case "=":
				if i, ok := x.varOf(e.Args[0], v, true); ok {
					c := x.expr(e.Args[1], v)
					return x.whether(e, func(m *Machine, miss *Miss) bool {
						miss.Var, miss.Want = i, 0
						miss.Want = m.Canon(c.fn(m))
						return miss.Want == m.s1[i]
					})
				}
			case `\in`:
				if i, ok := x.varOf(e.Args[0], v, true); ok {
					c := x.expr(e.Args[1], v)
					return x.whether(e, func(m *Machine, miss *Miss) bool {
						miss.Var = i
						set := c.fn(m)
						if !m.among(m.s1[i], set) {
							miss.Among = true
							if m.ThunkOf(set) != nil {
								set = m.Canon(set) // thunks end with the evaluation
							}
							miss.Want = set
							return false
						}
						return true
					})
				}
			case "UNCHANGED":
				return x.sameWhy(e.Args[0], v)
			}
		}
	}
	p, _ := x.test(e, v, nonBoolean)
	return x.whether(e, func(m *Machine, _ *Miss) bool { return p(m) })
}

// sameWhy is UNCHANGED e, variable by variable as far as that goes.
func (x ctx) sameWhy(e syntax.Expr, v *env) why {
	whole := &syntax.Apply{Span: e.Where(), NameSpan: e.Where(), Name: "UNCHANGED", Form: syntax.Prefix, Args: []syntax.Expr{e}}
	if i, ok := x.varOf(e, v, false); ok {
		return x.whether(whole, func(m *Machine, miss *Miss) bool {
			miss.Var, miss.Want = i, m.s0[i]
			return m.s0[i] == m.s1[i]
		})
	}
	switch e := e.(type) {
	case *syntax.Tuple:
		var parts []why
		for _, el := range e.Elems {
			parts = append(parts, x.sameWhy(el, v))
		}
		return inOrder(parts)
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		if o, ok := obj.(*module.Definition); ok && len(o.Params) == 0 && !o.Native && !o.InLet && !o.Recursive && !o.IsFunction {
			if _, ok := x.p.constants[o]; !ok {
				return x.inside(e, o).sameWhy(o.Body, home.instances())
			}
		}
	}
	now := x.expr(e, v)
	px := x
	px.primed = true
	next := px.expr(e, v)
	return x.whether(whole, func(m *Machine, _ *Miss) bool { return m.Equal(next.fn(m), now.fn(m)) })
}
