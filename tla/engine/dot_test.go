package engine_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

const post = `---- MODULE Post ----
EXTENDS Naturals, Sequences
VARIABLES msgs, count, log
Nodes == {"north", "south"}
Letter(n) == [to |-> n, body |-> "a text that is too long for an arrow"]
Init == msgs = {} /\ count = [n \in Nodes |-> 0] /\ log = [sent |-> 0, text |-> %s]
Send(n) == msgs = {} /\ msgs' = {Letter(n)} /\ UNCHANGED <<count, log>>
Take(m) == msgs' = msgs \ {m} /\ count' = [count EXCEPT ![m.to] = 1] /\ log' = [log EXCEPT !.sent = 1]
Twice == \E m \in msgs : Take(m)
Burn(m) == msgs' = msgs \ {m} /\ count' = [count EXCEPT ![m.to] = 1] /\ log' = [log EXCEPT !.sent = 1]
Drop == \E m \in msgs : Take(m) \/ Burn(m)
Next == (\E n \in Nodes : count[n] = 0 /\ Send(n)) \/ Twice \/ Drop
Few == count["north"] = 0
====`

func drawn(t *testing.T, text, invariant string) string {
	t.Helper()
	var b bytes.Buffer
	var g engine.GraphWriter
	q := engine.Request{Modules: fstest.MapFS{"Post.tla": {Data: []byte(strings.Replace(post, "%s", text, 1))}}, Module: "Post",
		Config: []byte("INIT Init NEXT Next CHECK_DEADLOCK FALSE " + invariant),
		Graph:  func(m *check.Model) check.Graph { g = engine.DOT(&b, m); return g }}
	r, err := engine.Go{}.Check(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, invariant == "", r.Verdict == tlc.OK, r.Reason)
	g.(engine.Marker).Mark(r)
	require.NoError(t, g.Close())
	return b.String()
}

// A state that is little to read is shown whole, and one that is much by what
// differs from the first.
func TestDOTShowsWhatDiffers(t *testing.T) {
	short := drawn(t, `"x"`, "")
	assert.Contains(t, short, `  0 [label="msgs  = {}\lcount = [north |-> 0, south |-> 0]\llog   = [sent |-> 0, text |-> \"x\"]\l", style="rounded,bold"];`)
	assert.Contains(t, short, `\lcount = [north |-> 1, south |-> 0]\l`)
	assert.NotContains(t, short, "differs")

	long := drawn(t, `"`+strings.Repeat("many words ", 30)+`"`, "")
	assert.Contains(t, long, "A state shows what differs from the first one.")
	assert.Contains(t, long, `label="count.north = 1\llog.sent    = 1\l", tooltip="msgs  = {}\n`, "a record's points, and the whole in the tooltip")
	assert.NotContains(t, long, `label="as the first`)
	for _, line := range strings.Split(long, "\n") {
		if label, _, found := strings.Cut(line, "tooltip="); found || strings.Contains(line, "label=") {
			for _, row := range strings.Split(label, `\l`) {
				assert.LessOrEqual(t, len(row), 90, "broken into lines")
			}
		}
	}
}

// The actions that lead from one state to the same other are one arrow, each of
// them once, and long arguments are in its tooltip.
func TestDOTArrows(t *testing.T) {
	text := drawn(t, `"x"`, "")
	const tip = `Take(m)\n  m = [to |-> \"north\", body |-> \"a text that is too long for an arrow\"]\nBurn(m)\n  m = `
	assert.Contains(t, text, `  1 -> 3 [label="Take(m)\lBurn(m)\l", color="#228833", fontcolor="#228833", edgetooltip="`+tip)
	assert.Equal(t, 1, strings.Count(text, "  1 -> 3 [label="))
	assert.Contains(t, text, `  0 -> 1 [label="Send(\"north\")\l", color="#4477aa", fontcolor="#4477aa"];`)
}

// The counterexample is in red, and the state at which it ends is filled.
func TestDOTMarksTheCounterexample(t *testing.T) {
	assert.NotContains(t, drawn(t, `"x"`, ""), "#cc0000")
	text := drawn(t, `"x"`, "INVARIANT Few")
	for _, line := range []string{
		`  0 -> 1 [color="#cc0000", fontcolor="#cc0000", penwidth=2];`, `  1 -> 3 [color="#cc0000", fontcolor="#cc0000", penwidth=2];`,
		`  0 [color="#cc0000", penwidth=2];`, `  3 [style="rounded,filled", fillcolor="#ffdddd"];`,
	} {
		assert.Contains(t, text, line)
	}
	assert.NotContains(t, text, `  2 [color="#cc0000"`)
}
