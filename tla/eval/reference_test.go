package eval_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// The reference evaluator walks the tree, holds values as plain Go data, and is
// as simple as TLC's rules allow: no slots, no sharing of values, no memory of
// what was computed before. It knows what the generator writes, and no more.

// rval is bool, int, string, *rset or *rfun.
type rval any

// rset is a set: enumerated, or known by its members and a way to list them.
type rset struct {
	elems  []rval // in order, each once, if lazy is nil
	lazy   func(func(rval) bool) bool
	member func(rval) bool
}

// rfun is a function; its values are evaluated when they are needed.
type rfun struct {
	args []rval // in order
	vals []*cell
}

// cell is a value computed when it is first needed.
type cell struct {
	f    func() rval
	v    rval
	done bool
}

func (c *cell) get() rval {
	if !c.done {
		c.v = c.f()
		c.done = true
	}
	return c.v
}

func known(v rval) *cell { return &cell{v: v, done: true} }

// rerror is an error of evaluation.
type rerror string

func rfail(format string, args ...any) { panic(rerror(fmt.Sprintf(format, args...))) }

// renv is what the names around an expression stand for.
type renv struct {
	up  *renv
	obj module.Object
	val *cell
	op  *rop
}

type rop struct {
	params []module.Object
	body   syntax.Expr
	env    *renv
	name   string // of a built-in operator
}

var rat module.Object = &module.Bound{Name: "@"}

func (e *renv) find(o module.Object) *renv {
	for ; e != nil; e = e.up {
		if e.obj == o {
			return e
		}
	}
	return nil
}

// reference evaluates the expressions of a specification.
type reference struct {
	spec  *module.Spec
	store *value.Store // for the order of strings
	s0    map[module.Object]rval
	s1    map[module.Object]rval
	prime bool
	steps int
}

func (r *reference) isRecord(f *rfun) bool {
	for _, a := range f.args {
		if _, ok := a.(string); !ok {
			return false
		}
	}
	return len(f.args) > 0
}

func (r *reference) isSeq(f *rfun) bool {
	for i, a := range f.args {
		if a != i+1 {
			return false
		}
	}
	return true
}

func (r *reference) compare(a, b rval) int {
	switch a := a.(type) {
	case bool:
		if b, ok := b.(bool); ok {
			return cmp.Compare(map[bool]int{true: 1}[a], map[bool]int{true: 1}[b])
		}
	case int:
		if b, ok := b.(int); ok {
			return cmp.Compare(a, b)
		}
	case string:
		if b, ok := b.(string); ok {
			return cmp.Compare(r.store.Str(a), r.store.Str(b))
		}
	case *rset:
		if b, ok := b.(*rset); ok {
			return r.compareLists(r.list(a), r.list(b))
		}
	case *rfun:
		b, ok := b.(*rfun)
		if !ok {
			break
		}
		a.settled() // TLC enumerates functions before it compares them
		b.settled()
		if len(a.args) > 0 && len(b.args) > 0 && r.isRecord(a) && !r.isRecord(b) {
			break
		}
		if c := cmp.Compare(len(a.args), len(b.args)); c != 0 {
			return c
		}
		for i := range a.args {
			if c := r.compare(a.args[i], b.args[i]); c != 0 {
				return c
			}
			if c := r.compare(a.vals[i].get(), b.vals[i].get()); c != 0 {
				return c
			}
		}
		return 0
	}
	rfail("cannot compare %T and %T", a, b)
	return 0
}

