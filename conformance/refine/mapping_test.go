package refine_test

import (
	"io"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
)

const lamp = `---- MODULE Lamp ----
EXTENDS Naturals
CONSTANT Max
VARIABLES light, pushes
Init == light = "off" /\ pushes = [n \in {"hall"} |-> 0]
Push(n) == /\ pushes[n] < Max
           /\ light' = (IF light = "off" THEN "on" ELSE "off")
           /\ pushes' = [pushes EXCEPT ![n] = @ + 1]
Next == \E n \in {"hall"} : Push(n)
====
`

// A program that is not ours, in its own words.
func TestMapping(t *testing.T) {
	spec := refine.Spec{Modules: fstest.MapFS{"Lamp.tla": {Data: []byte(lamp)}}, Module: "Lamp"}
	m, err := refine.ReadMapping("lamp.json", []byte(`{
		"actions": {"button.pressed": "Push", "heartbeat": ""},
		"variables": {"lamp": "light", "count": "pushes", "uptime": ""},
		"values": {"light": {"LIT": "on", "DARK": "off"}},
		"constants": {"Max": "2"}}`))
	require.NoError(t, err)
	judge := func(events ...trace.Event) *refine.Report {
		t.Helper()
		i := -1
		var g refine.Engine
		r, err := g.ValidateEvents(t.Context(), m.Spec(spec), trace.Header{Spec: "Lamp"}, m.Next(func() (trace.Event, error) {
			if i++; i == len(events) {
				return trace.Event{}, io.EOF
			}
			return events[i], nil
		}))
		require.NoError(t, err)
		return r
	}
	press := func(lamp string, count int64) trace.Event {
		return trace.Event{Node: "hall", Action: "button.pressed", Args: []any{"hall"},
			Local: map[string]any{"count": count}, Vars: map[string]any{"lamp": lamp, "uptime": int64(7)}}
	}
	beat := trace.Event{Node: "hall", Action: "heartbeat"}
	r := judge(beat, press("LIT", 1), beat, press("DARK", 2))
	require.Equal(t, refine.OK, r.Verdict, r.Reason)
	require.Equal(t, 2, r.Events)

	r = judge(press("DARK", 1))
	require.Equal(t, refine.Violated, r.Verdict)
	require.Contains(t, r.Rejected[0].Reason, `expects light = "on", found "off"`)

	r = judge(press("LIT", 1), press("DARK", 2), press("LIT", 3))
	require.Equal(t, refine.Violated, r.Verdict)
	require.Equal(t, 2, r.Rejected[0].Explained)
	require.Contains(t, r.Rejected[0].Reason, "pushes[n] < Max", "the guard that is false is named")
	require.Contains(t, r.Rejected[0].False[0], "line 6")

	r = judge(beat)
	require.Equal(t, refine.Unknown, r.Verdict, "nothing is left to judge")
}

func TestReadMappingRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "f:1: expected a mapping",
		"{\n\"actions\": 7}":               "f:2: expected a mapping",
		`{"acts": {}}`:                     "unknown field",
		`{} {}`:                            "found more behind it",
		`{"values": {"x": {"a": [1]}}}`:    "expected a string, a boolean or an integer",
		`{"values": {"x": {"a": 1.5}}}`:    "expected a string, a boolean or an integer",
		"{\n\n\"actions\": {\"a\" \"b\"}}": "f:3:",
		`{"variables": {"x": null}, "silent": []}`: "expected a mapping",
	} {
		_, err := refine.ReadMapping("f", []byte(text))
		assert.ErrorContains(t, err, want, text)
	}
}
