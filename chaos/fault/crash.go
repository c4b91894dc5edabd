package fault

import (
	"math/rand/v2"
	"time"
)

// Crash takes a node down, every so often on average, for a time drawn from
// Down. With probability Lose, some of the records that are not durable are
// lost, any number of them as likely as another; and of those crashes, with
// probability Torn, the first lost record is partly on the disk.
//
// Crashes at moments picked blindly seldom hit the short time between a write
// and its fsync. So each crash waits, with equal chances, for one of three
// moments: none in particular, the node's next write, its next fsync.
type Crash struct {
	Every      time.Duration
	Down       Span
	Lose, Torn float64
}

// Moment is what a crash waits for.
type Moment uint8

// The moments.
const (
	AtOnce Moment = iota
	AfterWrite
	AfterFsync
)

// Kind returns KindCrash.
func (*Crash) Kind() Kind { return KindCrash }

// Next draws the time until it strikes next.
func (c *Crash) Next(rng *rand.Rand) time.Duration { return next(c.Every, rng) }

// Moment draws what the crash waits for.
func (c *Crash) Moment(rng *rand.Rand) Moment { return Moment(rng.IntN(3)) }

// Loss draws how many of a node's unsynced records are lost, and whether the
// first of them is torn.
func (c *Crash) Loss(unsynced int, rng *rand.Rand) (lose int, torn bool) {
	if unsynced == 0 || !strikes(c.Lose, rng) {
		return 0, false
	}
	return 1 + rng.IntN(unsynced), strikes(c.Torn, rng)
}

func (c *Crash) fields() []field {
	return []field{every(&c.Every), span("down", &c.Down), rate("lose", &c.Lose), rate("torn", &c.Torn)}
}
