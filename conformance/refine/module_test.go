package refine

import (
	"math/big"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

func TestText(t *testing.T) {
	for _, x := range []struct {
		v    any
		want string
	}{
		{true, "TRUE"}, {false, "FALSE"}, {int64(7), "7"}, {int64(-7), "-7"},
		{new(big.Int).Lsh(big.NewInt(1), 70), "1180591620717411303424"},
		{"p1", `"p1"`}, {`a"b\c`, `"a\"b\\c"`}, {"", `""`}, {" ~", `" ~"`},
		{[]any{}, "<<>>"}, {[]any{int64(1), "a"}, `<<1, "a">>`}, {trace.Tuple{int64(1)}, "<<1>>"},
		{trace.Set{}, "{}"}, {trace.Set{"b", "a"}, `{"b", "a"}`},
		{map[string]any{}, "<<>>"}, {map[string]any{"b": int64(1), "a b": true}, `("a b" :> TRUE @@ "b" :> 1)`},
		{trace.Func{}, "<<>>"}, {trace.Func{{int64(1), trace.Set{}}, {trace.Tuple{}, int64(-2)}}, "(1 :> {} @@ <<>> :> -2)"},
		{trace.Set{[]any{map[string]any{"k": trace.Func{{"x", "y"}}}}}, `{<<("k" :> ("x" :> "y"))>>}`},
	} {
		got, err := words(nil).text(x.v)
		assert.NoError(t, err)
		assert.Equal(t, x.want, got)
	}
	for _, x := range []struct {
		v    any
		want string
	}{
		{nil, "expected a value of a trace, found <nil>"},
		{7, "expected a value of a trace, found int"},
		{trace.Set{1.5}, "expected a value of a trace, found float64"},
		{"a\nb", `a string in a specification holds printable ASCII, found "a\nb"`},
		{"é", `a string in a specification holds printable ASCII, found "é"`},
		{trace.Func{{"\x00", int64(1)}}, `a string in a specification holds printable ASCII, found "\x00"`},
		{map[string]any{"\n====": true}, `a string in a specification holds printable ASCII, found "\n===="`},
	} {
		_, err := words(nil).text(x.v)
		assert.EqualError(t, err, x.want)
	}
}

func TestEventText(t *testing.T) {
	e := trace.Event{Node: "p1", Action: "A", Args: []any{"p1", int64(2)},
		Local: map[string]any{"y": int64(1), "x": "s"}, Vars: map[string]any{"v": trace.Set{}}}
	got, err := words(nil).eventText(e)
	require.NoError(t, err)
	require.Equal(t, `A("p1", 2) /\ x'["p1"] = "s" /\ y'["p1"] = 1 /\ v' = {}`, got)

	for want, change := range map[string]func(*trace.Event){
		`expected the name of an action, found ""`:                                  func(e *trace.Event) { e.Action = "" },
		`expected the name of an action, found "A /\\ TRUE"`:                        func(e *trace.Event) { e.Action = `A /\ TRUE` },
		`expected the name of an action, found "A\n==== "`:                          func(e *trace.Event) { e.Action = "A\n==== " },
		`expected the name of an action, found "1"`:                                 func(e *trace.Event) { e.Action = "1" },
		`expected the name of an action, found "Ä"`:                                 func(e *trace.Event) { e.Action = "Ä" },
		`expected the name of a variable, found "x' = 1 \\/ y"`:                     func(e *trace.Event) { e.Vars = map[string]any{`x' = 1 \/ y`: true} },
		`expected the name of a variable, found ""`:                                 func(e *trace.Event) { e.Local = map[string]any{"": true} },
		`variable x: a string in a specification holds printable ASCII, found "\n"`: func(e *trace.Event) { e.Local = map[string]any{"x": "\n"} },
		`a string in a specification holds printable ASCII, found "p\n"`:            func(e *trace.Event) { e.Node = "p\n" },
		`expected a value of a trace, found <nil>`:                                  func(e *trace.Event) { e.Args = []any{nil} },
	} {
		bad := e
		change(&bad)
		_, err := words(nil).eventText(bad)
		assert.EqualError(t, err, want)
	}
}

// sliceOf makes a slice of events written as "A(p1)".
func sliceOf(name, line string) trace.Slice {
	s := trace.Slice{Name: name}
	for i, w := range strings.Fields(line) {
		action, arg, ok := strings.Cut(strings.TrimSuffix(w, ")"), "(")
		e := trace.Event{Node: "n", Seq: uint64(i + 1), Action: action}
		if ok {
			e.Args = []any{arg}
		}
		s.Events = append(s.Events, e)
	}
	return s
}

// testSpec is read for its definitions only: no TLC runs here.
var testSpec = Spec{Module: "Spec", Modules: fstest.MapFS{"Spec.tla": {Data: []byte(`---- MODULE Spec ----
CONSTANTS P, Q
VARIABLE x
Init == x = 0
Begin == x' = 0
A(p) == x' = 1
B ==
  x' = 2
Recover(p) == x' = 3
Crash(p) == x' = 4
Z == x' = 5
====
`)}}}

func TestModuleText(t *testing.T) {
	datadriven.RunTest(t, "testdata/module", func(t *testing.T, d *datadriven.TestData) string {
		spec := testSpec
		for _, a := range d.CmdArgs {
			if a.Key == "silent" {
				spec.Silent = map[string]string{a.Vals[0]: a.Vals[1]}
			}
		}
		actions, err := actionNames(spec)
		require.NoError(t, err)
		var list []trace.Slice
		for i, line := range strings.Split(d.Input, "\n") {
			list = append(list, sliceOf(string(rune('a'+i)), line))
		}
		batches, rejected, err := batches(spec, actions, list)
		require.NoError(t, err)
		require.Empty(t, rejected)
		require.Len(t, batches, 1)
		return string(batches[0].module(spec, "Judge", d.HasArg("every")))
	})
}

// The tree of decisions picks each event by its number, and no other.
func TestDecide(t *testing.T) {
	for n := 1; n <= 40; n++ {
		actions := make([]string, n)
		for i := range actions {
			if i%3 != 1 {
				actions[i] = strings.Repeat("x", i+1)
			}
		}
		var m strings.Builder
		decide(&m, actions, 1, "")
		lines := strings.Split(strings.TrimSuffix(m.String(), "\n"), "\n")
		for k := 1; k <= n; k++ {
			want := "FALSE"
			if a := actions[k-1]; a != "" {
				want = "(" + a + ")"
			}
			got, rest := pick(t, lines, k)
			require.Equal(t, want, got, "%d of %d", k, n)
			require.Empty(t, rest)
		}
	}
}

// pick evaluates IF k < N THEN ... ELSE ... as TLA+ would.
func pick(t *testing.T, lines []string, k int) (value string, rest []string) {
	line := strings.TrimSpace(lines[0])
	bound, ok := strings.CutPrefix(line, "IF k < ")
	if !ok {
		return line, lines[1:]
	}
	n := atoi(strings.TrimSuffix(bound, " THEN"))
	require.Positive(t, n, line)
	yes, rest := pick(t, lines[1:], k)
	require.Equal(t, "ELSE", strings.TrimSpace(rest[0]))
	no, rest := pick(t, rest[1:], k)
	if k < n {
		return yes, rest
	}
	return no, rest
}

func TestActionNames(t *testing.T) {
	names, err := actionNames(testSpec)
	require.NoError(t, err)
	require.Equal(t, map[string]bool{"Init": true, "Begin": true, "A": true, "B": true, "Recover": true, "Crash": true, "Z": true}, names)
}

func TestCollector(t *testing.T) {
	with := func(s trace.Slice, change func(*trace.Slice)) trace.Slice {
		s.Events = append([]trace.Event(nil), s.Events...)
		change(&s)
		return s
	}
	base := sliceOf("1", "Begin A(p1) B")
	var c Collector
	c.Add("run 1", base)
	c.Add("run 2", with(base, func(s *trace.Slice) { // differs in nothing that the specification sees
		s.Name = "2"
		s.Events[0].Seq, s.Events[0].Clock, s.Events[0].Sent = 9, map[string]uint64{"n": 9}, []string{"7"}
	}))
	different := []trace.Slice{
		with(base, func(s *trace.Slice) { s.Events[1].Args = []any{"p2"} }),
		with(base, func(s *trace.Slice) { s.Events[2].Action = "Z" }),
		with(base, func(s *trace.Slice) { s.Events[1].Local = map[string]any{"x": int64(1)} }),
		with(base, func(s *trace.Slice) { s.Events[1].Local = map[string]any{"x": int64(2)} }),
		with(base, func(s *trace.Slice) { s.Events[1].Vars = map[string]any{"x": int64(1)} }),
		with(base, func(s *trace.Slice) { s.Constants = map[string]any{"P": trace.Set{"p1"}} }),
		with(base, func(s *trace.Slice) { s.Events = s.Events[:2] }),
		with(base, func(s *trace.Slice) { s.Events[1].Node, s.Events[1].Action = "m", "not a name" }),
		with(base, func(s *trace.Slice) { s.Events = nil }),
	}
	for _, s := range different {
		c.Add("", s)
		c.Add("again", s)
	}
	got := c.Distinct()
	require.Len(t, got, 1+len(different))
	require.Equal(t, "run 1 1", got[0].Name)
	require.Equal(t, "1", got[1].Name)
	slices, events := c.Total()
	require.Equal(t, 2+2*len(different), slices)
	require.Equal(t, 2*3+2*(7*3-1+3), events)
}
