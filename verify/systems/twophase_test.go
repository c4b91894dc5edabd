package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// Simulated runs under every plan: atomic, linearizable, and the same twice.
func TestTwoPhaseSeeds(t *testing.T) {
	s, err := systems.Find("twophase")
	require.NoError(t, err)
	res, err := verify.RunSeeds(t.Context(), s, verify.SeedsConfig{Seed: 1, Seeds: 100, Twice: 100, Keep: 1, Dir: t.TempDir()})
	require.NoError(t, err)
	for _, f := range res.Failures {
		t.Errorf("seed %d, plan %s: %s: %s", f.Seed, f.Plan, f.Check, f.Reason)
	}
	require.Empty(t, res.Undecided)
	require.Equal(t, 100, res.Histories)
	total, events := res.Slices.Total()
	t.Logf("%d events, %v simulated, faults %v, %d of %d operations answered, %d slices (%d distinct) of %d events",
		res.Stats.Events, res.Stats.Simulated, res.Stats.Faults, res.Stats.Returned, res.Stats.Invoked, total, len(res.Slices.Distinct()), events)
	require.Greater(t, total, 500)
}
