package eval_test

import (
	"fmt"
	"maps"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// conjunct is what is still to be satisfied of an action.
type conjunct struct {
	e         syntax.Expr
	env       *renv
	unchanged bool // it is an argument of UNCHANGED
}

// successors satisfies a list of conjuncts from left to right, as TLC does: with
// every variable assigned, what is left is only tested.
func (r *reference) successors(todo []conjunct, s1 map[module.Object]rval, emit func(map[module.Object]rval)) {
	if r.steps++; r.steps > 1<<20 {
		panic("reference: too many steps")
	}
	r.s1 = s1
	if len(todo) == 0 {
		emit(s1)
		return
	}
	if len(s1) == len(r.s0) {
		for _, c := range todo {
			if !r.bool(r.test(c)) {
				return
			}
		}
		emit(s1)
		return
	}
	c, rest := todo[0], todo[1:]
	also := func(e syntax.Expr, env *renv) { r.successors(append([]conjunct{{e: e, env: env}}, rest...), s1, emit) }
	assign := func(v module.Object, val rval) {
		next := maps.Clone(s1)
		next[v] = deep(val)
		r.successors(rest, next, emit)
	}
	if c.unchanged {
		if t, ok := c.e.(*syntax.Tuple); ok {
			var list []conjunct
			for _, x := range t.Elems {
				list = append(list, conjunct{e: x, env: c.env, unchanged: true})
			}
			r.successors(append(list, rest...), s1, emit)
			return
		}
		v := r.spec.Uses[c.e.(*syntax.Apply)].Object
		if old, ok := s1[v]; !ok {
			assign(v, r.s0[v])
		} else if r.compare(old, r.s0[v]) == 0 {
			r.successors(rest, s1, emit)
		}
		return
	}
	switch e := c.e.(type) {
	case *syntax.Junction:
		if e.Op == `/\` {
			var list []conjunct
			for _, x := range e.Items {
				list = append(list, conjunct{e: x, env: c.env})
			}
			r.successors(append(list, rest...), s1, emit)
			return
		}
		for _, x := range e.Items {
			also(x, c.env)
		}
		return
	case *syntax.Quant:
		if e.Kind == syntax.Exists {
			r.assignments(e.Bounds, c.env, func(in *renv) bool { also(e.Body, in); r.s1 = s1; return true })
			return
		}
		var list []conjunct
		r.assignments(e.Bounds, c.env, func(in *renv) bool { list = append(list, conjunct{e: e.Body, env: in}); return true })
		r.successors(append(list, rest...), s1, emit)
		return
	case *syntax.If:
		if r.bool(r.eval(e.Cond, c.env)) {
			also(e.Then, c.env)
		} else {
			also(e.Else, c.env)
		}
		return
	case *syntax.Let:
		also(e.Body, r.let(e, c.env))
		return
	case *syntax.Apply:
		switch name := r.spec.Uses[e].Object.ObjectName(); name {
		case `/\`:
			r.successors(append([]conjunct{{e: e.Args[0], env: c.env}, {e: e.Args[1], env: c.env}}, rest...), s1, emit)
			return
		case `\/`:
			also(e.Args[0], c.env)
			also(e.Args[1], c.env)
			return
		case "UNCHANGED":
			r.successors(append([]conjunct{{e: e.Args[0], env: c.env, unchanged: true}}, rest...), s1, emit)
			return
		case "=", `\in`:
			p, ok := e.Args[0].(*syntax.Apply)
			if !ok || r.spec.Uses[p].Object.ObjectName() != "'" {
				break
			}
			v := r.spec.Uses[p.Args[0].(*syntax.Apply)].Object
			if _, ok := s1[v]; ok {
				break
			}
			val := r.eval(e.Args[1], c.env)
			if name == "=" {
				assign(v, val)
				return
			}
			r.each(val, func(x rval) bool { assign(v, x); return true })
			return
		}
		if def, ok := r.spec.Uses[e].Object.(*module.Definition); ok && strings.HasPrefix(def.Name, "A") {
			op := r.define(def, nil).op
			in := op.env
			for i, p := range op.params {
				in = &renv{up: in, obj: p, val: &cell{f: func() rval { return r.eval(e.Args[i], c.env) }}}
			}
			also(op.body, in)
			return
		}
	}
	if r.bool(r.eval(c.e, c.env)) {
		r.successors(rest, s1, emit)
	}
}

// deep evaluates all that a value holds.
func deep(v rval) rval {
	switch v := v.(type) {
	case *rset:
		for _, e := range v.elems {
			deep(e)
		}
	case *rfun:
		for _, c := range v.vals {
			deep(c.get())
		}
	}
	return v
}

// test evaluates a conjunct when every variable has its value.
func (r *reference) test(c conjunct) rval {
	if !c.unchanged {
		return r.eval(c.e, c.env)
	}
	if t, ok := c.e.(*syntax.Tuple); ok {
		for _, x := range t.Elems {
			if r.test(conjunct{e: x, env: c.env, unchanged: true}) == false {
				return false
			}
		}
		return true
	}
	v := r.spec.Uses[c.e.(*syntax.Apply)].Object
	return r.compare(r.s1[v], r.s0[v]) == 0
}

// action writes a random action.
func (g *generator) action(depth int) string {
	e := func(t *gtype) string { return g.expr(t, 1+g.Intn(2)) }
	v := generatedVars[g.Intn(len(generatedVars))]
	if depth <= 0 || g.Intn(4) == 0 {
		return g.pick(
			func() string { return fmt.Sprintf("(%s' = %s)", v.name, e(v.typ)) },
			func() string { return fmt.Sprintf("(%s' = %s)", v.name, e(v.typ)) },
			func() string { return fmt.Sprintf("(%s' \\in %s)", v.name, e(&gtype{'S', v.typ})) },
			func() string { return "(UNCHANGED " + v.name + ")" },
			func() string { return "(UNCHANGED <<x, s>>)" },
			func() string { return "(x' = x' + 1)" },
			func() string { return "(x' >= " + e(gInt) + ")" },
			func() string { return e(gBool) },
			func() string { return fmt.Sprintf("AMove(%s)", e(gInt)) },
		)
	}
	a := func() string { return g.action(depth - 1) }
	return g.pick(
		func() string { return "(" + a() + " /\\ " + a() + ")" },
		func() string { return "(" + a() + " /\\ " + a() + ")" },
		func() string { return "(" + a() + " /\\ " + a() + " /\\ " + a() + ")" },
		func() string { return "(" + a() + " \\/ " + a() + ")" },
		func() string { return "(IF " + e(gBool) + " THEN " + a() + " ELSE " + a() + ")" },
		func() string {
			b, n := g.bound(gInt, 1)
			return "(\\E " + b + " : " + g.with(a, n) + ")"
		},
		func() string {
			b, n := g.bound(gInt, 1)
			c, m := g.bound(gInt, 1)
			return "(\\E " + b + ", " + c + " : " + g.with(a, n, m) + ")"
		},
		func() string {
			b, n := g.bound(gInt, 0)
			return "(\\A " + b + " : " + g.with(a, n) + ")"
		},
		func() string {
			u, w := g.typ(1), g.fresh()
			def := e(u)
			return "(LET " + w + " == " + def + " IN " + g.with(a, gname{name: w, typ: u}) + ")"
		},
	)
}

const generatedActions = generatedModule + `AMove(k) == \/ x' = k /\ k \in s
            \/ \E i \in DOMAIN f : x' = f[i] /\ f' = [f EXCEPT ![i] = k]
`

// steps returns the successors of x = 1, s = {0, 2}, f = [0..2 |-> 1] in the
// order found, by the reference and by the engine; an error is the last line.
func steps(t *testing.T, action string) (want, got []string, detail error, ok bool) {
	m, err := loadGenerated(generatedActions + "Next == " + action + "\n====\n")
	require.NoError(t, err, action)
	r := &reference{spec: m.Spec, store: m.Store, s0: map[module.Object]rval{}}
	l := value.NewLocal(m.Store)
	one := value.Int(1)
	set := l.SetOf(value.Int(0), one, value.Int(2))
	state := []value.Value{one, l.SetOf(value.Int(0), value.Int(2)), l.Func(l.Elems(set), []value.Value{one, one, one})}
	rs := []rval{1, r.setOf([]rval{0, 2}), r.function(r.setOf([]rval{0, 1, 2}), func(rval) rval { return 1 })}
	for i, v := range m.Program.Vars {
		r.s0[v] = rs[i]
	}
	_, ok = r.attempt(func() {
		body := m.Spec.Root.Lookup("Next").Object.(*module.Definition).Body
		r.successors([]conjunct{{e: body}}, map[module.Object]rval{}, func(s1 map[module.Object]rval) {
			line := ""
			for _, v := range m.Program.Vars {
				if val, ok := s1[v]; ok {
					line += r.print(val) + " "
				} else {
					line += "null "
				}
			}
			want = append(want, line)
		})
	}, &want)
	if !ok || len(want) > 2000 {
		return nil, nil, nil, false
	}
	ref, _ := m.Program.Lookup("Next")
	gen, err := m.Program.Next(ref)
	require.NoError(t, err)
	mach := eval.NewMachine(m.Program)
	detail = mach.Generate(gen, state, func(s1 []value.Value, _ *eval.Leaf) bool {
		line := ""
		for _, v := range s1 {
			line += mach.Local.Print(v) + " "
		}
		got = append(got, line)
		return true
	})
	if detail != nil {
		got = append(got, "error")
	}
	return want, got, detail, true
}

// attempt runs f; an error of evaluation becomes the last of out.
func (r *reference) attempt(f func(), out *[]string) (failed, ok bool) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case rerror:
			*out = append(*out, "error")
			failed, ok = true, true
		case string:
			if p != "reference: too many steps" {
				panic(p)
			}
		default:
			panic(p)
		}
	}()
	f()
	return false, true
}

func compareSteps(t *testing.T, seed int64) (known, errors, some bool) {
	g := &generator{Rand: rand.New(rand.NewSource(seed)), scope: generatedVars}
	action := g.action(2 + g.Intn(3))
	want, got, detail, ok := steps(t, action)
	if ok && strings.Join(want, "\n") != strings.Join(got, "\n") {
		t.Errorf("seed %d: Next == %s\nthe reference finds\n%s\nthe engine finds\n%s\n%v", seed, action, strings.Join(want, "\n"), strings.Join(got, "\n"), detail)
	}
	return ok, len(want) > 0 && want[len(want)-1] == "error", len(want) > 1
}

// The engine finds the successors of random actions that the reference finds, in
// the same order and as often.
func TestActionsAgainstReference(t *testing.T) {
	n := 1500
	var known, errors, some int
	for seed := range n {
		k, e, s := compareSteps(t, int64(seed))
		for c, b := range map[*int]bool{&known: k, &errors: e, &some: s} {
			if b {
				*c++
			}
		}
		if t.Failed() && seed > 100 {
			break
		}
	}
	require.Greater(t, known, n*9/10, "the reference gave up too often")
	require.Greater(t, some, n/10, "too few actions with several successors")
	require.Less(t, errors, n*2/3, "too few actions without error")
}

func FuzzActionsAgainstReference(f *testing.F) {
	f.Add(int64(1))
	f.Fuzz(func(t *testing.T, seed int64) { compareSteps(t, seed) })
}