func (r *reference) compareLists(a, b []rval) int {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	for i := range a {
		if c := r.compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

func (r *reference) setOf(elems []rval) *rset {
	elems = slices.Clone(elems)
	slices.SortStableFunc(elems, r.compare)
	return &rset{elems: slices.CompactFunc(elems, func(a, b rval) bool { return r.compare(a, b) == 0 })}
}

// each lists the elements of a set until f returns false.
func (r *reference) each(s rval, f func(rval) bool) bool {
	set, ok := s.(*rset)
	if !ok {
		rfail("no set")
	}
	if set.lazy != nil {
		return set.lazy(f)
	}
	for _, e := range set.elems {
		if !f(e) {
			return false
		}
	}
	return true
}

func (r *reference) list(s rval) []rval {
	if set, ok := s.(*rset); ok && set.lazy == nil {
		return set.elems
	}
	var out []rval
	r.each(s, func(e rval) bool {
		if r.steps++; r.steps > 1<<20 {
			panic("reference: too many steps")
		}
		out = append(out, e)
		return true
	})
	return r.setOf(out).elems
}

func (r *reference) member(x, s rval) bool {
	set, ok := s.(*rset)
	if !ok {
		rfail("no set")
	}
	if set.member != nil {
		return set.member(x)
	}
	for _, e := range set.elems {
		if r.compare(e, x) == 0 {
			return true
		}
	}
	return false
}

func (r *reference) function(s rval, f func(rval) rval) *rfun {
	out := &rfun{args: r.list(s)}
	for _, a := range out.args {
		out.vals = append(out.vals, &cell{f: func() rval { return f(a) }})
	}
	return out
}

func (r *reference) tuple(vs []rval) *rfun {
	out := &rfun{}
	for i, v := range vs {
		out.args, out.vals = append(out.args, i+1), append(out.vals, known(v))
	}
	return out
}

func (r *reference) seq(v rval) []rval {
	f, ok := v.(*rfun)
	if !ok || !r.isSeq(f) {
		rfail("no sequence")
	}
	var out []rval
	for _, c := range f.vals {
		out = append(out, c.get())
	}
	return out
}

func (r *reference) apply(f, a rval) *cell {
	fn, ok := f.(*rfun)
	if !ok {
		rfail("no function")
	}
	for i, x := range fn.args {
		if r.compare(x, a) == 0 {
			return fn.vals[i]
		}
	}
	return nil
}

func (r *reference) update(f rval, a rval, v *cell) rval {
	fn := f.(*rfun)
	out := &rfun{args: fn.args, vals: slices.Clone(fn.vals)}
	for i, x := range fn.args {
		if r.compare(x, a) == 0 {
			out.vals[i] = v
		}
	}
	return out
}

// print writes a value in TLC's notation.
func (r *reference) print(v rval) string {
	join := func(open, sep, end string, n int, f func(i int) string) string {
		var parts []string
		for i := range n {
			parts = append(parts, f(i))
		}
		return open + strings.Join(parts, sep) + end
	}
	switch v := v.(type) {
	case bool:
		return strings.ToUpper(fmt.Sprint(v))
	case string:
		return fmt.Sprintf("%q", v)
	case *rset:
		es := r.list(v)
		return join("{", ", ", "}", len(es), func(i int) string { return r.print(es[i]) })
	case *rfun:
		val := func(i int) string { return r.print(v.vals[i].get()) }
		if r.isSeq(v) {
			return join("<<", ", ", ">>", len(v.args), val)
		}
		if r.isRecord(v) {
			return join("[", ", ", "]", len(v.args), func(i int) string { return v.args[i].(string) + " |-> " + val(i) })
		}
		return join("(", " @@ ", ")", len(v.args), func(i int) string { return r.print(v.args[i]) + " :> " + val(i) })
	}
	return fmt.Sprint(v)
}

func (r *reference) bool(v rval) bool {
	b, ok := v.(bool)
	if !ok {
		rfail("no boolean")
	}
	return b
}

func (r *reference) int(v rval) int {
	i, ok := v.(int)
	if !ok {
		rfail("no integer")
	}
	return i
}

// bind gives the variables of one bound their values from an element.
func (r *reference) bind(b *syntax.Bound, names []*syntax.Ident, e rval, env *renv) *renv {
	if !b.Tuple {
		return &renv{up: env, obj: r.spec.Defs[names[0]], val: known(e)}
	}
	vs := r.seq(e)
	if len(vs) != len(names) {
		rfail("a tuple of another length")
	}
	for i, id := range names {
		env = &renv{up: env, obj: r.spec.Defs[id], val: known(vs[i])}
	}
	return env
}

// assignments calls f with every assignment to the bounds, the first variable
// changing fastest.
func (r *reference) assignments(bs []*syntax.Bound, env *renv, f func(*renv) bool) bool {
	type one struct {
		b     *syntax.Bound
		names []*syntax.Ident
		set   rval
	}
	var all []one
	for _, b := range bs {
		s := r.eval(b.Set, env)
		if b.Tuple {
			all = append(all, one{b, b.Names, s})
			continue
		}
		for i := range b.Names {
			all = append(all, one{b, b.Names[i : i+1], s})
		}
	}
	var nest func(i int, in *renv) bool
	nest = func(i int, in *renv) bool {
		if i < 0 {
			return f(in)
		}
		return r.each(all[i].set, func(e rval) bool { return nest(i-1, r.bind(all[i].b, all[i].names, e, in)) })
	}
	return nest(len(all)-1, env)
}
