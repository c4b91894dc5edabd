package observe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// shelf is a node of a small protocol: it holds counters by name, each of
// which is a slice. "count" is local to the node, "parity" belongs to it alone,
// and "total" is left out once a counter is 10 or more.
type shelf struct{ counters map[string]int }

func (s *shelf) Step(time.Duration, protocol.Input) protocol.Output { return protocol.Output{} }
func (s *shelf) Clone() protocol.Node                               { return &shelf{maps.Clone(s.counters)} }
func (s *shelf) AppendState(b []byte) []byte                        { return fmt.Append(b, s.counters) }
func (s *shelf) AppendDurable(b []byte) []byte                      { return s.AppendState(b) }
func (s *shelf) Slices() []string                                   { return slices.Sorted(maps.Keys(s.counters)) }

func (s *shelf) Assign(slice string) protocol.Assignment {
	n := s.counters[slice]
	a := protocol.Assignment{
		Local: map[string]any{"count": n},
		Whole: map[string]any{"parity": protocol.Set{n % 2, "x"}, "fixed": protocol.Tuple{}},
	}
	if n < 10 {
		a.Whole["total"] = n
	}
	return a
}

// unmapped is a node that does not say what its state means.
type unmapped struct{ protocol.Node }

// memory keeps the events, numbered.
type memory []trace.Event

func (m *memory) Write(e trace.Event) error {
	*m = append(*m, e)
	return nil
}

// step observes a step of node n that took the actions "SLICE NAME".
func step(r *Recorder, n protocol.Node, clock uint64, actions ...[2]string) {
	o := protocol.Observation{ID: "n", Node: n, Clock: protocol.VectorClock{"n": clock}}
	for _, a := range actions {
		o.Output.Actions = append(o.Output.Actions, protocol.Action{Slice: a[0], Name: a[1]})
	}
	r.Observe(o)
}

func text(t *testing.T, e trace.Event) string {
	e.Seq, e.Node, e.Clock = 0, "", nil
	b, err := json.Marshal(e)
	require.NoError(t, err)
	return string(b[len(`{"node":"","seq":0,"clock":null,`) : len(b)-1])
}

func TestChangedVariablesOnly(t *testing.T) {
	var got memory
	r := New(&got)
	n := &shelf{map[string]int{}}
	check := func(want ...string) {
		t.Helper()
		require.NoError(t, r.Err())
		var list []string
		for _, e := range got {
			list = append(list, text(t, e))
		}
		require.Equal(t, want, list)
		got = nil
	}
	step(r, n, 1)
	check()
	n.counters["a"] = 1
	step(r, n, 2, [2]string{"a", "Add"})
	check(`"slice":"a","action":"Add","local":{"count":1},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",1]},"total":1}`)
	n.counters["a"] = 3
	step(r, n, 3, [2]string{"a", "Add"})
	check(`"slice":"a","action":"Add","local":{"count":3},"vars":{"total":3}`)
	step(r, n, 4, [2]string{"a", "Look"})
	check(`"slice":"a","action":"Look"`)

	// A variable that the mapping leaves out is not mentioned, and given again
	// when it is back, although it is what it was.
	n.counters["a"] = 13
	step(r, n, 5, [2]string{"a", "Add"})
	check(`"slice":"a","action":"Add","local":{"count":13}`)
	n.counters["a"] = 3
	step(r, n, 6, [2]string{"a", "Add"})
	check(`"slice":"a","action":"Add","local":{"count":3},"vars":{"total":3}`)

	// A recovery tells of every slice, all of it; then changes count from there.
	n.counters["b"] = 2
	step(r, n, 7, [2]string{"", "Recover"})
	check(`"action":"Recover","slices":{` +
		`"a":{"local":{"count":3},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",1]},"total":3}},` +
		`"b":{"local":{"count":2},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",0]},"total":2}}}`)
	step(r, n, 8, [2]string{"b", "Look"})
	check(`"slice":"b","action":"Look"`)

	// What the recovery forgot is told anew.
	delete(n.counters, "a")
	step(r, n, 9, [2]string{"", "Recover"})
	got = nil
	n.counters["a"] = 3
	step(r, n, 10, [2]string{"a", "Add"})
	check(`"slice":"a","action":"Add","local":{"count":3},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",1]},"total":3}`)
}

