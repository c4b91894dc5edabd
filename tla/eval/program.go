package eval

import (
	"fmt"
	"sync"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Program is a specification with its constants bound. Compile everything
// before running anything; running is safe from many Machines at once.
type Program struct {
	Spec  *module.Spec
	Store *value.Store
	Vars  []*module.Variable // in the order of the values of a state

	mu         sync.Mutex // held to compile
	units      int        // that run by themselves
	memos      int        // expressions whose value is remembered
	plain      bool       // values are not remembered
	counters   map[place]int
	counted    []Counter // nil unless expressions are counted
	varIndex   map[*module.Variable]int
	constants  map[module.Object]value.Value
	tables     map[*module.Constant]value.Value
	overrides  map[module.Object]module.Object
	recursions map[recursion]*unit

	recursiveActions map[recursion]*recursiveAction
	hasEnabled       bool
	homes            map[syntax.Expr]home // of implications and quantifiers, once they are asked for
	choices          map[*module.Definition]bool
}

// New returns a Program for spec whose values live in store.
func New(spec *module.Spec, store *value.Store) *Program {
	p := &Program{
		Spec: spec, Store: store, Vars: spec.Root.Variables,
		varIndex: map[*module.Variable]int{}, constants: map[module.Object]value.Value{},
		tables: map[*module.Constant]value.Value{}, overrides: map[module.Object]module.Object{},
		recursions: map[recursion]*unit{}, recursiveActions: map[recursion]*recursiveAction{},
		choices: map[*module.Definition]bool{},
	}
	for i, v := range p.Vars {
		p.varIndex[v] = i
	}
	return p
}

// Bind gives a constant, or a definition in place of its body, a value.
func (p *Program) Bind(o module.Object, v value.Value) { p.constants[o] = v }

// BindTable gives a constant operator its values: a function from tuples of
// arguments.
func (p *Program) BindTable(c *module.Constant, t value.Value) { p.tables[c] = t }

// Override replaces a constant or definition by another definition.
func (p *Program) Override(o, by module.Object) { p.overrides[o] = by }

// Missing returns the first constant of the root module without a value, nil if
// there is none.
func (p *Program) Missing() *module.Constant {
	for _, c := range p.Spec.Root.Constants {
		_, a := p.constants[c]
		_, b := p.tables[c]
		_, d := p.overrides[c]
		if !a && !b && !d {
			return c
		}
	}
	return nil
}

// Expr is a compiled expression.
type Expr struct {
	code
	u *unit
	// Level tells what it depends on: variables, and primed variables.
	State, Prime bool
}

func (p *Program) ctx(name string) ctx {
	p.units++
	return ctx{p: p, u: &unit{id: p.units}, mod: name, nodes: new(int)}
}

// compiling returns the error that f raises. One at a time compiles.
func (p *Program) compiling(f func()) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			err = e
		case *value.Error:
			err = &Error{Msg: e.Msg}
		default:
			panic(e)
		}
	}()
	f()
	return nil
}

// Ref is an expression of a module in the environment in which it is to be
// understood, as found by [Program.Lookup] and the decomposition of a
// specification's formula.
type Ref struct {
	Expr   syntax.Expr
	Module string
	Name   string // of the definition, if it is one's
	env    *env
	site   *Site
}

// Lookup returns the definition of the root module named name.
func (p *Program) Lookup(name string) (Ref, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	use := p.Spec.Root.Lookup(name)
	if use == nil {
		return Ref{}, false
	}
	d, ok := use.Object.(*module.Definition)
	if !ok || len(d.Params) > 0 {
		return Ref{}, false
	}
	if o, ok := p.overrides[d].(*module.Definition); ok {
		d = o
	}
	id := &syntax.Apply{Span: d.Span, NameSpan: d.Span, Name: name}
	p.Spec.Uses[id] = use
	return Ref{Expr: id, Module: p.Spec.Root.Name, Name: name}, true
}

// RefTo returns an expression of the root module as a Ref.
func (p *Program) RefTo(e syntax.Expr, mod string) Ref { return Ref{Expr: e, Module: mod} }

