package systems_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

const retried = `# lockstep schedule 1
protocol twophase
option world retry
sync c
invoke c1/1 @c {"write":{"x":"1","y":"1"}}
deliver c->p1 #1
sync p1
deliver p1->c #2
sync c
`

// A schedule of a world is applied to that world's nodes, and its steps are
// held against the specification.
func TestReplayOfAWorld(t *testing.T) {
	schedule, s, err := verify.ReadSchedule("retried", strings.NewReader(retried), systems.Find)
	require.NoError(t, err)
	require.Len(t, s.Protocol().Nodes(), 2, "a coordinator and one participant")
	r, err := verify.Replay(t.Context(), s, schedule, nil)
	require.NoError(t, err)
	require.Equal(t, verify.OK, r.Verdict, r.Reason)

	// The control: the same against a specification whose coordinator is
	// somebody else.
	s.TraceConstants = map[string]any{"Coordinator": "d"}
	r, err = verify.Replay(t.Context(), s, schedule, nil)
	require.NoError(t, err)
	require.Equal(t, verify.Violated, r.Verdict)
	require.Equal(t, explore.CheckStep, r.Check)
	require.Contains(t, r.Reason, "of 6: slice 1.1: the code takes")
}
