package check

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

// summary is all of a result that must be the same whatever the number of
// workers.
func summary(r *Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Verdict, r.Kind, r.Property, r.PropertyAt, r.Reasons, r.Err)
	fmt.Fprintln(&b, r.Generated, r.Distinct, r.Left, r.Initial, r.Depth)
	for _, a := range r.Actions {
		fmt.Fprintln(&b, a)
	}
	for _, t := range r.Trace {
		fmt.Fprintln(&b, t, t.Args)
	}
	return b.String()
}

// Any number of workers comes to the same result, whether the model is right or
// broken, with 64 bits of fingerprint or 128, with values of expressions
// remembered or not.
func TestWorkersComeToTheSameResult(t *testing.T) {
	for _, f := range corpus(t) {
		for _, broken := range []bool{false, true} {
			t.Run(fmt.Sprint(filepath.Base(f), broken), func(t *testing.T) {
				m := corpusModel(t, f, broken)
				want := m.Run(context.Background(), Options{})
				if broken != (want.Property == "Broken") {
					t.Fatalf("found %s of %s", want.Verdict, want.Property)
				}
				for workers := 1; workers <= 4; workers++ {
					got := m.Run(context.Background(), Options{Workers: workers, Wide: workers > 2})
					if summary(got) != summary(want) {
						t.Fatalf("with %d workers found\n%s\nwith one\n%s", workers, summary(got), summary(want))
					}
				}
				// For coverage every expression is evaluated each time.
				if got := m.Run(context.Background(), Options{Coverage: true}); summary(got) != summary(want) {
					t.Fatalf("without remembered values found\n%s\nwith them\n%s", summary(got), summary(want))
				}
			})
		}
	}
}

