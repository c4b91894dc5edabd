package fault

import "math/rand/v2"

// Delay holds up a link: each message, with probability Rate, arrives later by
// a time drawn from By, and all messages behind it on the link wait for it, as
// they do behind a lost segment of a TCP connection.
type Delay struct {
	Rate float64
	By   Span
}

// Kind returns KindDelay.
func (*Delay) Kind() Kind { return KindDelay }

// Strikes says whether it delays the message.
func (d *Delay) Strikes(rng *rand.Rand) bool { return strikes(d.Rate, rng) }

func (d *Delay) fields() []field { return []field{rate("rate", &d.Rate), span("by", &d.By)} }
