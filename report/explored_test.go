package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

func TestExplored(t *testing.T) {
	explored := func(v explore.Verdict, reason string) *verify.Explored {
		e := &verify.Explored{World: verify.World{Name: "small", Shows: "very little"}, Steps: true}
		e.Verdict, e.Reason = v, reason
		e.Stats = explore.Stats{States: 1234, Transitions: 1, Pruned: 5, Depth: 7, Terminal: 1, Renamings: 6, Histories: 1, HistoriesComplete: 1}
		e.Bounds = []explore.BoundUse{{Name: "timeouts", Limit: 1, States: 2}, {Name: "copies", Limit: world.Unlimited}}
		return e
	}
	x := report.Explored{System: "s"}
	x.Add(explored(explore.OK, ""), "", "")
	assert.Equal(t, verify.OK, x.Verdict)
	x.Add(explored(explore.Unknown, "limit of 5 states reached"), "", "")
	assert.Equal(t, verify.Unknown, x.Verdict)
	bad := explored(explore.Violated, "invariant: \x1b[2J")
	bad.Violation = &explore.Violation{Check: explore.CheckInvariant, Err: errors.New("x"), Diagram: "  a  b\n",
		Schedule: []world.Choice{{Kind: world.Sync, Node: "a"}}}
	x.Add(bad, "f.schedule", "lockstep replay f.schedule")
	x.Add(explored(explore.OK, ""), "", "")
	assert.Equal(t, verify.Violated, x.Verdict, "the worst")

	var b strings.Builder
	require.NoError(t, report.ExploredText(&b, report.Screen{}, x))
	for _, want := range []string{
		"ok  s/small: very little\n  1,234 states, 1 transition (and 5 that change only the order of others), each state one of 6, depth 7, 1 state in which nothing more can happen; each transition a step of the specification; 1 history of clients, 1 complete; 0.0s\n",
		"  bounds that kept something from happening: timeouts 1 (in 2 states); that did not: copies any number\n",
		"unknown  s/small: very little\n  limit of 5 states reached\n",
		"violated  s/small: very little\n  invariant: \\u001b[2J\n    a  b\n  again: lockstep replay f.schedule\n",
	} {
		assert.Contains(t, b.String(), want)
	}
	b.Reset()
	require.NoError(t, report.JSON(&b, x))
	assert.Contains(t, b.String(), `"schedule": [`)
	assert.Contains(t, b.String(), `"states": 1234`)
}
