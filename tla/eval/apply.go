package eval

import (
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// arg is an argument: an expression and where it stands, or what it is bound as.
type arg struct {
	expr syntax.Expr
	env  *env
	b    *binding
}

func argsOf(es []syntax.Expr, v *env) []arg {
	as := make([]arg, len(es))
	for i, e := range es {
		as[i] = arg{expr: e, env: v}
	}
	return as
}

// resolve returns what a name means, through the overrides of the configuration,
// and the environment of its definition.
func (x ctx) resolve(e *syntax.Apply, v *env) (module.Object, *env) {
	use := x.p.Spec.Uses[e]
	if use == nil {
		x.refuse(e, "the unresolved name "+e.Name)
	}
	obj := use.Object
	here := v
	for _, iu := range use.Instances {
		for i, p := range iu.Instance.Params {
			v = v.with(p, &binding{slot: -1, expr: iu.Args[i], env: here, site: x.site})
		}
		v = &env{up: v, inst: iu.Instance}
	}
	if o, ok := x.p.overrides[obj]; ok {
		return o, nil
	}
	return obj, v
}

func (x ctx) apply(e *syntax.Apply, v *env) code {
	obj, home := x.resolve(e, v)
	return x.applyObject(e, obj, home, argsOf(e.Args, v), v)
}

func (x ctx) applyObject(e *syntax.Apply, obj module.Object, home *env, args []arg, v *env) code {
	switch o := obj.(type) {
	case *module.Builtin:
		return x.builtin(e, o.Name, args)
	case *module.Bound:
		b := home.lookup(o)
		if b == nil {
			x.refuse(e, "the bound variable "+o.Name+" here")
		}
		return x.fromSlot(b, e)
	case *module.Param:
		b := home.lookup(o)
		if b == nil {
			x.refuse(e, "the parameter "+o.Name+" here")
		}
		return x.param(e, b, args)
	case *module.Constant:
		if value, in, ok := home.subst(o); ok {
			return x.applyOp(value, in, args, e)
		}
		return x.constant(e, o, args)
	case *module.Variable:
		if value, in, ok := home.subst(o); ok {
			return x.expr(value, in)
		}
		return x.variable(e, o)
	case *module.Definition:
		return x.applyDef(e, o, home, args)
	}
	x.refuse(e, "the name "+e.Name+" as an expression")
	return code{}
}

func (x ctx) constant(e *syntax.Apply, o *module.Constant, args []arg) code {
	if k, ok := x.p.constants[o]; ok {
		return pure(func(*Machine) value.Value { return k })
	}
	if d, ok := x.p.overrides[o]; ok {
		return x.applyObject(e, d, nil, args, nil)
	}
	if t, ok := x.p.tables[o]; ok {
		cs := make([]code, len(args))
		for i, a := range args {
			cs[i] = x.argCode(a)
		}
		s := x.at(e)
		return of(func(m *Machine) value.Value {
			vs := make([]value.Value, len(cs))
			for i, c := range cs {
				vs[i] = c.fn(m)
			}
			m.at = s
			return m.Apply(t, m.Tuple(vs...))
		}, cs...)
	}
	s, name := x.at(e), o.Name
	return pure(func(m *Machine) value.Value {
		m.fail(s, "The constant parameter %s is not assigned a value by the configuration file.", name)
		return 0
	})
}

func (x ctx) variable(e *syntax.Apply, o *module.Variable) code {
	i, ok := x.p.varIndex[o]
	if !ok {
		x.refuse(e, "the variable "+o.Name+" here")
	}
	s, name := x.at(e), o.Name
	read := func(m *Machine, st []value.Value) value.Value {
		if st == nil {
			m.fail(s, "the variable %s is used where there is no state", name)
		}
		v := st[i]
		if v == 0 {
			m.fail(s, "In evaluation, the identifier %s is either undefined or not an operator.", name)
		}
		return v
	}
	if x.primed {
		return code{min: noSlot, prime: true, in: reads(1, i), fn: func(m *Machine) value.Value { return read(m, m.s1) }}
	}
	if x.init {
		return code{min: noSlot, state: true, in: reads(1, i), fn: func(m *Machine) value.Value { return read(m, m.s1) }}
	}
	return code{min: noSlot, state: true, in: reads(0, i), fn: func(m *Machine) value.Value {
		if m.s0 == nil {
			read(m, nil)
		}
		return m.s0[i]
	}}
}

// param evaluates a parameter or LET definition without arguments, or applies a
// parameter that is an operator.
func (x ctx) param(e *syntax.Apply, b *binding, args []arg) code {
	if b.isOp {
		return x.callClosure(e, b, args)
	}
	if len(args) > 0 {
		return x.applyOp(b.expr, b.env, args, e)
	}
	if b.direct {
		if b.expr != nil && b.primed != x.primed && b.code.state {
			return x.expr(b.expr, b.env)
		}
		return x.homeward(b)
	}
	if b.slot < 0 {
		return x.expr(b.expr, b.env)
	}
	if b.lazy && b.primed != x.primed && (b.code.state || b.code.prime) {
		if b.fdef != nil {
			return x.funcCons(b.fdef.Body.(*syntax.FuncCons), b.env, b.fdef)
		}
		return x.expr(b.expr, b.env)
	}
	return x.fromSlot(b, e)
}

// homeward is the code of a direct binding. What it binds itself has its slots in
// the frame of the unit that it was compiled in.
func (x ctx) homeward(b *binding) code {
	diff := x.u.level - b.level
	if diff == 0 {
		return b.code
	}
	c, f := b.code, b.code.fn
	c.fn = func(m *Machine) value.Value {
		old := m.f
		m.f = old.ancestor(diff)
		v := f(m)
		m.f = old
		return v
	}
	return c
}

func (x ctx) argCode(a arg) code {
	if a.b != nil {
		return x.param(nil, a.b, nil)
	}
	return x.expr(a.expr, a.env)
}

// applyOp applies an operator given as an argument: a LAMBDA or a name.
func (x ctx) applyOp(op syntax.Expr, v *env, args []arg, at *syntax.Apply) code {
	switch op := op.(type) {
	case *syntax.Lambda:
		in, x2, enter := v, x, []func(*Machine){}
		for i, id := range op.Params {
			var en func(*Machine)
			in, x2, en = x2.bindArg(in, x.p.Spec.Defs[id], args[i])
			if en != nil {
				enter = append(enter, en)
			}
		}
		return entering(x2.expr(op.Body, in), enter)
	case *syntax.Apply:
		if len(args) == 0 {
			return x.expr(op, v)
		}
		obj, home := x.resolve(op, v)
		return x.applyObject(op, obj, home, args, v)
	}
	if len(args) == 0 {
		return x.expr(op, v)
	}
	x.refuse(at, "this operator argument")
	return code{}
}

func entering(c code, enter []func(*Machine)) code {
	if len(enter) == 0 {
		return c
	}
	f := c.fn
	if len(enter) == 1 {
		en := enter[0]
		c.fn = func(m *Machine) value.Value { en(m); return f(m) }
		return c
	}
	c.fn = func(m *Machine) value.Value {
		for _, en := range enter {
			en(m)
		}
		return f(m)
	}
	return c
}

// bindArg binds a parameter, in a slot filled when it is first read where that
// pays. enter, if not nil, is to be run where the scope begins.
func (x ctx) bindArg(in *env, p module.Object, a arg) (*env, ctx, func(*Machine)) {
	if a.b != nil {
		return in.with(p, a.b), x, nil
	}
	byName := &binding{slot: -1, expr: a.expr, env: a.env, site: x.site}
	if p.NumArgs() > 0 {
		return in.with(p, byName), x, nil
	}
	switch e := a.expr.(type) {
	case *syntax.Number, *syntax.String:
		return in.with(p, byName), x, nil
	case *syntax.Apply:
		if len(e.Args) == 0 {
			if use := x.p.Spec.Uses[e]; use != nil && len(use.Instances) == 0 {
				switch use.Object.(type) {
				case *module.Bound, *module.Variable, *module.Param:
					return in.with(p, byName), x, nil
				}
			}
		}
	}
	return x.bindLazy(in, p, a.expr, a.env)
}

// bindLazy binds o to the value of e in v, computed when first read.
func (x ctx) bindLazy(in *env, o module.Object, e syntax.Expr, v *env) (*env, ctx, func(*Machine)) {
	slot, x2 := x.slot()
	c := x2.expr(e, v)
	x2.depth = x.u.size // c runs in the midst of the scope: their slots must differ
	b := &binding{slot: -1, expr: e, env: v, site: x.site}
	switch {
	case c.volatile, x.gen && c.prime, x.init && c.state:
		return in.with(o, b), x, nil // its value changes within the scope
	case !c.state && !c.prime && c.min == noSlot:
		b.direct, b.code, b.primed, b.level = true, c, x.primed, x.u.level
		return in.with(o, b), x2, nil
	}
	b.slot, b.level, b.lazy, b.code, b.primed = slot, x.u.level, true, c, x.primed
	return in.with(o, b), x2, func(m *Machine) { m.f.slots[slot] = 0 }
}

// applyDef expands a definition, or calls it if it is recursive.
func (x ctx) applyDef(e *syntax.Apply, d *module.Definition, home *env, args []arg) code {
	if k, ok := x.p.constants[d]; ok {
		return pure(func(*Machine) value.Value { return k })
	}
	if d.Native {
		return x.native(e, d, args)
	}
	if d.IsFunction && d.Recursive {
		if b := home.lookup(d); b != nil && b.def == nil {
			return x.param(e, b, args)
		}
	}
	var in *env
	if d.InLet {
		b := home.lookup(d)
		if b == nil {
			x.refuse(e, "the definition "+d.Name+" here")
		}
		if b.def == nil {
			return x.param(e, b, args)
		}
		in = b.env
	} else {
		in = home.instances()
	}
	if d.Recursive && !d.IsFunction {
		return x.callDef(e, d, in, args)
	}
	x2 := x.inside(e, d)
	if d.IsFunction && d.Recursive {
		return x2.funcCons(d.Body.(*syntax.FuncCons), in, d)
	}
	var enter []func(*Machine)
	for i, p := range d.Params {
		var en func(*Machine)
		in, x2, en = x2.bindArg(in, p, args[i])
		if en != nil {
			enter = append(enter, en)
		}
	}
	return entering(x2.expr(d.Body, in), enter)
}

// inside is the context of the body of d, applied at e.
func (x ctx) inside(e syntax.Node, d *module.Definition) ctx {
	x.site = x.at(e)
	x.site.Name = d.Name
	if d.Module != nil {
		x.mod = d.Module.Name
	}
	return x
}

// instances is the environment without what is bound since the innermost
// instance: all that a definition of a module sees.
func (e *env) instances() *env {
	for ; e != nil; e = e.up {
		if e.inst != nil {
			return e
		}
	}
	return nil
}

// callDef calls a recursive definition, compiled once for each environment.
func (x ctx) callDef(e *syntax.Apply, d *module.Definition, in *env, args []arg) code {
	key := recursion{d, in, x.watch}
	homeLevel := 0
	if in != nil {
		homeLevel = x.u.level
		if d.InLet {
			homeLevel = x.letLevel(d, in)
		}
	}
	u := x.p.recursions[key]
	if u == nil {
		u = &unit{level: homeLevel + 1}
		x.p.recursions[key] = u
		x2 := x.inside(e, d)
		x2.u, x2.depth, x2.gen, x2.init = u, 0, false, x.init
		body := in
		for _, p := range d.Params {
			if p.Arity > 0 {
				body = body.with(p, &binding{level: u.level, slot: -1, isOp: true, op: u.nops})
				u.nops++
				continue
			}
			var slot int
			slot, x2 = x2.slot()
			body = body.with(p, &binding{level: u.level, slot: slot, param: true})
		}
		u.deps = x2.expr(d.Body, body)
		u.body = u.deps.fn
	}
	diff := x.u.level - (u.level - 1)
	if diff < 0 {
		x.refuse(e, "the recursive operator "+d.Name+" here")
	}
	c := code{min: noSlot, state: d.Level >= module.StateLevel || in != nil, prime: d.Level >= module.ActionLevel}
	if d.InLet {
		c.min = -1
	}
	if in != nil {
		c.min = -1
	}
	c.in = inputs{known: in == nil && !d.InLet && d.Level < module.StateLevel && u.body != nil && !u.deps.volatile, cost: costCall}
	c.volatile = u.deps.volatile
	var vals []fn
	var ops []func(*Machine) *closure
	for i, p := range d.Params {
		if p.Arity > 0 {
			f, dep := x.closureOf(e, args[i], p.Arity)
			ops = append(ops, f)
			c.uses(dep)
			continue
		}
		a := x.argCode(args[i])
		c.uses(a)
		if !cannotFail(args[i].expr) {
			f := a.fn
			a.fn = func(m *Machine) value.Value { return m.putOff(f) }
		}
		vals = append(vals, a.fn)
	}
	s := x.at(e)
	c.fn = func(m *Machine) value.Value {
		return m.call(u, m.f.ancestor(diff), s, func(nf *frame) {
			for i, f := range vals {
				nf.slots[i] = f(m)
			}
			for i, f := range ops {
				nf.ops[i] = f(m)
			}
		})
	}
	return c
}

// cannotFail reports whether evaluating e is never an error.
func cannotFail(e syntax.Expr) bool {
	switch e.(type) {
	case *syntax.Number, *syntax.String:
		return true
	}
	return false
}

// letLevel is the level of the unit in which the LET of d stands.
func (x ctx) letLevel(d *module.Definition, in *env) int {
	for e := in; e != nil; e = e.up {
		if e.obj == module.Object(d) {
			return e.bind.level
		}
	}
	return x.u.level
}

// closureOf compiles an operator argument to what makes its closure.
func (x ctx) closureOf(at *syntax.Apply, a arg, arity int) (func(*Machine) *closure, code) {
	if a.b != nil && a.b.isOp {
		i, diff := a.b.op, x.u.level-a.b.level
		return func(m *Machine) *closure { return m.f.ancestor(diff).ops[i] }, code{min: -1}
	}
	if op, ok := a.expr.(*syntax.Apply); ok {
		if obj, home := x.resolve(op, a.env); obj != nil {
			if b := home.lookup(obj); b != nil && b.isOp {
				return x.closureOf(at, arg{b: b}, arity)
			} else if b != nil && b.expr != nil {
				return x.closureOf(at, arg{expr: b.expr, env: b.env}, arity)
			}
		}
	}
	u := &unit{level: x.u.level + 1}
	x2 := x
	x2.u, x2.depth, x2.gen = u, 0, false
	params := make([]arg, arity)
	for i := range params {
		var slot int
		slot, x2 = x2.slot()
		params[i] = arg{b: &binding{level: u.level, slot: slot}}
	}
	c := x2.applyOp(a.expr, a.env, params, at)
	u.body = c.fn
	c.min = -1
	return func(m *Machine) *closure { return &closure{u, m.f} }, c
}

func (x ctx) callClosure(e *syntax.Apply, b *binding, args []arg) code {
	i, diff := b.op, x.u.level-b.level
	cs := make([]code, len(args))
	for j, a := range args {
		cs[j] = x.argCode(a)
	}
	s := x.at(e)
	c := of(func(m *Machine) value.Value {
		cl := m.f.ancestor(diff).ops[i]
		return m.call(cl.unit, cl.up, s, func(nf *frame) {
			for j, a := range cs {
				nf.slots[j] = a.fn(m)
			}
		})
	}, cs...)
	c.min, c.in.known = -1, false
	return c
}

// let binds the definitions of a LET.
func (x ctx) let(e *syntax.Let, v *env) (*env, ctx, func(*Machine)) {
	var enter []func(*Machine)
	var pending []*binding
	for _, u := range e.Defs {
		var id *syntax.Ident
		switch u := u.(type) {
		case *syntax.OpDef:
			id = u.Name
		case *syntax.FuncDef:
			id = u.Name
		case *syntax.InstanceDef, *syntax.Recursive, *syntax.Instance:
			continue
		default:
			x.refuse(u, "this unit in a LET")
		}
		d, ok := x.p.Spec.Defs[id].(*module.Definition)
		if !ok {
			x.refuse(id, "the definition "+id.Name)
		}
		if len(d.Params) == 0 && !d.Recursive {
			var en func(*Machine)
			v, x, en = x.bindLazy(v, d, d.Body, v)
			if en != nil {
				enter = append(enter, en)
			}
			continue
		}
		b := &binding{slot: -1, def: d, level: x.u.level}
		if d.IsFunction && d.Recursive {
			slot, x2 := x.slot()
			c := x2.funcCons(d.Body.(*syntax.FuncCons), v, d)
			x2.depth = x.u.size
			b = &binding{slot: slot, level: x.u.level, lazy: true, code: c, primed: x.primed, fdef: d, env: v}
			v, x = v.with(d, b), x2
			enter = append(enter, func(m *Machine) { m.f.slots[slot] = 0 })
			continue
		}
		v = v.with(d, b)
		pending = append(pending, b)
	}
	for _, b := range pending {
		b.env = v
	}
	if len(enter) == 0 {
		return v, x, nil
	}
	return v, x, func(m *Machine) {
		for _, en := range enter {
			en(m)
		}
	}
}
