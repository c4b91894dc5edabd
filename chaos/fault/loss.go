package fault

import "math/rand/v2"

// Loss loses messages and clients' requests: each with probability Rate.
type Loss struct{ Rate float64 }

// Kind returns KindLoss.
func (*Loss) Kind() Kind { return KindLoss }

// Strikes says whether it loses the message.
func (l *Loss) Strikes(rng *rand.Rand) bool { return strikes(l.Rate, rng) }

func (l *Loss) fields() []field { return []field{rate("rate", &l.Rate)} }
