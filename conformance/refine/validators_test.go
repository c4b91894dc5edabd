package refine_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/observe"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/twophase"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// events keeps a trace in memory.
type events []trace.Event

func (e *events) Write(x trace.Event) error {
	x.Seq = 1
	for _, y := range *e {
		if y.Node == x.Node {
			x.Seq++
		}
	}
	*e = append(*e, x)
	return nil
}

// walk takes random choices in a world of three participants and returns the
// trace of it, in its slices.
func walk(t testing.TB, seed uint64, steps int) []trace.Slice {
	t.Helper()
	s, err := trace.Slices(header, walkEvents(t, seed, steps))
	require.NoError(t, err)
	return s
}

var header = trace.Header{Spec: "TwoPhase", Sliced: true, Constants: map[string]any{"Coordinator": "c"}}

// walkEvents returns the trace merged.
func walkEvents(t testing.TB, seed uint64, steps int) []trace.Event {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 2))
	var clients []world.Client
	for c := range 3 {
		var ops []protocol.Op
		for i := range 4 {
			ops = append(ops, twophase.Op{
				Read:  []string{fmt.Sprint("k", rng.IntN(4))},
				Write: map[string]string{fmt.Sprint("k", rng.IntN(4)): fmt.Sprint(c, ".", i)},
			})
		}
		clients = append(clients, world.Client{Name: fmt.Sprint("c", c), Ops: ops})
	}
	var out events
	r := observe.New(&out)
	w, err := world.New(twophase.New(3, twophase.Options{CheckpointEvery: 7}), world.Options{
		Clients: clients, Observer: r.Observe, CheckContract: true,
	})
	require.NoError(t, err)
	weight := map[world.Kind]int{world.Deliver: 60, world.Sync: 40, world.Timeout: 4, world.Restart: 20,
		world.Invoke: 10, world.Drop: 2, world.Duplicate: 5, world.Crash: 1}
	var used []string
	for range steps {
		byKind := map[world.Kind][]world.Choice{}
		total := 0
		for _, c := range w.Choices() {
			if byKind[c.Kind] == nil {
				total += weight[c.Kind]
			}
			byKind[c.Kind] = append(byKind[c.Kind], c)
		}
		if total == 0 {
			break
		}
		x := rng.IntN(total)
		for _, k := range slices.Sorted(maps.Keys(byKind)) {
			if x -= weight[k]; x < 0 {
				c := byKind[k][rng.IntN(len(byKind[k]))]
				used = append(used, c.String())
				_, err := w.Apply(c)
				require.NoError(t, err, "seed %d after %s", seed, strings.Join(used, "\n"))
				break
			}
		}
	}
	require.NoError(t, r.Err())
	nodes := map[string][]trace.Event{}
	for _, e := range out {
		nodes[e.Node] = append(nodes[e.Node], e)
	}
	var files [][]trace.Event
	for _, n := range slices.Sorted(maps.Keys(nodes)) {
		files = append(files, nodes[n])
	}
	merged, err := trace.Merge(files...)
	require.NoError(t, err)
	require.Len(t, merged, len(out))
	return merged
}

// eachValidator runs a test with the engine, and with TLC where it is installed.
func eachValidator(t *testing.T, f func(t *testing.T, v refine.Validator)) {
	t.Run("engine", func(t *testing.T) { f(t, &refine.Engine{}) })
	t.Run("tlc", func(t *testing.T) {
		runner, err := tlc.Find(tlc.Options{})
		if err != nil && os.Getenv("LOCKSTEP_REQUIRE_TLC") == "" {
			t.Skip(err)
		}
		require.NoError(t, err)
		f(t, &refine.TLC{Checker: runner})
	})
}

func twoPhase(t testing.TB) refine.Spec {
	t.Helper()
	modules, err := fs.Sub(specs.FS, "twophase")
	require.NoError(t, err)
	return refine.Spec{Modules: modules, Module: "TwoPhase", Silent: map[string]string{"Recover": "Crash"}}
}

// The code's random walks are behaviours of the specification.
func TestWalksAreBehaviours(t *testing.T) { eachValidator(t, walksAreBehaviours) }

