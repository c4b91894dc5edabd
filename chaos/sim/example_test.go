package sim_test

import (
	"fmt"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

// A counter that forgets at recovery which requests it has applied: find a
// seed that shows it, and the few choices that it takes.
func Example() {
	crashes, err := fault.Named("crashes")
	if err != nil {
		fmt.Println(err)
		return
	}
	for seed := uint64(1); seed <= 100; seed++ {
		cfg := sim.Config{
			Protocol:  worldtest.Counter{Replicas: 1, Bug: worldtest.ForgetRequests},
			Seed:      seed,
			Plan:      crashes,
			Workload:  sim.Resubmit(func(*sim.Client) protocol.Op { return worldtest.Op{Add: 1} }),
			Invariant: appliedTwice,
		}
		result, err := sim.Run(cfg)
		if err != nil {
			fmt.Println(err)
			return
		}
		if result.Violation == nil {
			continue
		}
		fmt.Println(result.Violation)
		configure := func() (sim.Config, func(*sim.Result) bool) { return cfg, nil }
		short, _, _, err := sim.Shrink(&result.Schedule, configure, 2000)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, e := range short.Events {
			fmt.Println(e.Choice)
		}
		return
	}
	// Output:
	// invariant: request c1/5 was applied twice
	// invoke c1/5 @p {"add":1}
	// crash p lose=0
	// restart p
	// invoke c1/5 @p {"add":1}
}
