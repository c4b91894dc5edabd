package systems_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// BenchmarkExploration explores two-phase commit with three participants by one
// goroutine, without the specification and with it, every transition taken.
func BenchmarkExploration(b *testing.B) {
	s, err := systems.Find("twophase")
	require.NoError(b, err)
	w, err := s.FindWorld("three-participants")
	require.NoError(b, err)
	for _, c := range []struct {
		name    string
		noSteps bool
	}{{"code", true}, {"code-and-specification", false}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			transitions := 0
			for b.Loop() {
				r, err := verify.Explore(b.Context(), s, w, verify.ExploreConfig{NoSteps: c.noSteps,
					Adjust: func(c *explore.Config) { c.Workers, c.Full = 1, true }})
				require.NoError(b, err)
				require.Equal(b, explore.OK, r.Verdict, r.Reason)
				transitions += r.Transitions
			}
			b.ReportMetric(float64(transitions)/b.Elapsed().Seconds(), "transitions/s")
		})
	}
}