// A step that takes several actions in one slice is mapped after the last of
// them, so the last tells what changed.
func TestSeveralActionsInAStep(t *testing.T) {
	var got memory
	r := New(&got)
	n := &shelf{map[string]int{"a": 1, "b": 2}}
	step(r, n, 1, [2]string{"", "Recover"})
	got = nil
	n.counters["a"], n.counters["b"] = 3, 4
	step(r, n, 2, [2]string{"a", "Add"}, [2]string{"b", "Add"}, [2]string{"a", "Add"})
	step(r, n, 3, [2]string{"a", "Add"}, [2]string{"", "Recover"}, [2]string{"b", "Add"})
	require.NoError(t, r.Err())
	var list []string
	for _, e := range got {
		list = append(list, text(t, e))
	}
	require.Equal(t, []string{
		`"slice":"a","action":"Add"`,
		`"slice":"b","action":"Add","local":{"count":4},"vars":{"total":4}`,
		`"slice":"a","action":"Add","local":{"count":3},"vars":{"total":3}`,
		`"slice":"a","action":"Add"`,
		`"action":"Recover","slices":{"a":{"local":{"count":3},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",1]},"total":3}}}`,
		`"slice":"b","action":"Add","local":{"count":4},"vars":{"fixed":{"#tup":[]},"parity":{"#set":["x",0]},"total":4}`,
	}, list)
}

func TestMessagesAndArguments(t *testing.T) {
	var got memory
	r := New(&got)
	n := &shelf{map[string]int{"a": 1}}
	o := protocol.Observation{ID: "n", Node: n, Clock: protocol.VectorClock{"n": 1, "m": 4}, Received: "7", Sent: []protocol.MessageID{"8"}}
	r.Observe(o) // takes no action: what it sent goes with the next event
	o.Received, o.Sent = "9", []protocol.MessageID{"10"}
	o.Output.Actions = []protocol.Action{
		{Slice: "a", Name: "Begin", Args: []any{protocol.NodeID("n"), 1}, Constants: map[string]any{"P": protocol.Set{protocol.NodeID("n")}}},
		{Slice: "b", Name: "Look"},
	}
	r.Observe(o)
	require.NoError(t, r.Err())
	require.Len(t, got, 2)
	assert.Equal(t, map[string]uint64{"n": 1, "m": 4}, got[0].Clock)
	assert.Equal(t, []any{"n", int64(1)}, got[0].Args)
	assert.Equal(t, map[string]any{"P": trace.Set{"n"}}, got[0].Constants)
	assert.Equal(t, "9", got[0].Recv)
	assert.Equal(t, []string{"8", "10"}, got[0].Sent)
	assert.Empty(t, got[1].Recv, "the message was received once")
	assert.Empty(t, got[1].Sent)
}

// state folds the events of a run: what each says of each slice and variable
// by then.
func state(events []trace.Event) []map[string]string {
	var out []map[string]string
	now := map[string]string{}
	set := func(slice string, c trace.Change) {
		for _, m := range []map[string]any{c.Local, c.Vars} {
			for k, v := range m {
				b, _ := json.Marshal(trace.Tuple{v})
				now[slice+"."+k] = string(b)
			}
		}
	}
	for _, e := range events {
		if e.Slice != "" {
			set(e.Slice, trace.Change{Local: e.Local, Vars: e.Vars})
		}
		for s, c := range e.Slices {
			set(s, c)
		}
		out = append(out, maps.Clone(now))
	}
	return out
}

// A recorder that forgets early writes the same events, which say no more than
// what the mapping said: whatever explains one trace explains the other.
func TestPruningChangesNothing(t *testing.T) {
	repeated := 0
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var long, short memory
		a, b := New(&long), New(&short)
		b.keep = 2
		n := &shelf{map[string]int{}}
		for k := range uint64(60) {
			slice := fmt.Sprint(rng.IntN(8))
			switch rng.IntN(10) {
			case 0:
				slice = ""
			case 1, 2, 3:
				delete(n.counters, slice) // the node forgets it; it may come back
			default:
				n.counters[slice] += rng.IntN(2)
			}
			for _, r := range []*Recorder{a, b} {
				step(r, n, k+1, [2]string{slice, "A"})
			}
			require.LessOrEqual(t, len(b.last), b.keep+len(n.counters)+1)
		}
		require.NoError(t, a.Err())
		require.NoError(t, b.Err())
		require.Equal(t, state(long), state(short), "seed %d", seed)
		for i := range long {
			require.Equal(t, long[i].Action, short[i].Action)
			require.LessOrEqual(t, len(long[i].Vars), len(short[i].Vars))
			if len(short[i].Vars) > len(long[i].Vars) {
				repeated++
			}
		}
	}
	require.NotZero(t, repeated, "nothing was ever forgotten")
}

