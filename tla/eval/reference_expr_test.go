package eval_test

import (
	"fmt"
	"math"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// eval returns the value of e.
func (r *reference) eval(e syntax.Expr, env *renv) rval {
	if r.steps++; r.steps > 1<<20 {
		panic("reference: too many steps")
	}
	switch e := e.(type) {
	case *syntax.Number:
		n, _ := e.Int()
		return int(n.Int64())
	case *syntax.String:
		return e.Value
	case *syntax.Apply:
		return r.name(e, env)
	case *syntax.Junction:
		for _, it := range e.Items {
			if r.bool(r.eval(it, env)) != (e.Op == `/\`) {
				return e.Op != `/\`
			}
		}
		return e.Op == `/\`
	case *syntax.Quant:
		all := e.Kind == syntax.Forall
		return r.assignments(e.Bounds, env, func(in *renv) bool { return r.bool(r.eval(e.Body, in)) == all }) == all
	case *syntax.Choose:
		var found rval
		if r.assignments([]*syntax.Bound{e.Bound}, env, func(in *renv) bool {
			if !r.bool(r.eval(e.Body, in)) {
				return true
			}
			if found = in.val.get(); e.Bound.Tuple {
				var vs []rval
				for _, id := range e.Bound.Names {
					vs = append(vs, in.find(r.spec.Defs[id]).val.get())
				}
				found = r.tuple(vs)
			}
			return false
		}) {
			rfail("no element satisfies the CHOOSE")
		}
		return found
	case *syntax.SetEnum:
		var vs []rval
		for _, x := range e.Elems {
			vs = append(vs, sound(r.eval(x, env)))
		}
		return r.setOf(vs)
	case *syntax.SetFilter:
		return r.filter(e, env)
	case *syntax.SetMap:
		var vs []rval
		r.assignments(e.Bounds, env, func(in *renv) bool { vs = append(vs, sound(r.eval(e.Body, in))); return true })
		return r.setOf(vs)
	case *syntax.FuncCons:
		return r.funcCons(e, env)
	case *syntax.FuncApply:
		return r.at(r.eval(e.Fn, env), r.argument(e.Args, env)).get()
	case *syntax.Select:
		return r.at(r.eval(e.Rec, env), e.Field.Name).get()
	case *syntax.Record:
		out := &rfun{}
		var names []rval
		for _, f := range e.Fields {
			names = append(names, f.Name.Name)
		}
		for _, n := range r.setOf(names).elems {
			for _, f := range e.Fields {
				if f.Name.Name == n {
					out.args, out.vals = append(out.args, n), append(out.vals, known(sound(r.eval(f.Value, env))))
				}
			}
		}
		return out
	case *syntax.Tuple:
		var vs []rval
		for _, x := range e.Elems {
			vs = append(vs, r.eval(x, env))
		}
		return r.tuple(vs)
	case *syntax.Cross:
		var sets []rval
		for _, s := range e.Sets {
			sets = append(sets, r.eval(s, env))
		}
		return r.product(sets, func(vs []rval) rval { return r.tuple(vs) }, func(x rval) []rval { return r.seq(x) })
	case *syntax.FuncSet:
		domain, rng := r.eval(e.Domain, env), r.eval(e.Range, env)
		args := r.list(domain)
		var sets []rval
		for range args {
			sets = append(sets, rng)
		}
		return r.product(sets, func(vs []rval) rval {
			i := -1
			return r.function(domain, func(rval) rval { i++; return vs[i] }).settled()
		}, func(x rval) []rval {
			f, ok := x.(*rfun)
			if !ok {
				rfail("no function")
			}
			if r.compareLists(args, f.args) != 0 {
				return make([]rval, len(args)+1)
			}
			var vs []rval
			for _, c := range f.vals {
				vs = append(vs, c.get())
			}
			return vs
		})
	case *syntax.RecordSet:
		var names, sets []rval
		for _, f := range e.Fields {
			names = append(names, f.Name.Name)
		}
		names = r.setOf(names).elems
		for _, n := range names {
			for _, f := range e.Fields {
				if f.Name.Name == n {
					sets = append(sets, r.eval(f.Value, env))
				}
			}
		}
		return r.product(sets, func(vs []rval) rval {
			out := &rfun{args: names}
			for _, v := range vs {
				out.vals = append(out.vals, known(v))
			}
			return out
		}, func(x rval) []rval {
			f, ok := x.(*rfun)
			if !ok || r.compareLists(names, f.args) != 0 {
				rfail("no such record")
			}
			var vs []rval
			for _, c := range f.vals {
				vs = append(vs, c.get())
			}
			return vs
		})
	case *syntax.Except:
		f := r.eval(e.Fn, env)
		for _, u := range e.Updates {
			f = r.except(f, u, 0, env)
		}
		return f
	case *syntax.At:
		return env.find(rat).val.get()
	case *syntax.If:
		if r.bool(r.eval(e.Cond, env)) {
			return r.eval(e.Then, env)
		}
		return r.eval(e.Else, env)
	case *syntax.Case:
		for _, a := range e.Arms {
			if r.bool(r.eval(a.Cond, env)) {
				return r.eval(a.Value, env)
			}
		}
		if e.Other == nil {
			rfail("no condition of the CASE is true")
		}
		return r.eval(e.Other, env)
	case *syntax.Let:
		return r.eval(e.Body, r.let(e, env))
	}
	panic(fmt.Sprintf("reference: %T", e))
}

// sound evaluates a function at all its arguments, as TLC does wherever it is
// not applied at once.
func sound(v rval) rval {
	if f, ok := v.(*rfun); ok {
		f.settled()
	}
	return v
}

func (f *rfun) settled() *rfun {
	for _, c := range f.vals {
		c.get()
	}
	return f
}

func (r *reference) argument(args []syntax.Expr, env *renv) rval {
	if len(args) == 1 {
		return r.eval(args[0], env)
	}
	var vs []rval
	for _, a := range args {
		vs = append(vs, r.eval(a, env))
	}
	return r.tuple(vs)
}

func (r *reference) at(f, a rval) *cell {
	c := r.apply(f, a)
	if c == nil {
		rfail("outside of the domain")
	}
	return c
}

// filter is lazy, as in TLC, if the set is.
func (r *reference) filter(e *syntax.SetFilter, env *renv) rval {
	s, ok := r.eval(e.Bound.Set, env).(*rset)
	if !ok {
		rfail("no set")
	}
	test := func(x rval) bool { return r.bool(r.eval(e.Pred, r.bind(e.Bound, e.Bound.Names, x, env))) }
	if s.lazy != nil {
		return &rset{
			lazy:   func(f func(rval) bool) bool { return r.each(s, func(x rval) bool { return !test(x) || f(x) }) },
			member: func(x rval) bool { return r.member(x, s) && test(x) },
		}
	}
	out := &rset{}
	for _, x := range s.elems {
		if test(x) {
			out.elems = append(out.elems, x)
		}
	}
	return out
}

func (r *reference) funcCons(e *syntax.FuncCons, env *renv) rval {
	var sets []rval
	var bs []*syntax.Bound
	var names [][]*syntax.Ident
	for _, b := range e.Bounds {
		s := r.eval(b.Set, env)
		for i := range b.Names {
			if b.Tuple && i > 0 {
				continue
			}
			sets, bs = append(sets, s), append(bs, b)
			if b.Tuple {
				names = append(names, b.Names)
			} else {
				names = append(names, b.Names[i:i+1])
			}
		}
	}
	if len(sets) == 1 {
		return r.function(sets[0], func(a rval) rval { return r.eval(e.Body, r.bind(bs[0], names[0], a, env)) })
	}
	domain := r.product(sets, func(vs []rval) rval { return r.tuple(vs) }, nil)
	return r.function(domain, func(a rval) rval {
		in := env
		for i, v := range r.seq(a) {
			in = r.bind(bs[i], names[i], v, in)
		}
		return r.eval(e.Body, in)
	})
}

// product is a lazy set of what build makes of a choice from each set; parts
// undoes it.
func (r *reference) product(sets []rval, build func([]rval) rval, parts func(rval) []rval) *rset {
	return &rset{
		lazy: func(f func(rval) bool) bool {
			lists := make([][]rval, len(sets))
			for i, s := range sets {
				if lists[i] = r.list(s); len(lists[i]) == 0 {
					return true
				}
			}
			vs := make([]rval, len(sets))
			var nest func(i int) bool
			nest = func(i int) bool {
				if i == len(sets) {
					return f(build(append([]rval(nil), vs...)))
				}
				for _, v := range lists[i] {
					if vs[i] = v; !nest(i + 1) {
						return false
					}
				}
				return true
			}
			return nest(0)
		},
		member: func(x rval) bool {
			vs := parts(x)
			if len(vs) != len(sets) {
				return false
			}
			for i, v := range vs {
				if !r.member(v, sets[i]) {
					return false
				}
			}
			return true
		},
	}
}

func (r *reference) except(f rval, u *syntax.Update, i int, env *renv) rval {
	st := u.Path[i]
	var a rval
	if st.Field != nil {
		a = st.Field.Name
	} else {
		a = r.argument(st.Args, env)
	}
	old := r.apply(f, a)
	if old == nil {
		return f
	}
	if i+1 < len(u.Path) {
		return r.update(f, a, known(r.except(old.get(), u, i+1, env)))
	}
	return r.update(f, a, known(r.eval(u.Value, &renv{up: env, obj: rat, val: old})))
}

func (r *reference) let(e *syntax.Let, env *renv) *renv {
	for _, u := range e.Defs {
		d, ok := u.(*syntax.OpDef)
		if !ok {
			continue // RECURSIVE
		}
		def := r.spec.Defs[d.Name].(*module.Definition)
		env = r.define(def, env)
	}
	return env
}

// define binds a definition, which may refer to itself, in env.
func (r *reference) define(def *module.Definition, env *renv) *renv {
	in := &renv{up: env, obj: def}
	if len(def.Params) == 0 {
		in.val = &cell{f: func() rval { return r.eval(def.Body, env) }}
		return in
	}
	in.op = &rop{body: def.Body, env: in}
	for _, p := range def.Params {
		in.op.params = append(in.op.params, p)
	}
	return in
}

// operator returns what an operator passed as an argument stands for.
func (r *reference) operator(e syntax.Expr, env *renv) *rop {
	if l, ok := e.(*syntax.Lambda); ok {
		op := &rop{body: l.Body, env: env}
		for _, id := range l.Params {
			op.params = append(op.params, r.spec.Defs[id])
		}
		return op
	}
	obj := r.spec.Uses[e.(*syntax.Apply)].Object
	if b := env.find(obj); b != nil {
		return b.op
	}
	if def, ok := obj.(*module.Definition); ok && !def.Native {
		return r.define(def, nil).op
	}
	return &rop{name: obj.ObjectName()}
}

func (r *reference) call(op *rop, args []syntax.Expr, env *renv) rval {
	if op.name != "" {
		return r.builtin(op.name, args, env)
	}
	in := op.env
	for i, p := range op.params {
		if p.NumArgs() > 0 {
			in = &renv{up: in, obj: p, op: r.operator(args[i], env)}
			continue
		}
		in = &renv{up: in, obj: p, val: &cell{f: func() rval { return r.eval(args[i], env) }}}
	}
	return r.eval(op.body, in)
}

// name evaluates a use of a name or operator.
func (r *reference) name(e *syntax.Apply, env *renv) rval {
	obj := r.spec.Uses[e].Object
	if b := env.find(obj); b != nil {
		if b.op != nil {
			return r.call(b.op, e.Args, env)
		}
		return b.val.get()
	}
	switch o := obj.(type) {
	case *module.Variable:
		st := r.s0
		if r.prime {
			st = r.s1
		}
		v, ok := st[o]
		if !ok {
			rfail("a variable without a value")
		}
		return v
	case *module.Definition:
		if !o.Native {
			if len(o.Params) == 0 {
				return r.eval(o.Body, nil)
			}
			return r.call(r.define(o, nil).op, e.Args, env)
		}
	}
	return r.builtin(obj.ObjectName(), e.Args, env)
}

// builtin evaluates an operator of the language or of a standard module.
func (r *reference) builtin(name string, args []syntax.Expr, env *renv) rval {
	arg := func(i int) rval { return r.eval(args[i], env) }
	switch name {
	case "TRUE":
		return true
	case "FALSE":
		return false
	case "BOOLEAN":
		return r.setOf([]rval{false, true})
	case "Nat":
		return &rset{lazy: func(func(rval) bool) bool { rfail("infinite"); return false },
			member: func(x rval) bool { return r.int(x) >= 0 }}
	case `/\`:
		return r.bool(arg(0)) && r.bool(arg(1))
	case `\/`:
		return r.bool(arg(0)) || r.bool(arg(1))
	case "=>":
		return !r.bool(arg(0)) || r.bool(arg(1))
	case "<=>":
		return r.bool(arg(0)) == r.bool(arg(1))
	case "~":
		return !r.bool(arg(0))
	case "'":
		r.prime = true
		v := arg(0)
		r.prime = false
		return v
	case "UNCHANGED":
		return r.test(conjunct{e: args[0], env: env, unchanged: true})
	case "=", "/=":
		return (r.compare(arg(0), arg(1)) == 0) == (name == "=")
	case "+", "-", "*", `\div`, "%":
		return r.arithmetic(name, r.int(arg(0)), r.int(arg(1)))
	case "-.":
		return -r.int(arg(0))
	case "<":
		return r.int(arg(0)) < r.int(arg(1))
	case "=<":
		return r.int(arg(0)) <= r.int(arg(1))
	case ">":
		return r.int(arg(0)) > r.int(arg(1))
	case ">=":
		return r.int(arg(0)) >= r.int(arg(1))
	case "..":
		var vs []rval
		for i, n := r.int(arg(0)), r.int(arg(1)); i <= n; i++ {
			if vs = append(vs, i); len(vs) > 1<<12 {
				panic("reference: too many steps")
			}
		}
		return &rset{elems: vs}
	case `\in`:
		x := arg(0)
		return r.member(x, arg(1))
	case `\notin`:
		x := arg(0)
		return !r.member(x, arg(1))
	case `\subseteq`:
		a, b := arg(0), arg(1)
		return r.each(a, func(x rval) bool { return r.member(x, b) })
	case `\cup`:
		a, b := arg(0), arg(1)
		if a.(*rset).lazy == nil && b.(*rset).lazy == nil {
			return r.setOf(append(append([]rval(nil), r.list(a)...), r.list(b)...))
		}
		return &rset{lazy: func(f func(rval) bool) bool {
			first, second := a, b
			if b.(*rset).lazy == nil {
				first, second = b, a // TLC begins with the one that is enumerated
			}
			return r.each(first, f) && r.each(second, f)
		}, member: func(x rval) bool { return r.member(x, a) || r.member(x, b) }}
	case `\cap`, `\`:
		a, b := arg(0), arg(1)
		if name == `\cap` && a.(*rset).lazy != nil {
			a, b = b, a
		}
		out := &rset{}
		for _, x := range r.list(a) {
			if r.member(x, b) == (name == `\cap`) {
				out.elems = append(out.elems, x)
			}
		}
		return out
	case "SUBSET":
		return r.powerset(arg(0))
	case "UNION":
		var vs []rval
		for _, s := range r.list(arg(0)) {
			vs = append(vs, r.list(s)...)
		}
		return r.setOf(vs)
	case "DOMAIN":
		f, ok := sound(arg(0)).(*rfun)
		if !ok {
			rfail("no function")
		}
		return &rset{elems: f.args}
	case "Cardinality":
		return len(r.list(arg(0)))
	case "Len":
		return len(r.seq(arg(0)))
	case "Append":
		return r.tuple(append(r.seq(arg(0)), arg(1)))
	case `\o`:
		return r.tuple(append(r.seq(arg(0)), r.seq(arg(1))...))
	case "Head", "Tail":
		q := r.seq(arg(0))
		if len(q) == 0 {
			rfail("the empty sequence")
		}
		if name == "Head" {
			return q[0]
		}
		return r.tuple(q[1:])
	case "SubSeq":
		q, i, j := r.seq(arg(0)), r.int(arg(1)), r.int(arg(2))
		if i > j {
			return r.tuple(nil)
		}
		if i < 1 || j > len(q) {
			rfail("SubSeq")
		}
		return r.tuple(q[i-1 : j])
	case "SelectSeq":
		q, op := r.seq(arg(0)), r.operator(args[1], env)
		var vs []rval
		for _, v := range q {
			if r.bool(r.eval(op.body, &renv{up: op.env, obj: op.params[0], val: known(v)})) {
				vs = append(vs, v)
			}
		}
		return r.tuple(vs)
	}
	panic("reference: operator " + name)
}

func (r *reference) arithmetic(op string, a, b int) rval {
	var n int
	switch op {
	case "+":
		n = a + b
	case "-":
		n = a - b
	case "*":
		n = a * b
	case `\div`:
		if b == 0 {
			rfail("division by zero")
		}
		n = int(math.Floor(float64(a) / float64(b)))
	case "%":
		if b <= 0 {
			rfail("modulus")
		}
		n = a - b*int(math.Floor(float64(a)/float64(b)))
	}
	if n > math.MaxInt32 || n < math.MinInt32 {
		rfail("overflow")
	}
	return n
}

func (r *reference) powerset(s rval) rval {
	return &rset{
		lazy: func(f func(rval) bool) bool {
			elems := r.list(s)
			if len(elems) > 12 {
				panic("reference: too many steps")
			}
			var all []rval
			for bits := range 1 << len(elems) {
				sub := &rset{}
				for i, e := range elems {
					if bits>>i&1 == 1 {
						sub.elems = append(sub.elems, e)
					}
				}
				all = append(all, sub)
			}
			return r.each(r.setOf(all), f)
		},
		member: func(x rval) bool { return r.each(x, func(e rval) bool { return r.member(e, s) }) },
	}
}