func walksAreBehaviours(t *testing.T, v refine.Validator) {
	var all []trace.Slice
	for seed := range uint64(25) {
		all = append(all, walk(t, seed, 400)...)
	}
	report, err := v.Validate(t.Context(), twoPhase(t), all)
	require.NoError(t, err)
	for _, r := range report.Rejected {
		t.Log(r)
		for i, e := range r.Slice.Events[:min(len(r.Slice.Events), r.Explained+2)] {
			t.Log(i, e, e.Local, e.Vars)
		}
		t.Log(r.State)
	}
	require.Equal(t, refine.OK, report.Verdict, report.Reason)
	t.Logf("%d slices, %d distinct, %d events, %d states", report.Slices, report.Distinct, report.Events, report.States)
	require.Greater(t, report.Distinct, 100)
}

// find returns a slice with an event that match accepts, and the event's index.
func find(t *testing.T, all []trace.Slice, match func(trace.Slice, int) bool) (trace.Slice, int) {
	t.Helper()
	for _, s := range all {
		for i := range s.Events {
			if match(s, i) {
				s.Events = slices.Clone(s.Events)
				return s, i
			}
		}
	}
	t.Fatal("no walk has such an event")
	return trace.Slice{}, 0
}

func is(s trace.Slice, i int, action string) bool { return s.Events[i].Action == action }

// Each corruption of a true trace is rejected, and at the right event.
func TestCorruptedTracesAreRejected(t *testing.T) { eachValidator(t, corruptedTracesAreRejected) }

func corruptedTracesAreRejected(t *testing.T, v refine.Validator) {
	var all []trace.Slice
	for seed := range uint64(10) {
		all = append(all, walk(t, seed, 400)...)
	}
	local := func(e *trace.Event, name string, v any) {
		e.Local = maps.Clone(e.Local)
		e.Local[name] = v
	}
	cases := map[string]func() (trace.Slice, int){
		"a vote changed": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool {
				return is(s, i, "RecvYes") && i > 0 && s.Events[i].Vars["votes"] != nil
			})
			s.Events[i].Action = "RecvNo"
			return s, i
		},
		"a message received before it is sent": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return i == 0 && is(s, 1, "RecvPrepare") })
			s.Events[0], s.Events[1] = s.Events[1], s.Events[0]
			return s, i
		},
		"the fsync of a prepare dropped": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool {
				return is(s, i, "Sync") && i+1 < len(s.Events) && is(s, i+1, "RecvYes") &&
					s.Events[i].Node == s.Events[i+1].Args[0]
			})
			s.Events = slices.Delete(s.Events, i, i+1)
			return s, i
		},
		"a participant's state changed": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return s.Events[i].Local["pstate"] == "prepared" })
			local(&s.Events[i], "pstate", "committed")
			return s, i
		},
		"a record more in a recovered log": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool {
				return is(s, i, "Recover") && s.Events[i].Local["pstate"] == "prepared"
			})
			local(&s.Events[i], "log", []any{"prepared", "aborted"})
			return s, i
		},
		"an event dropped": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool {
				return is(s, i, "RecvPrepare") && s.Events[i].Local["pstate"] == "prepared" && i+1 < len(s.Events) &&
					is(s, i+1, "Sync") && s.Events[i+1].Node == s.Events[i].Node
			})
			s.Events = slices.Delete(s.Events, i, i+1)
			return s, i
		},
		"a beginning twice": func() (trace.Slice, int) {
			s, _ := find(t, all, func(s trace.Slice, i int) bool { return is(s, i, "Begin") })
			s.Events = slices.Insert(s.Events, 1, s.Events[0])
			return s, 1
		},
		"a vote of nobody": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return s.Events[i].Vars["votes"] != nil })
			s.Events[i].Vars = maps.Clone(s.Events[i].Vars)
			s.Events[i].Vars["votes"] = append(slices.Clone(s.Events[i].Vars["votes"].(trace.Set)), "p7")
			return s, i
		},
		"a record that is durable too soon": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool {
				return is(s, i, "RecvPrepare") && s.Events[i].Local["durable"] == int64(0)
			})
			local(&s.Events[i], "durable", int64(1))
			return s, i
		},
		"a value of another kind": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return s.Events[i].Local["pstate"] != nil })
			local(&s.Events[i], "pstate", int64(7))
			return s, i
		},
		"a variable that does not exist": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return s.Events[i].Local["pstate"] != nil && i > 2 })
			local(&s.Events[i], "mood", "prepared")
			return s, i
		},
		"one argument too many": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return is(s, i, "RecvYes") })
			s.Events[i].Args = append(slices.Clone(s.Events[i].Args), "p1")
			return s, i
		},
		"an action of another participant": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return is(s, i, "RecvCommit") })
			s.Events[i].Args = []any{"p9"}
			return s, i
		},
		"an action that does not exist": func() (trace.Slice, int) {
			s, i := find(t, all, func(s trace.Slice, i int) bool { return i == 2 })
			s.Events[i].Action = "Vote"
			return s, i
		},
	}
	// These do not even parse, so TLC cannot tell the slice at fault.
	nonsense := map[string]bool{"a variable that does not exist": true, "one argument too many": true}
	for name, corrupt := range cases {
		t.Run(name, func(t *testing.T) {
			if _, is := v.(*refine.TLC); is {
				t.Parallel() // each takes a few short runs
			}
			s, at := corrupt()
			report, err := v.Validate(t.Context(), twoPhase(t), []trace.Slice{s})
			require.NoError(t, err)
			if _, is := v.(*refine.TLC); is && nonsense[name] {
				require.Equal(t, refine.Unknown, report.Verdict)
				return
			}
			require.Equal(t, refine.Violated, report.Verdict, report.Reason)
			require.Len(t, report.Rejected, 1)
			require.Equal(t, at, report.Rejected[0].Explained, report.Rejected[0].String())
		})
	}
}

