package fault

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Kind names a fault.
type Kind uint8

// The kinds of faults.
const (
	KindLoss Kind = iota
	KindDuplication
	KindDelay
	KindReordering
	KindHangup
	KindSlowFsync
	KindPartition
	KindCrash
	KindRestart
	KindPause

	// Kinds is the number of kinds: the size of an array by kind.
	Kinds = int(KindPause) + 1
)

var kindNames = [Kinds]string{"loss", "duplication", "delay", "reordering", "hangup", "slow-fsync",
	"partition", "crash", "restart", "pause"}

// String returns the fault's name, as in plans.
func (k Kind) String() string {
	if int(k) < Kinds {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Fault is one of the faults of this package: *Loss, *Crash and so on.
type Fault interface {
	Kind() Kind

	// fields binds the fault's parameters to their names in plans.
	fields() []field
}

// newFault returns a fault of the kind with no parameters set.
func newFault(k Kind) Fault {
	switch k {
	case KindLoss:
		return &Loss{}
	case KindDuplication:
		return &Duplication{}
	case KindDelay:
		return &Delay{}
	case KindReordering:
		return &Reordering{}
	case KindHangup:
		return &Hangup{}
	case KindSlowFsync:
		return &SlowFsync{}
	case KindPartition:
		return &Partition{}
	case KindCrash:
		return &Crash{}
	case KindRestart:
		return &Restart{}
	default:
		return &Pause{}
	}
}

// Span is a range of durations, from which one is drawn at random.
type Span struct{ Min, Max time.Duration }

// Draw returns a duration from Min to Max, each as likely.
func (s Span) Draw(rng *rand.Rand) time.Duration {
	if s.Max <= s.Min {
		return s.Min
	}
	return s.Min + time.Duration(rng.Int64N(int64(s.Max-s.Min)+1))
}

// String returns "1ms..5ms", or "1ms" if there is nothing to draw.
func (s Span) String() string {
	if s.Min == s.Max {
		return s.Min.String()
	}
	return s.Min.String() + ".." + s.Max.String()
}

// strikes says whether an event of that probability happens.
func strikes(rate float64, rng *rand.Rand) bool {
	return rate > 0 && rng.Float64() < rate
}

// next draws the time until the next of events that happen every so often on
// average and forget the past (a Poisson process), cut off at ten times that.
func next(every time.Duration, rng *rand.Rand) time.Duration {
	return time.Duration(min(rng.ExpFloat64(), 10) * float64(every))
}

// Shape is how a partition divides the nodes.
type Shape string

// The shapes of partitions.
const (
	Split   Shape = "split"   // two groups, that do not reach each other
	OneWay  Shape = "one-way" // two groups, of which one does not reach the other
	Isolate Shape = "isolate" // one node that reaches none and is reached by none
)

var shapes = []Shape{Split, OneWay, Isolate}

func shapeNames(list []Shape) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}
