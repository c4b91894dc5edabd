package eval_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

const generatedModule = `---- MODULE M ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES x, s, f
Twice(Op(_), a) == Op(Op(a))
RECURSIVE FoldFrom(_, _, _)
Fold(Op(_, _), a, q) == LET RECURSIVE go(_, _)
                            go(b, i) == IF i > Len(q) THEN b ELSE go(Op(b, q[i]), i + 1)
                        IN  go(a, 1)
FoldFrom(a, b, c) == a
`

var generatedVars = []gname{{name: "x", typ: gInt}, {name: "s", typ: &gtype{'S', gInt}}, {name: "f", typ: &gtype{'F', gInt}}}

func loadGenerated(src string) (*check.Model, error) {
	c, err := config.Parse("M.cfg", nil)
	if err != nil {
		return nil, err
	}
	spec, err := module.LoadSource("M.tla", []byte(src), module.Options{})
	if err != nil {
		return nil, err
	}
	return check.New(spec, c)
}

// answers evaluates E of the module src with the reference and with the engine,
// in the state x = 1, s = {0, 2}, f = [0..2 |-> 1]. An error is the answer
// "error". ok is false if the reference takes too long.
func answers(src string) (want, got, detail string, ok bool, err error) {
	m, err := loadGenerated(src)
	if err != nil {
		return "", "", "", false, err
	}
	def := m.Spec.Root.Lookup("E").Object.(*module.Definition)
	r := &reference{spec: m.Spec, store: m.Store, s0: map[module.Object]rval{}}
	l := value.NewLocal(m.Store)
	zero, one, two := value.Int(0), value.Int(1), value.Int(2)
	set := l.SetOf(zero, one, two)
	fn := l.Func(l.Elems(set), []value.Value{one, one, one})
	state := []value.Value{one, l.SetOf(zero, two), fn}
	rs := []rval{1, r.setOf([]rval{0, 2}), r.function(r.setOf([]rval{0, 1, 2}), func(rval) rval { return 1 })}
	for i, v := range m.Program.Vars {
		r.s0[v] = rs[i]
	}
	want, ok = r.answer(def.Body)
	if !ok {
		return "", "", "", false, nil
	}
	ref, _ := m.Program.Lookup("E")
	e, err := m.Program.Expr(ref)
	if err != nil {
		return "", "", "", false, err
	}
	mach := eval.NewMachine(m.Program)
	v, everr := mach.Eval(e, state, nil)
	if everr != nil {
		return want, "error", everr.Error(), true, nil
	}
	return want, mach.Local.Print(v), "", true, nil
}

// answer is the value of e, or "error".
func (r *reference) answer(e syntax.Expr) (out string, ok bool) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case rerror:
			out, ok = "error", true
		case string:
			if p != "reference: too many steps" {
				panic(p)
			}
		default:
			panic(p)
		}
	}()
	return r.print(r.eval(e, nil)), true
}

func compareAnswers(t *testing.T, seed int64, depth int) (known, errors bool) {
	g := &generator{Rand: rand.New(rand.NewSource(seed)), scope: generatedVars}
	expr := g.expr(g.typ(2), depth)
	want, got, detail, ok, err := answers(generatedModule + "E == " + expr + "\n====\n")
	require.NoError(t, err, "seed %d: %s", seed, expr)
	if ok && got != want {
		t.Errorf("seed %d, depth %d: E == %s\nthe reference says %s\nthe engine says    %s %s", seed, depth, expr, want, got, detail)
	}
	return ok, want == "error"
}

// The engine and the reference agree on random expressions.
func TestAgainstReference(t *testing.T) {
	n := 1500
	if testing.Short() {
		n = 500
	}
	var known, errors int
	for seed := range n {
		k, e := compareAnswers(t, int64(seed), 2+seed%4)
		if k {
			known++
		}
		if e {
			errors++
		}
		if t.Failed() && seed > 200 {
			break
		}
	}
	require.Greater(t, known, n*9/10, "the reference gave up too often")
	require.Greater(t, errors, n/50, "too few errors to speak of")
	require.Less(t, errors, n*2/3, "too few values to speak of")
}

func FuzzAgainstReference(f *testing.F) {
	for seed := range 8 {
		f.Add(int64(seed), uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed int64, depth uint8) { compareAnswers(t, seed, 1+int(depth%5)) })
}

// The reference is a control: it must not agree with anything.
func TestReferenceCanDisagree(t *testing.T) {
	want, got, _, ok, err := answers(generatedModule + "E == {x + 1} \\cup s\n====\n")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "{0, 2}", want)
	require.Equal(t, want, got)
	want, _, _, _, err = answers(generatedModule + "E == f[3]\n====\n")
	require.NoError(t, err)
	require.Equal(t, "error", want)
	require.NotEqual(t, "{0, 2}", strings.TrimSpace(fmt.Sprint(want)))
}
