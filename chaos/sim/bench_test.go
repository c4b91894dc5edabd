package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/chaos/sim"
)

// BenchmarkRun is whole runs: three clients of ten operations each on four
// nodes, under every fault.
func BenchmarkRun(b *testing.B) {
	for _, name := range []string{"calm", "everything"} {
		b.Run(name, func(b *testing.B) {
			p := plan(b, name)
			b.ReportAllocs()
			events, simulated, seed := 0, 0.0, uint64(0)
			for b.Loop() {
				cfg := config(seed, p)
				cfg.Invariant = nil
				run, err := sim.Run(cfg)
				require.NoError(b, err)
				seed++
				events += run.Events
				simulated += run.Simulated.Seconds()
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(simulated/b.Elapsed().Seconds(), "simulated-s/s")
			b.ReportMetric(float64(events)/float64(seed), "events/run")
		})
	}
}
