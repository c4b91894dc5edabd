package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/tla/value"
)

const clock = `---- MODULE Clock ----
EXTENDS Naturals, FiniteSets
CONSTANT Hand
VARIABLES hour, seen
Init == hour = 0 /\ seen = [h \in {Hand} |-> {}]
Tick(n) == hour' = (hour + n) % 4 /\ seen' = [seen EXCEPT ![Hand] = @ \cup {hour}]
Next == \E n \in {1} : Tick(n)
Spec == Init /\ [][Next]_<<hour, seen>> /\ WF_hour(Next)
Early == hour < 2
Fine == hour < 4
Forward == [][hour' > hour]_hour
Again == []<>(hour = 0)
Never == <>(hour = 7)
Odd == hour < {}
====`

func request(config string) engine.Request {
	return engine.Request{
		Modules: fstest.MapFS{"Clock.tla": {Data: []byte(clock)}},
		Folder:  "some/where", Module: "Clock", Config: []byte(config), Short: true,
	}
}

func ask(t *testing.T, q engine.Request) *engine.Result {
	t.Helper()
	r, err := engine.Go{}.Check(t.Context(), q)
	require.NoError(t, err)
	return r
}

const spec = "SPECIFICATION Spec CONSTANT Hand = short "

func TestGo(t *testing.T) {
	r := ask(t, request(spec+"INVARIANT Fine"))
	assert.Equal(t, tlc.OK, r.Verdict, r.Reason)
	assert.EqualValues(t, []int64{9, 8, 0, 8, 0}, []int64{r.Generated, r.Distinct, r.Left, int64(r.Depth), int64(r.Exit)})

	r = ask(t, request(spec+"INVARIANT Early"))
	assert.Equal(t, tlc.Violated, r.Verdict)
	assert.Equal(t, 12, r.Exit)
	assert.Equal(t, "invariant Early is violated", r.Reason)
	require.Len(t, r.Trace, 3)
	assert.Equal(t, "Tick", r.Trace[2].Action)
	assert.Equal(t, "hour", r.Trace[2].Vars[0].Name)
	assert.Equal(t, "2", r.Trace[2].Vars[0].Text)
}

// What the engine does not check is named, and is no pass.
func TestLivenessIsUnknown(t *testing.T) {
	for _, property := range []string{"Again", "Never"} {
		r := ask(t, request(spec+"INVARIANT Fine PROPERTY "+property))
		assert.Equal(t, tlc.Unknown, r.Verdict)
		assert.Equal(t, 2, r.Exit)
		assert.Contains(t, r.Reason, property)
		require.Len(t, r.Unsupported, 1)
	}
}

func TestProblemsHavePlaces(t *testing.T) {
	for _, c := range []struct {
		module, config string
		exit           int
		want           string
	}{
		{"VARIABLE x\nInit == x = = 1", "INIT Init", 150, "some/where/Clock.tla:3:13: "},
		{"Init == y = 1", "INIT Init", 150, "some/where/Clock.tla:2:9: "},
		{"EXTENDS Nowhere", "", 150, "some/where/Clock.tla:2:9: cannot find module Nowhere"},
		{"VARIABLE x\nInit == x = 1", "INIT Init\nNEXT Next", 151, "some/where/Clock.cfg:2:6: "},
		{"VARIABLE x\nInit == x = 1", "INIT\nCONSTANT ) = 1", 151, "some/where/Clock.cfg:"},
		{"CONSTANT C\nASSUME C", "", 151, "some/where/Clock.cfg:1:1: "},
		{"EXTENDS Naturals\nASSUME 1 + {} = 2", "", 10, "some/where/Clock.tla:3:8: "},
	} {
		q := request(c.config)
		q.Modules = fstest.MapFS{"Clock.tla": {Data: []byte("---- MODULE Clock ----\n" + c.module + "\n====")}}
		r := ask(t, q)
		assert.Equal(t, tlc.Unknown, r.Verdict, c.module)
		assert.Equal(t, c.exit, r.Exit, c.module)
		require.NotEmpty(t, r.Problems, c.module)
		assert.Contains(t, r.Problems[0].String(), c.want)
	}
}

