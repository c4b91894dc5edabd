package fault

import "math/rand/v2"

// Hangup lets clients lose their connection: each request, with probability
// Rate, is one whose reply the client does not get, unless the reply comes
// before the connection is lost.
type Hangup struct{ Rate float64 }

// Kind returns KindHangup.
func (*Hangup) Kind() Kind { return KindHangup }

// Strikes says whether the client of the request hangs up.
func (h *Hangup) Strikes(rng *rand.Rand) bool { return strikes(h.Rate, rng) }

func (h *Hangup) fields() []field { return []field{rate("rate", &h.Rate)} }
