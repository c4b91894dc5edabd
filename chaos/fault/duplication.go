package fault

import "math/rand/v2"

// Duplication delivers messages and clients' requests twice: each with
// probability Rate. The copies travel independently.
type Duplication struct{ Rate float64 }

// Kind returns KindDuplication.
func (*Duplication) Kind() Kind { return KindDuplication }

// Strikes says whether it duplicates the message.
func (d *Duplication) Strikes(rng *rand.Rand) bool { return strikes(d.Rate, rng) }

func (d *Duplication) fields() []field { return []field{rate("rate", &d.Rate)} }