// Modules are found beside the root module, in the folders of Lib, and built in.
func TestLib(t *testing.T) {
	lib := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(lib, "Two.tla"), []byte("---- MODULE Two ----\nTwo == 2\n===="), 0o644))
	q := request("INIT Init NEXT Next")
	q.Modules = fstest.MapFS{"Clock.tla": {Data: []byte("---- MODULE Clock ----\nEXTENDS Two, Integers\nVARIABLE x\nInit == x = 1\nNext == x' = Two - x\n====")}}
	assert.Equal(t, 150, ask(t, q).Exit)
	q.Lib = []string{lib}
	r := ask(t, q)
	assert.Equal(t, 0, r.Exit, r.Reason)
}

func TestABoundIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := engine.Go{}.Check(ctx, request(spec))
	require.NoError(t, err)
	assert.Equal(t, tlc.Unknown, r.Verdict)
	assert.Equal(t, 2, r.Exit)
	assert.NotEmpty(t, r.Reason)

	q := request(spec)
	q.StatesMax = 1
	_, err = engine.TLC{}.Check(t.Context(), q)
	assert.ErrorContains(t, err, "no bound on the number of states")
}

func runner(t *testing.T) *tlc.Runner {
	t.Helper()
	r, err := tlc.Find(tlc.Options{})
	if err != nil && os.Getenv("LOCKSTEP_REQUIRE_TLC") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return r
}

// The two engines agree, by every figure and every state; and what does not
// agree is told.
func TestEnginesAgree(t *testing.T) {
	r := runner(t)
	for _, config := range []string{
		spec + "INVARIANT Fine", spec + "INVARIANT Early", spec + "PROPERTY Forward", spec + "PROPERTY Again",
		spec + "PROPERTY Never", spec + "INVARIANT Odd", spec + "INVARIANT Missing", "INIT Init NEXT Missing CONSTANT Hand = short",
	} {
		own := ask(t, request(config))
		oracle, err := engine.TLC{Checker: r}.Check(t.Context(), request(config))
		require.NoError(t, err)
		assert.Empty(t, engine.Differences(own, oracle), config)
		assert.NotEqual(t, own.Engine, oracle.Engine)
	}
}

func TestDifferences(t *testing.T) {
	agreed := func() *engine.Result { return ask(t, request(spec+"INVARIANT Early")) }
	assert.Empty(t, engine.Differences(agreed(), agreed()))
	for want, change := range map[string]func(*engine.Result){
		"verdict":                      func(r *engine.Result) { r.Verdict, r.Kind = tlc.OK, "" },
		"verdict: Go violated (x)":     func(r *engine.Result) { r.Kind, r.Reason = tlc.KindDeadlock, "x" },
		"property":                     func(r *engine.Result) { r.Property = "Late" },
		"states generated":             func(r *engine.Result) { r.Generated++ },
		"distinct states":              func(r *engine.Result) { r.Distinct++ },
		"states left":                  func(r *engine.Result) { r.Left++ },
		"depth":                        func(r *engine.Result) { r.Depth++ },
		"states in the counterexample": func(r *engine.Result) { r.Trace = r.Trace[:2] },
		"action of state 2":            func(r *engine.Result) { r.Trace[1].Disjunct = "Tock" },
		"hour in state 3":              func(r *engine.Result) { r.Trace[2].Vars[0].Value = int64(7) },
	} {
		own := agreed()
		change(own)
		found := engine.Differences(own, agreed())
		require.NotEmpty(t, found, want)
		assert.Contains(t, strings.Join(found, "\n"), want)
	}
	// Of what is unknown for a temporal property alone the figures count.
	own, oracle := ask(t, request(spec+"PROPERTY Again")), ask(t, request(spec+"INVARIANT Fine"))
	assert.Empty(t, engine.Differences(own, oracle))
	oracle.Distinct++
	assert.NotEmpty(t, engine.Differences(own, oracle))
	oracle.Verdict, oracle.Kind, oracle.Depth = tlc.Violated, tlc.KindTemporal, 0
	assert.NotEmpty(t, engine.Differences(own, oracle))
	oracle.Distinct--
	assert.Empty(t, engine.Differences(own, oracle))
	assert.False(t, own.GaveUp())
	oracle.Kind = tlc.KindInvariant
	assert.NotEmpty(t, engine.Differences(own, oracle), "a violation that the Go engine does not find")
	// TLC tells an Assert that fails in an invariant as an error of evaluation.
	own, oracle = agreed(), agreed()
	own.Kind = tlc.KindAssert
	oracle.Verdict, oracle.Kind, oracle.Reason = tlc.Unknown, tlc.KindEvaluation, "The first argument of Assert evaluated to FALSE"
	assert.Empty(t, engine.Differences(own, oracle))
	oracle.Distinct++
	assert.NotEmpty(t, engine.Differences(own, oracle))
	oracle.Distinct, oracle.Reason = own.Distinct, "another error"
	assert.NotEmpty(t, engine.Differences(own, oracle))
}

