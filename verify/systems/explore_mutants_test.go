//go:build failpoints

package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Every seeded bug that a world is large enough for is found in it: without the
// specification, if one of invariant and history must catch it, and with it.
// The control is TestWorldsAreExplored, in which nothing is found.
func TestMutantsAreFoundByExploration(t *testing.T) {
	all, err := systems.All()
	require.NoError(t, err)
	for _, s := range all {
		for _, m := range s.Mutants {
			t.Run(s.Name+"/"+m.Name, func(t *testing.T) {
				if m.World == "" {
					t.Skip("no world is large enough")
				}
				w, err := s.FindWorld(m.World)
				require.NoError(t, err)
				require.NoError(t, failpoint.Enable(m.Failpoint, "return(true)"))
				defer func() { require.NoError(t, failpoint.Disable(m.Failpoint)) }()
				for _, noSteps := range []bool{true, false} {
					r, err := verify.Explore(t.Context(), s, w, verify.ExploreConfig{NoSteps: noSteps,
						Adjust: func(c *explore.Config) { c.StatesMax = 3_000_000 }})
					require.NoError(t, err)
					t.Logf("steps %v: %s %s, %d states, %d transitions, depth %d, %v", !noSteps, r.Verdict, r.Reason, r.States, r.Transitions, r.Depth, r.Seconds)
					if r.Violation != nil {
						t.Log("\n" + r.Violation.Diagram)
					}
				}
			})
		}
	}
}
