package worldtest

import (
	"fmt"

	"github.com/lockstep-go/lockstep/impl/world"
)

// CheckCommitted is an invariant of the counter: what the primary takes for
// committed is durable at every replica.
func CheckCommitted(v world.View) error {
	p, ok := v.Node("p").(*Node)
	if !ok {
		return nil // down
	}
	for _, id := range v.Protocol().Nodes()[1:] {
		if _, durable := v.Log(id); durable < p.committed {
			return fmt.Errorf("the primary has committed %d entries, and %s has %d durable", p.committed, id, durable)
		}
	}
	return nil
}
