//go:build failpoints

package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Every seeded bug is caught, by each check that is said to catch it. The
// control is TestTwoPhaseSeeds, in which the same build without a bug passes.
func TestMutantsAreCaught(t *testing.T) {
	all, err := systems.All()
	require.NoError(t, err)
	for _, s := range all {
		for _, m := range s.Mutants {
			t.Run(s.Name+"/"+m.Name, func(t *testing.T) {
				r, err := verify.RunMutant(t.Context(), s, m, verify.SeedsConfig{Seed: 1, Seeds: 100})
				require.NoError(t, err)
				for check, found := range r.CaughtBy {
					t.Logf("%s: %.200s", check, found)
				}
				require.NotZero(t, r.Hits, "the failpoint was never reached")
				require.Empty(t, r.Unknown)
				require.True(t, r.Caught(m), "expected %v, found %v", m.CaughtBy, r.CaughtBy)
			})
		}
	}
}
