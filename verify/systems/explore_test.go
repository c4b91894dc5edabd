package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Every interleaving of every world: atomic, linearizable, and every
// transition a step of the specification.
func TestWorldsAreExplored(t *testing.T) {
	all, err := systems.All()
	require.NoError(t, err)
	for _, s := range all {
		for _, w := range s.Worlds {
			t.Run(s.Name+"/"+w.Name, func(t *testing.T) {
				r, err := verify.Explore(t.Context(), s, w, verify.ExploreConfig{})
				require.NoError(t, err)
				t.Logf("%d states, %d transitions, %d left out, depth %d, %d terminal, %d histories (%d complete), %d steps taken, %v, %s",
					r.States, r.Transitions, r.Pruned, r.Depth, r.Terminal, r.Histories, r.HistoriesComplete, r.StepsTaken, r.Seconds, r.BoundsText())
				if r.Violation != nil {
					t.Log("\n" + r.Violation.Diagram)
				}
				require.Equal(t, explore.OK, r.Verdict, r.Reason)
				require.True(t, r.Steps)
			})
		}
	}
}