func TestNothingIsNotAccepted(t *testing.T) { eachValidator(t, nothingIsNotAccepted) }

func nothingIsNotAccepted(t *testing.T, v refine.Validator) {
	for _, s := range [][]trace.Slice{nil, {{Name: "1.1"}}} {
		report, err := v.Validate(t.Context(), twoPhase(t), s)
		require.NoError(t, err)
		require.Equal(t, refine.Unknown, report.Verdict)
	}
}

// That the specification defines an operator does not make it a step.
func TestOnlyStepsOfNextAreSteps(t *testing.T) { eachValidator(t, onlyStepsOfNextAreSteps) }

func onlyStepsOfNextAreSteps(t *testing.T, v refine.Validator) {
	const text = `---- MODULE Steps ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Up(n) == x' = n
Down == x' = 0
Next == \E n \in 1..2 : Up(n)
====
`
	spec := refine.Spec{Modules: fstest.MapFS{"Steps.tla": {Data: []byte(text)}}, Module: "Steps"}
	event := func(action string, args ...any) trace.Slice {
		return trace.Slice{Events: []trace.Event{{Node: "n", Action: "Up", Args: []any{int64(1)}}, {Node: "n", Action: action, Args: args}}}
	}
	for _, c := range []struct {
		slice trace.Slice
		want  refine.Verdict
	}{
		{event("Up", int64(2)), refine.OK},
		{event("Up", int64(3)), refine.Violated},
		{event("Down"), refine.Violated},
	} {
		r, err := v.Validate(t.Context(), spec, []trace.Slice{c.slice})
		require.NoError(t, err)
		require.Equal(t, c.want, r.Verdict, "%v: %s", c.slice.Events[1], r.Reason)
		if c.want == refine.Violated {
			require.Equal(t, 1, r.Rejected[0].Explained)
		}
	}
}

// Constants that the specification rules out give no verdict.
func TestAssumptionsAreHeld(t *testing.T) { eachValidator(t, assumptionsAreHeld) }

func assumptionsAreHeld(t *testing.T, v refine.Validator) {
	const text = `---- MODULE Few ----
EXTENDS Naturals
CONSTANT Max
ASSUME Max > 1
VARIABLE x
Init == x = 0
Up == x < Max /\ x' = x + 1
Next == Up
====
`
	spec := refine.Spec{Modules: fstest.MapFS{"Few.tla": {Data: []byte(text)}}, Module: "Few"}
	for limit, want := range map[int64]refine.Verdict{2: refine.OK, 1: refine.Unknown} {
		r, err := v.Validate(t.Context(), spec, []trace.Slice{{
			Constants: map[string]any{"Max": limit},
			Events:    []trace.Event{{Node: "n", Action: "Up"}},
		}})
		require.NoError(t, err)
		require.Equal(t, want, r.Verdict, "Max = %d: %s", limit, r.Reason)
	}
}

// A specification with model values, replacements and another initial predicate.
func TestSpecificationIsConfigured(t *testing.T) { eachValidator(t, specificationIsConfigured) }

