package sim

import (
	"encoding/hex"
	"fmt"
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// Config says what to run. Protocol and Workload must be set; every other
// field has a usable zero value.
type Config struct {
	Protocol protocol.Protocol
	Options  []fault.Option // what the schedule's header says of the protocol

	Seed uint64
	Plan fault.Plan // zero: no faults

	Workload     Workload
	Clients      int // 0 is 3
	OpsPerClient int // 0 is 10

	Latency       fault.Span    // of messages and requests; 0 is 200µs..2ms
	Fsync         fault.Span    // duration of an fsync; 0 is 100µs..1ms
	Think         fault.Span    // between a client's operations; 0 is 0s..5ms
	ClientTimeout time.Duration // until a client gives an attempt up; 0 is 250ms

	Duration  time.Duration // of the faulty part at most; 0 is 60s
	Settle    time.Duration // of the part without faults at least; 0 is 1s
	SettleMax time.Duration // and at most; 0 is 30s
	EventsMax int           // choices applied at most; 0 is a million

	Clocks        map[protocol.NodeID]world.Clock
	CheckContract bool // hold each step against the protocol contract: slow

	// Observer is told of every step of every node, History of what the
	// clients see, Watch of every choice; Invariant is checked after every
	// choice, and what it returns ends the run.
	Observer  protocol.Observer
	History   History
	Watch     func(world.View, world.Step)
	Invariant func(world.View) error
}

// History is told what the clients see, in the order in which it happens, by
// virtual time. Of each operation that reached a node it gets one Invoke and
// then, once, Return or Unknown: the client went on without an answer, or the
// run ended. A client's next operation follows its last one's Return or
// Unknown, with one exception: an operation that first reaches a node after its
// client has given it up is told as an Invoke and at once an Unknown.
type History interface {
	Invoke(at time.Duration, id protocol.RequestID, op protocol.Op)
	Return(at time.Duration, id protocol.RequestID, result any)
	Unknown(at time.Duration, id protocol.RequestID)

	// Fault tells of a crash, a restart, a cut, a heal or a hangup, for
	// pictures of the history.
	Fault(at time.Duration, c world.Choice)
}

// Result is what a run did.
type Result struct {
	Stats

	// Schedule reproduces the run.
	Schedule fault.Schedule

	// Hash is over all that happened: each choice with its time, and each
	// node's output and what left it.
	Hash [32]byte

	// Violation is what went wrong, or nil.
	Violation *Violation

	// Incomplete says why the run ended before it was over, if it did. A run
	// without a violation that is incomplete has no verdict.
	Incomplete string
}

// HashString returns the hash in hexadecimal.
func (r *Result) HashString() string { return hex.EncodeToString(r.Hash[:]) }

// Stats counts what a run did.
type Stats struct {
	Events    int              // choices applied
	Choices   [world.Kinds]int // and of each kind
	Faults    [fault.Kinds]int // faults that struck, of each kind; 0 in a replay
	Messages  uint64           // sent between nodes, duplicates not counted
	Simulated time.Duration    // virtual time
	Invoked   int              // operations of which a request reached a node
	Returned  int              // of those, how many were answered
	Unknown   int              // and how many were not
}

// Violation is the end of a run that went wrong: in what an invariant, the
// contract of impl/protocol or a panic says. The last choice of the schedule,
// if it has any, is the one that did it.
type Violation struct {
	Err error
}

func (v *Violation) Error() string { return v.Err.Error() }

// Unwrap returns Err.
func (v *Violation) Unwrap() error { return v.Err }

func (c *Config) defaults() error {
	if c.Protocol == nil {
		return fmt.Errorf("simulate: expected a protocol, found none")
	}
	if c.Plan.Name == "" {
		c.Plan.Name = "none"
	}
	if err := c.Plan.Check(); err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	whole := func(p *int, d int) {
		if *p == 0 {
			*p = d
		}
	}
	lasts := func(p *time.Duration, d time.Duration) {
		if *p == 0 {
			*p = d
		}
	}
	ranges := func(p *fault.Span, low, high time.Duration) {
		if *p == (fault.Span{}) {
			*p = fault.Span{Min: low, Max: high}
		}
	}
	whole(&c.Clients, 3)
	whole(&c.OpsPerClient, 10)
	whole(&c.EventsMax, 1_000_000)
	ranges(&c.Latency, 200*time.Microsecond, 2*time.Millisecond)
	ranges(&c.Fsync, 100*time.Microsecond, time.Millisecond)
	ranges(&c.Think, 0, 5*time.Millisecond)
	lasts(&c.ClientTimeout, 250*time.Millisecond)
	lasts(&c.Duration, time.Minute)
	lasts(&c.Settle, time.Second)
	lasts(&c.SettleMax, 30*time.Second)
	if c.Clients < 0 || c.OpsPerClient < 0 || c.EventsMax < 0 || c.ClientTimeout < 0 || c.Duration < 0 || c.Settle < 0 || c.SettleMax < 0 {
		return fmt.Errorf("simulate: expected counts and times of at least 0, found clients %d, operations %d, events %d, times %v, %v, %v, %v",
			c.Clients, c.OpsPerClient, c.EventsMax, c.ClientTimeout, c.Duration, c.Settle, c.SettleMax)
	}
	for _, s := range []fault.Span{c.Latency, c.Fsync, c.Think} {
		if s.Min < 0 || s.Max < s.Min {
			return fmt.Errorf("simulate: expected 0 <= min <= max, found %v and %v", s.Min, s.Max)
		}
	}
	return nil
}

func (c *Config) world() (*world.World, error) {
	return world.New(c.Protocol, world.Options{Clocks: c.Clocks, Observer: c.Observer, CheckContract: c.CheckContract})
}

func (c *Config) header() fault.Header {
	return fault.Header{Protocol: c.Protocol.Name(), Options: c.Options, Seed: c.Seed, Plan: c.Plan.Name}
}