// Unfold replaces a use of a definition without parameters by its body; it
// returns false if r is anything else.
func (p *Program) Unfold(r Ref) (out Ref, ok bool) {
	a, isApply := r.Expr.(*syntax.Apply)
	if !isApply {
		return r, false
	}
	x := p.ctx(r.Module)
	x.site = r.site
	err := p.compiling(func() {
		obj, home := x.resolve(a, r.env)
		d, isDef := obj.(*module.Definition)
		if !isDef || d.Native || d.IsFunction || d.InLet || d.Recursive {
			return
		}
		if _, bound := p.constants[d]; bound {
			return
		}
		x2 := x.inside(a, d)
		in := home.instances()
		for i, param := range d.Params {
			in = in.with(param, &binding{slot: -1, expr: a.Args[i], env: r.env, site: x.site})
		}
		out, ok = Ref{Expr: d.Body, Module: x2.mod, Name: d.Name, env: in, site: x2.site}, true
	})
	if err != nil {
		return r, false
	}
	return out, ok
}

// Sub is part of r: an expression inside it that binds no variables around it.
func (r Ref) Sub(e syntax.Expr) Ref { r.Expr = e; return r }

// Span returns the place of r.
func (r Ref) Span() syntax.Span { return r.Expr.Where() }

// Expr compiles r to be evaluated in a state, or in a pair of states.
func (p *Program) Expr(r Ref) (*Expr, error) {
	out := &Expr{}
	err := p.compiling(func() {
		x := p.ctx(r.Module)
		x.site = r.site
		out.u = x.u
		out.code = x.expr(r.Expr, r.env)
		out.State, out.Prime = out.state, out.prime
	})
	return out, err
}

// Primed compiles r with every variable primed.
func (p *Program) Primed(r Ref) (*Expr, error) {
	out := &Expr{}
	err := p.compiling(func() {
		x := p.ctx(r.Module)
		x.site, x.primed = r.site, true
		out.u = x.u
		out.code = x.expr(r.Expr, r.env)
	})
	return out, err
}

// Eval evaluates e in the state s0, and the next state s1 if e has primes. The
// value is canonical.
func (m *Machine) Eval(e *Expr, s0, s1 []value.Value) (v value.Value, err error) {
	err = m.top(e.u, s0, s1, func() { v = m.Canon(e.fn(m)) })
	return v, err
}

// Test evaluates a boolean expression.
func (m *Machine) Test(e *Expr, s0, s1 []value.Value) (ok bool, err error) {
	old0, old1, oldf := m.s0, m.s1, m.f
	m.s0, m.s1 = s0, s1
	m.f = m.reuse(e.u)
	err = m.guard(func() {
		v := e.fn(m)
		if !v.IsBool() {
			panic(&value.Error{Msg: "expected a boolean, found " + m.Local.Print(v)})
		}
		ok = v == value.True
	})
	m.s0, m.s1, m.f = old0, old1, oldf
	return ok, err
}

// reuse returns a frame for the top unit u, the same each time.
func (m *Machine) reuse(u *unit) *frame {
	if u.id >= len(m.frames) {
		m.frames = append(m.frames, make([]*frame, u.id+1-len(m.frames))...)
	}
	f := m.frames[u.id]
	if f == nil {
		f = m.frameOf(u)
		m.frames[u.id] = f
	}
	return f
}

// Gen generates states.
type Gen struct {
	Leaves []*Leaf
	u      *unit
	run    act
}

// Init compiles an initial predicate, the conjunction of rs.
func (p *Program) Init(rs ...Ref) (*Gen, error) {
	g := &Gen{}
	err := p.compiling(func() {
		first := p.ctx(rs[0].Module)
		g.u = first.u
		leaf := &Leaf{Name: "Initial predicate", Module: rs[0].Module, Span: rs[0].Span()}
		g.Leaves = []*Leaf{leaf}
		g.run = func(m *Machine) bool { return m.emit(m.s1, leaf) }
		for i := len(rs) - 1; i >= 0; i-- {
			x := first
			x.mod, x.site, x.init = rs[i].Module, rs[i].site, true
			x.depth = x.u.size // what comes before a part runs around it
			g.run = x.nthConjunct(rs[i].Expr, rs[i].env, g.run, i == 0)
		}
	})
	return g, err
}

