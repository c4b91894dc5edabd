package explore_test

import (
	"context"
	"fmt"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/impl/world/worldtest"
)

// A replicated counter whose replicas acknowledge before they have written
// anything down: a shortest schedule shows it.
func ExampleRun() {
	r, err := explore.Run(context.Background(), explore.Config{
		Protocol:  worldtest.Counter{Replicas: 1, Bug: worldtest.AckEarly},
		Clients:   []world.Client{{Name: "c1", Ops: []protocol.Op{worldtest.Op{Add: 1}}}},
		Bounds:    explore.Bounds{Bounds: world.Bounds{Crashes: 1}},
		Invariant: worldtest.CheckCommitted,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Verdict)
	fmt.Println(r.Violation)
	for _, line := range r.Violation.Lines() {
		fmt.Println(line)
	}
	// Output:
	// violated
	// invariant, after 4 choices: the primary has committed 1 entries, and r1 has 0 durable
	// invoke c1/1 @p {"add":1}
	// sync p
	// deliver p->r1 #1
	// deliver r1->p #2
}
