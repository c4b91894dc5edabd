package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Every interleaving of every world: atomic and linearizable; and of the first
// tens of thousands of its states, every transition a step of the
// specification. (All of them are in `lockstep explore` and `lockstep verify`.)
func TestWorldsAreExplored(t *testing.T) {
	all, err := systems.All()
	require.NoError(t, err)
	for _, s := range all {
		for _, w := range s.Worlds {
			t.Run(s.Name+"/"+w.Name, func(t *testing.T) {
				r, err := verify.Explore(t.Context(), s, w, verify.ExploreConfig{NoSteps: true})
				require.NoError(t, err)
				require.Equal(t, explore.OK, r.Verdict, r.Reason)
				t.Logf("%d states, %d transitions, %d left out, depth %d, %d terminal, %d histories (%d complete), %s",
					r.States, r.Transitions, r.Pruned, r.Depth, r.Terminal, r.Histories, r.HistoriesComplete, r.BoundsText())
				require.NotZero(t, r.HistoriesComplete)

				r, err = verify.Explore(t.Context(), s, w, verify.ExploreConfig{Adjust: func(c *explore.Config) { c.StatesMax = 50_000 }})
				require.NoError(t, err)
				require.True(t, r.Steps)
				require.Nil(t, r.Violation, r.Reason)
			})
		}
	}
}