func specificationIsConfigured(t *testing.T, v refine.Validator) {
	const text = `---- MODULE Grant ----
EXTENDS Naturals, FiniteSets
CONSTANTS Nodes, None
VARIABLES owner, granted
Enough(S) == 2 * Cardinality(S) > Cardinality(Nodes)
Anybody(S) == S # {}
Init == owner = None /\ granted = [n \in Nodes |-> None]
Held == owner = [node |-> "a"] /\ granted = [n \in Nodes |-> None]
Grant(n, S) == owner = None /\ S \subseteq Nodes /\ Enough(S)
               /\ owner' = [node |-> n] /\ granted' = [granted EXCEPT ![n] = owner']
Free == owner # None /\ owner' = None /\ UNCHANGED granted
Next == Free \/ \E n \in Nodes, S \in SUBSET Nodes : Grant(n, S)
====
`
	modules := fstest.MapFS{"Grant.tla": {Data: []byte(text)}}
	spec := func(lines string) refine.Spec {
		c, err := config.Parse("Grant.cfg", []byte("CONSTANTS\n"+lines))
		require.NoError(t, err)
		s, err := refine.Spec{Modules: modules, Module: "Grant"}.WithConfig(c)
		require.NoError(t, err)
		return s
	}
	nodes := trace.Set{"a", "b", "c"}
	grant := func(local map[string]any, to ...any) trace.Event {
		return trace.Event{Node: "a", Action: "Grant", Args: []any{"a", trace.Set(to)}, Local: local}
	}
	free := trace.Event{Node: "a", Action: "Free", Vars: map[string]any{"owner": "None"}}
	granted := map[string]any{"granted": map[string]any{"node": "a"}}
	held := spec("None = None")
	held.Init = "Held"
	for name, c := range map[string]struct {
		spec   refine.Spec
		fixed  map[string]any
		events []trace.Event
		want   refine.Verdict
	}{
		"two of three":           {spec("None = None"), map[string]any{"Nodes": nodes}, []trace.Event{grant(granted, "a", "b"), free}, refine.OK},
		"nothing was granted":    {spec("None = None"), map[string]any{"Nodes": nodes}, []trace.Event{grant(map[string]any{"granted": "None"}, "a", "b")}, refine.Violated},
		"None is a string":       {spec(`None = "None"`), map[string]any{"Nodes": nodes}, []trace.Event{grant(granted, "a", "b"), free}, refine.Violated},
		"one of three":           {spec("None = None"), map[string]any{"Nodes": nodes}, []trace.Event{grant(nil, "a")}, refine.Violated},
		"one, by replacement":    {spec("None = None Enough <- [Grant] Anybody"), map[string]any{"Nodes": nodes}, []trace.Event{grant(nil, "a")}, refine.OK},
		"nodes are model values": {spec("None = None Nodes = {a, b, c}"), nil, []trace.Event{grant(granted, "c", "b"), free}, refine.OK},
		"a trace names them":     {spec("None = None a = a b = b c = c"), map[string]any{"Nodes": nodes}, []trace.Event{grant(granted, "c", "b"), free}, refine.OK},
		"held at first":          {held, map[string]any{"Nodes": nodes}, []trace.Event{free, grant(nil, "a", "c")}, refine.OK},
		"a trace gives a rule":   {spec("None = None Enough <- Anybody"), map[string]any{"Nodes": nodes, "Enough": true}, []trace.Event{grant(nil, "a")}, refine.Unknown},
	} {
		r, err := v.Validate(t.Context(), c.spec, []trace.Slice{{Name: name, Constants: c.fixed, Events: c.events}})
		require.NoError(t, err, name)
		assert.Equal(t, c.want, r.Verdict, "%s: %s %v", name, r.Reason, r.Rejected)
	}
}

func TestWithConfigRefuses(t *testing.T) {
	c, err := config.Parse("Grant.cfg", []byte("INIT Held NEXT Next CONSTANTS F(1) = 2"))
	require.NoError(t, err)
	_, err = refine.Spec{}.WithConfig(c)
	require.EqualError(t, err, "Grant.cfg:1:31: expected a constant without arguments, found F of 1")
	c.Constants = nil
	s, err := refine.Spec{}.WithConfig(c)
	require.NoError(t, err)
	require.Equal(t, "Held", s.Init)
}