// Next compiles a next-state relation.
func (p *Program) Next(r Ref) (*Gen, error) {
	g := &Gen{}
	err := p.compiling(func() {
		x := p.ctx(r.Module)
		x.site, x.gen = r.site, true
		g.u = x.u
		g.run, _ = g.split(x, r.Expr, r.env, Leaf{Name: r.Name, Module: r.Module})
	})
	return g, err
}

// split takes a next-state relation apart as TLC does, so that each step has an
// action. It also returns the variables that e leaves unchanged.
func (g *Gen) split(x ctx, e syntax.Expr, v *env, at Leaf) (act, uint64) {
	span := e.Where()
	var alias *Leaf // what the specification calls e, an action of an instance
	switch e := e.(type) {
	case *syntax.Junction:
		if e.Op == `\/` {
			return g.alternatives(x, e.Items, v, at)
		}
		if len(e.Items) == 1 {
			return g.split(x, e.Items[0], v, at)
		}
	case *syntax.Quant:
		if e.Kind == syntax.Exists {
			os, in, x2, deps := x.bounds(e.Bounds, v)
			if deps.state || deps.prime {
				break
			}
			at.chosen = true
			body, same := g.split(x2, e.Body, in, at)
			return framed(picking(e.Bounds, os, func(m *Machine) bool { return each(m, os, body) }), same), same
		}
	case *syntax.Label:
		return g.split(x, e.Body, v, at)
	case *syntax.Let:
		in, x2, enter := x.let(e, v)
		body, same := g.split(x2, e.Body, in, at)
		if enter == nil {
			return body, same
		}
		return func(m *Machine) bool { enter(m); return body(m) }, same
	case *syntax.Apply:
		obj, home := x.resolve(e, v)
		switch o := obj.(type) {
		case *module.Builtin:
			if o.Name == `\/` {
				return g.alternatives(x, e.Args, v, at)
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
					return g.split(x, b.expr, b.env, Leaf{Name: o.Name, Module: x.mod})
				}
				in = b.env
			}
			if o.Recursive || !x.constantArgs(e, o, v) {
				at = Leaf{Name: qualified(e), Module: x.mod}
				break
			}
			if uses := x.p.Spec.Uses[e]; uses != nil && len(uses.Instances) > 0 {
				// Nor does TLC look behind a substitution.
				inst := uses.Instances[0].Instance
				if at.def != nil && inner(at.def.Body) == e {
					outer := at
					outer.Span = e.Where()
					alias = &outer
				}
				at = Leaf{Name: qualified(e), Module: inst.In.Name}
				span = syntax.Span{Start: inst.Span.Start, End: inst.Syntax.End}
				break
			}
			x2 := x.inside(e, o)
			at = Leaf{Name: o.Name, Module: x2.mod, def: o}
			var enter []func(*Machine)
			for i, p := range o.Params {
				at.Params = append(at.Params, p.Name)
				var en func(*Machine)
				in, x2, en = x2.bindArg(in, p, arg{expr: e.Args[i], env: v})
				if en != nil {
					enter = append(enter, en)
				}
				if p.Arity == 0 {
					at.args = append(at.args, x2.expr(e.Args[i], v).fn)
					x2.depth = x2.u.size // they are evaluated inside the action
				}
			}
			a, same := g.split(x2, o.Body, in, at)
			return within(before(enter, a)), same
		}
	}
	leaf := at
	leaf.Span, leaf.Index = span, len(g.Leaves)
	l := &leaf
	g.Leaves = append(g.Leaves, l)
	y := x
	y.telling = true
	switch {
	case alias != nil:
		y.naming = body
	case at.def == nil || at.chosen && x.p.isChoice(at.def):
		y.naming = alternative
	default:
		y.naming = body
	}
	run := y.action(e, v, func(m *Machine) bool { return m.emit(m.s1, l) })
	if alias != nil {
		run = alias.over(run)
	}
	same := x.frame(e, v, 0)
	return framed(func(m *Machine) bool {
		if m.live != nil {
			m.live[l.Index] = true
			return true
		}
		m.leaf = l
		return run(m)
	}, same), same
}

