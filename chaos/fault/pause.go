package fault

import (
	"math/rand/v2"
	"time"
)

// Pause stops a node for a while, as SIGSTOP and SIGCONT do or a long
// collection of garbage: every so often on average, for a time drawn from For.
// What happens to the node meanwhile reaches it when it goes on, all at once.
type Pause struct {
	Every time.Duration
	For   Span
}

// Kind returns KindPause.
func (*Pause) Kind() Kind { return KindPause }

// Next draws the time until it strikes next.
func (p *Pause) Next(rng *rand.Rand) time.Duration { return next(p.Every, rng) }

func (p *Pause) fields() []field { return []field{every(&p.Every), span("for", &p.For)} }
