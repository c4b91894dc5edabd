//go:build failpoints

package systems_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Every seeded bug that a world is large enough for is found in it: by its
// invariant or by what its clients see, without the specification, and, where
// the bug is said to show in traces, by the first step that the specification
// does not allow. The control is TestWorldsAreExplored, in which nothing is.
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
				find := func(noSteps bool) *explore.Violation {
					r, err := verify.Explore(t.Context(), s, w, verify.ExploreConfig{NoSteps: noSteps})
					require.NoError(t, err)
					require.Equal(t, explore.Violated, r.Verdict, r.Reason)
					t.Logf("%s in %d states, %d transitions, %v; schedule:\n%s%s", r.Reason, r.States, r.Transitions, r.Seconds, r.Schedule, r.Violation.Diagram)
					return r.Violation
				}
				seen := find(true)
				require.NotEqual(t, explore.CheckStep, seen.Check)
				if slices.Contains(m.CaughtBy, verify.CheckTrace) {
					step := find(false)
					require.Equal(t, explore.CheckStep, step.Check)
					require.LessOrEqual(t, len(step.Schedule), len(seen.Schedule))
				}
			})
		}
	}
}