func corpusModel(t testing.TB, f string, broken bool) *Model {
	text, err := os.ReadFile(f + ".cfg")
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse(f+".cfg", text)
	if err != nil {
		t.Fatal(err)
	}
	if broken {
		c.Invariants, c.Properties = []config.Name{{Name: "Broken"}}, nil
	}
	s, err := module.Load(f+".tla", module.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(s, c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Each state of a trace is a successor of the one before it, by the action and
// with the arguments that it names, and the last breaks the invariant.
func TestTraceIsABehaviour(t *testing.T) {
	m := corpusModel(t, "testdata/TwoPhase", true)
	r := m.Run(context.Background(), Options{Workers: 2})
	if len(r.Trace) != r.Depth || r.Trace[0].Action != "Initial predicate" {
		t.Fatalf("found a trace of %d states at depth %d", len(r.Trace), r.Depth)
	}
	l := value.NewLocal(m.Store)
	for i, st := range r.Trace {
		if st.Number != i+1 || len(st.Variables) != 4 || i > 0 && (st.At.IsZero() || len(st.Args) != len(st.Params)) {
			t.Errorf("state %d: found %+v", i+1, st)
		}
	}
	last := r.Trace[len(r.Trace)-1]
	if l.Print(last.Args[0]) == "" || last.Action != "RcvPrepared" || last.Title() != "RcvPrepared line 15, col 19 to line 18, col 57 of module TwoPhase" {
		t.Errorf("found %s %v, expected the last vote received", last.Title(), last.Args)
	}
}

type graph struct {
	states, initial, edges int
	out                    map[int]int
	bad                    string
}

func (g *graph) State(id int, st []value.Value, initial bool) {
	if id != g.states {
		g.bad = fmt.Sprintf("state %d comes after %d states", id, g.states)
	}
	g.states++
	if initial {
		g.initial++
	}
}

func (g *graph) Edge(from, to int, a *Action, c Call) {
	if from >= g.states || to >= g.states || len(c.Args) != len(c.Params) || a.Name == "" {
		g.bad = fmt.Sprintf("edge %d -> %d by %s, %s%v among %d states", from, to, a.Name, c.Name, c.Args, g.states)
	}
	g.edges++
	g.out[from]++
}

// The graph has every distinct state and every generated step.
func TestGraph(t *testing.T) {
	for workers := 1; workers <= 2; workers++ {
		g := &graph{out: map[int]int{}}
		r := corpusModel(t, "testdata/TwoPhase", false).Run(context.Background(), Options{Graph: g, Workers: workers})
		if g.bad != "" || int64(g.states) != r.Distinct || int64(g.edges) != r.Generated-1 || g.initial != 1 {
			t.Errorf("found %d states, %d edges, %s; expected %d and %d", g.states, g.edges, g.bad, r.Distinct, r.Generated-1)
		}
	}
}

const counter = `---- MODULE M ----
EXTENDS Naturals, FiniteSets, TLC
VARIABLE x
Init == x \in {0, 10}
Up(k) == x < 1000000000 /\ x' = x + k
Next == \E k \in 1..3 : Up(k)
Spec == Init /\ [][Next]_x
Small == x < 25
Slow == x # 5 \/ ~ \E S \in SUBSET (1..26) : Cardinality(S) = 27
Large == x # 5 \/ {{k} : k \in SUBSET (1..22)} # {}
Fan == x' # x + 1 \/ x # 5 \/ \E k \in 1..100000000 : <<k, x>> \in {<<>>, <<1>>}
Steps == [][x' # 14]_x
Show == [x |-> x, next |-> x']
Post == TLCGet("distinct") = 3
Never == FALSE
Bounded == x < 3
Two == x \in {0, 10} => FALSE
Fails == x # 12 \/ x = "a"
Checked == Assert(x # 12, <<"reached", x>>)
====`

// A bound that is reached leaves the verdict unknown, with the figures so far.
func TestBounds(t *testing.T) {
	run := func(opts Options, cfg string) *Result {
		return load(t, counter, "SPECIFICATION Spec "+cfg).Run(context.Background(), opts)
	}
	for name, r := range map[string]*Result{
		"states": run(Options{StatesMax: 1000}, ""),
		"memory": run(Options{BytesMax: 8 << 20}, ""),
		"time":   run(Options{Timeout: 50 * time.Millisecond}, ""),
		"slow":   run(Options{Timeout: 50 * time.Millisecond, Workers: 2}, "INVARIANT Slow"),
		"depth":  run(Options{DepthMax: 5}, ""),
		"values": run(Options{BytesMax: 8 << 20, Workers: 2}, "INVARIANT Large"),
		"sets":   run(Options{BytesMax: 8 << 20}, "ACTION_CONSTRAINT Fan"),
	} {
		if r.Verdict != Unknown || r.Kind != Stopped || len(r.Reasons) != 1 || r.ExitCode() != 2 || r.Distinct == 0 || r.Left == 0 {
			t.Errorf("%s: found %s %s %v %d %d, expected unknown with the reason", name, r.Verdict, r.Kind, r.Reasons, r.Distinct, r.Left)
		}
	}
	if r := run(Options{StatesMax: 1000}, "INVARIANT Small"); r.Verdict != Violated {
		t.Errorf("found %s, expected the violation that comes before the bound", r.Verdict)
	}
}

// What ends a search is told by kind, name, place and trace.
func TestWhatEndsASearch(t *testing.T) {
	for _, c := range []struct {
		cfg, property string
		kind          Kind
		exit, trace   int
	}{
		{"INVARIANT Small", "Small", Invariant, 12, 6},
		{"INVARIANT Two", "Two", Invariant, 12, 1},
		{"PROPERTY Steps", "Steps", ActionProperty, 13, 3},
		{"PROPERTY Never", "Never", InitialProperty, 13, 1},
		{"INVARIANT Fails", "Fails", Evaluation, 75, 2},
		{"INVARIANT Checked", "Checked", Assert, 14, 2},
		{"CONSTRAINT Bounded POSTCONDITION Never", "Never", PostCondition, 12, 0},
		{"CONSTRAINT Fails", "Fails", Evaluation, 75, 2},
		{"ACTION_CONSTRAINT Fails", "Fails", Evaluation, 75, 3},
		{"CONSTRAINT Never", "", Vacuous, 2, 0},
	} {
		for workers := 1; workers <= 2; workers++ {
			r := load(t, counter, "SPECIFICATION Spec "+c.cfg).Run(context.Background(), Options{Workers: workers})
			if r.Kind != c.kind || r.Property != c.property || r.ExitCode() != c.exit || len(r.Trace) != c.trace || r.Verdict == OK {
				t.Errorf("%s: found %s of %q, exit %d, trace %v; expected %+v", c.cfg, r.Kind, r.Property, r.ExitCode(), r.Trace, c)
			}
			if c.property != "" && r.PropertyAt.Module != "M" {
				t.Errorf("%s: found the place %s", c.cfg, r.PropertyAt)
			}
		}
	}
	if r := load(t, counter, "SPECIFICATION Spec CONSTRAINT Bounded POSTCONDITION Post CHECK_DEADLOCK FALSE").Run(context.Background(), Options{}); r.Verdict != OK {
		t.Errorf("found %s %v, expected the postcondition to hold", r.Verdict, r.Reasons)
	}
}

// An ALIAS takes the place of the variables in a trace.
func TestAlias(t *testing.T) {
	r := load(t, counter, "SPECIFICATION Spec INVARIANT Small ALIAS Show").Run(context.Background(), Options{})
	var got []string
	for _, st := range r.Trace[:2] {
		for _, v := range st.Variables {
			got = append(got, v.Name+"="+v.Text)
		}
	}
	slices.Sort(got)
	if want := []string{"next=13", "next=16", "x=10", "x=13"}; !slices.Equal(got, want) {
		t.Errorf("found %v, expected %v", got, want)
	}
}

// Progress comes from the figures, and a collision is improbable.
func TestProgress(t *testing.T) {
	calls := 0
	r := load(t, counter, "SPECIFICATION Spec").Run(context.Background(), Options{StatesMax: 50000, ProgressEvery: 1, Progress: func(p Progress) {
		calls++
		if p.Distinct > p.Generated || p.Bytes == 0 {
			t.Errorf("found %+v", p)
		}
	}})
	if calls == 0 || r.Collision(64) <= 0 || r.Collision(64) > 1e-9 {
		t.Errorf("found %d calls, %g", calls, r.Collision(64))
	}
}