func TestITF(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, engine.WriteITF(&b, "Clock.tla", ask(t, request(spec+"INVARIANT Early"))))
	var trace struct {
		Vars   []string
		States []map[string]any
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &trace))
	assert.Equal(t, []string{"hour", "seen"}, trace.Vars)
	require.Len(t, trace.States, 3)
	last := trace.States[2]
	meta := last["#meta"].(map[string]any)
	assert.Equal(t, 2.0, meta["index"])
	assert.Equal(t, "Tick", meta["action"])
	assert.Equal(t, map[string]any{"#bigint": "2"}, last["hour"])
	assert.Equal(t, map[string]any{"#map": []any{[]any{"ModelValue_short",
		map[string]any{"#set": []any{map[string]any{"#bigint": "0"}, map[string]any{"#bigint": "1"}}}}}}, last["seen"])

	assert.Equal(t, map[string]any{"a": true, "b": "x"}, engine.ITF(tlc.Record{{Name: "a", Value: true}, {Name: "b", Value: "x"}}))
	assert.Equal(t, map[string]any{"#tup": []any{}}, engine.ITF(tlc.Tuple{}))
	assert.Equal(t, map[string]any{"#unserializable": "Nat"}, engine.ITF(tlc.Opaque("Nat")))
}

// A graph is written as it is found.
func TestGraph(t *testing.T) {
	m, failed, err := request(spec).Load()
	require.NoError(t, err)
	require.Nil(t, failed)
	store := m.Store
	full := func(hour int32) []value.Value { return []value.Value{value.Int(hour), store.Str(`a"b`)} }
	for _, c := range []struct {
		write func(io.Writer, *check.Model) engine.GraphWriter
		want  string
	}{
		{engine.DOT, `strict digraph "Clock" {
  node [shape=box, style=rounded, fontname=monospace, fontsize=11, margin="0.12,0.08"];
  edge [fontname=monospace, fontsize=10, arrowsize=0.7];
  0 [label="hour = 0\lseen = \"a\\\"b\"\l", style="rounded,bold"];
  1 [label="hour = 1\lseen = \"a\\\"b\"\l"];
  0 -> 1 [label="Tick(1)\l", color="#4477aa", fontcolor="#4477aa"];
}
`},
		{engine.JSONLines, `{"state":0,"initial":true,"vars":{"hour":{"#bigint":"0"},"seen":"a\"b"}}
{"state":1,"vars":{"hour":{"#bigint":"1"},"seen":"a\"b"}}
{"from":0,"to":1,"action":"Tick","params":["n"],"args":[{"#bigint":"1"}],"disjunct":"Next"}
{"states":2,"steps":1}
`},
	} {
		var b bytes.Buffer
		g := c.write(&b, m)
		g.State(0, full(0), true)
		g.State(1, full(1), false)
		g.Edge(0, 1, &check.Action{Name: "Next"}, check.Call{Name: "Tick", Params: []string{"n"}, Args: []value.Value{value.Int(1)}})
		require.NoError(t, g.Close())
		assert.Equal(t, c.want, b.String())
	}
}
