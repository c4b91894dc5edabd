package fault

import "math/rand/v2"

// SlowFsync slows fsyncs down: each, with probability Rate, takes longer by a
// time drawn from By. Crashes then find more that is not durable.
type SlowFsync struct {
	Rate float64
	By   Span
}

// Kind returns KindSlowFsync.
func (*SlowFsync) Kind() Kind { return KindSlowFsync }

// Strikes says whether it slows the fsync down.
func (s *SlowFsync) Strikes(rng *rand.Rand) bool { return strikes(s.Rate, rng) }

func (s *SlowFsync) fields() []field { return []field{rate("rate", &s.Rate), span("by", &s.By)} }
