package fault

import (
	"math/rand/v2"
	"time"
)

// Restart restarts a node's process at once, every so often on average: its
// memory is lost, and nothing that it wrote.
type Restart struct{ Every time.Duration }

// Kind returns KindRestart.
func (*Restart) Kind() Kind { return KindRestart }

// Next draws the time until it strikes next.
func (r *Restart) Next(rng *rand.Rand) time.Duration { return next(r.Every, rng) }

func (r *Restart) fields() []field { return []field{every(&r.Every)} }