// qualified is the name of an action as it is used: I!Send.
func qualified(e *syntax.Apply) string {
	return qualifiers(e) + e.Name
}

// qualifiers is the I! of I!Send.
func qualifiers(e *syntax.Apply) string {
	name := ""
	for _, q := range e.Qualifiers {
		name += q.Name + "!"
	}
	return name
}

// constantArgs reports whether the arguments of an action depend on no variable.
// TLC takes an action apart only if so.
func (x ctx) constantArgs(e *syntax.Apply, d *module.Definition, v *env) bool {
	for i, p := range d.Params {
		if p.Arity > 0 {
			constant := true
			syntax.Walk(e.Args[i], func(n syntax.Node) bool {
				a, ok := n.(*syntax.Apply)
				if !ok {
					return true
				}
				switch o, _ := x.resolve(a, v); o := o.(type) {
				case *module.Variable:
					constant = false
				case *module.Definition:
					constant = constant && o.Level == module.ConstantLevel
				}
				return constant
			})
			if !constant {
				return false
			}
			continue
		}
		if c := x.expr(e.Args[i], v); c.state || c.prime {
			return false
		}
	}
	return true
}

func (g *Gen) alternatives(x ctx, es []syntax.Expr, v *env, at Leaf) (act, uint64) {
	as, all := make([]act, len(es)), ^uint64(0)
	at.chosen = true
	for i, e := range es {
		var same uint64
		as[i], same = g.split(x, e, v, at)
		all &= same
	}
	return framed(either(as), all), all
}

// framed skips an action that leaves the variables same unchanged, if the state
// looked for changes one of them.
func framed(a act, same uint64) act {
	if same == 0 {
		return a
	}
	return func(m *Machine) bool { return m.changed&same != 0 || a(m) }
}

// Generate calls emit for each state that g generates from s0, nil for initial
// states, until emit returns false. s1 is valid only during the call, and a
// variable of it that was assigned no value is 0.
func (m *Machine) Generate(g *Gen, s0 []value.Value, emit func(s1 []value.Value, leaf *Leaf) bool) error {
	return m.generate(g, s0, nil, 0, emit)
}

func (m *Machine) generate(g *Gen, s0, to []value.Value, changed uint64, emit func(s1 []value.Value, leaf *Leaf) bool) error {
	old0, old1, oldf, olde, oldi := m.s0, m.s1, m.f, m.emit, m.inner
	oldm, oldt, oldc := m.missing, m.to, m.changed
	m.s0, m.inner, m.picks, m.before = s0, nil, m.picks[:0], 0
	if len(m.succ) != len(m.prog.Vars) {
		m.succ = make([]value.Value, len(m.prog.Vars))
	}
	clear(m.succ)
	m.s1 = m.succ
	m.f = m.reuse(g.u)
	m.emit = emit
	m.missing, m.to, m.changed = len(m.s1), to, changed
	m.loops, m.after = m.loops[:0], m.after[:0]
	err := m.guard(func() { g.run(m) })
	m.s0, m.s1, m.f, m.emit, m.inner = old0, old1, oldf, olde, oldi
	m.missing, m.to, m.changed = oldm, oldt, oldc
	return err
}

// Live tells of each leaf of g whether there is an action at all: below a
// quantifier over a constant set that is empty there is none.
func (m *Machine) Live(g *Gen) (live []bool) {
	live = make([]bool, len(g.Leaves))
	m.live = live
	defer func() {
		m.live = nil
		if recover() != nil { // a LET that looks at the state, of which there is none
			all(live)
		}
	}()
	if err := m.generate(g, make([]value.Value, len(m.prog.Vars)), nil, 0, nil); err != nil {
		all(live) // it comes up again where it is told
	}
	return live
}

func all(flags []bool) {
	for i := range flags {
		flags[i] = true
	}
}

// Leaf returns the action that was being tried last, for an error's message.
func (m *Machine) Leaf() *Leaf { return m.leaf }

// String returns the leaf as TLC names an action.
func (l *Leaf) String() string {
	return fmt.Sprintf("%s %s of module %s", l.Name, l.Span, l.Module)
}
