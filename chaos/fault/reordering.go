package fault

import "math/rand/v2"

// Reordering lets messages be overtaken: each, with probability Rate, arrives
// later by a time drawn from By, and the messages behind it do not wait.
type Reordering struct {
	Rate float64
	By   Span
}

// Kind returns KindReordering.
func (*Reordering) Kind() Kind { return KindReordering }

// Strikes says whether it lets the message be overtaken.
func (r *Reordering) Strikes(rng *rand.Rand) bool { return strikes(r.Rate, rng) }

func (r *Reordering) fields() []field { return []field{rate("rate", &r.Rate), span("by", &r.By)} }