type failing struct{}

func (failing) Write(trace.Event) error { return errors.New("no space left") }

func TestErrors(t *testing.T) {
	n := &shelf{map[string]int{}}
	r := New(&memory{})
	r.Observe(protocol.Observation{ID: "n", Node: unmapped{n}})
	require.NoError(t, r.Err(), "it took no action")
	step(r, unmapped{n}, 1, [2]string{"a", "A"})
	require.EqualError(t, r.Err(), "node n takes actions of a specification and does not map its state to it: expected a protocol.Mapped, found observe.unmapped")

	var got memory
	r = New(&got)
	r.Observe(protocol.Observation{ID: "n", Node: n, Output: protocol.Output{
		Actions: []protocol.Action{{Slice: "a", Name: "A", Args: []any{1.5}}}}})
	require.EqualError(t, r.Err(), "expected a value as package protocol lists them, found float64")
	step(r, n, 1, [2]string{"a", "A"})
	require.Empty(t, got, "after an error nothing is written")

	r = New(failing{})
	step(r, n, 1, [2]string{"a", "A"})
	require.EqualError(t, r.Err(), "no space left")

	w, err := trace.NewWriter(io.Discard, trace.Header{Spec: "S", Sliced: true})
	require.NoError(t, err)
	r = New(w)
	step(r, n, 0, [2]string{"a", "A"})
	require.ErrorContains(t, r.Err(), "that counts the steps of node n from 1")
}

func TestValue(t *testing.T) {
	for _, x := range []struct {
		v    any
		want any
	}{
		{true, true}, {7, int64(7)}, {int64(-7), int64(-7)}, {uint64(7), int64(7)}, {"a", "a"},
		{uint64(1<<64 - 1), new(big.Int).SetUint64(1<<64 - 1)},
		{protocol.NodeID("n"), "n"}, {protocol.ModelValue("m"), "m"},
		{[]any(nil), []any{}}, {[]any{1}, []any{int64(1)}}, {protocol.Tuple{1}, trace.Tuple{int64(1)}},
		{protocol.Set{protocol.NodeID("n")}, trace.Set{"n"}},
		{map[string]any{"a": 1}, map[string]any{"a": int64(1)}},
		{protocol.Func{{protocol.NodeID("n"), protocol.Set{1}}}, trace.Func{{"n", trace.Set{int64(1)}}}},
	} {
		got, err := Value(x.v)
		require.NoError(t, err)
		assert.Equal(t, x.want, got)
	}
	for _, x := range []struct {
		v    any
		want string
	}{
		{nil, "expected a value as package protocol lists them, found <nil>"},
		{protocol.Func{{1, int32(2)}}, "expected a value as package protocol lists them, found int32"},
		{map[string]any{"z": 1.5, "b": []string{}}, "b: expected a value as package protocol lists them, found []string"},
	} {
		_, err := Value(x.v)
		assert.EqualError(t, err, x.want)
	}
}

// The trace of a protocol without slices: every event tells of the one slice "".
type single struct{ shelf }

func (single) Slices() []string { return []string{""} }

func TestWithoutSlices(t *testing.T) {
	var out bytes.Buffer
	w, err := trace.NewWriter(&out, trace.Header{Spec: "S"})
	require.NoError(t, err)
	r := New(w)
	n := &single{shelf{map[string]int{"": 1}}}
	step(r, n, 1, [2]string{"", "Init"})
	n.counters[""] = 2
	step(r, n, 2, [2]string{"", "Add"}, [2]string{"", "Add"})
	require.NoError(t, r.Err())
	require.Contains(t, out.String(), `"seq":3,"clock":{"n":2},"action":"Add","local":{"count":2},"vars":{"parity":{"#set":["x",0]},"total":2}}`)
	require.Contains(t, out.String(), `"seq":2,"clock":{"n":2},"action":"Add"}`)
}
