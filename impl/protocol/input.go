package protocol

import (
	"fmt"
	"time"
)

// Input is what a node is given to handle: [Start], [Receive], [Timeout],
// [Request] or [Synced].
type Input interface {
	fmt.Stringer
	input()
}

// Start is the first input of every incarnation of a node.
type Start struct {
	// Records is the node's log as it survived, oldest first; empty at the
	// node's first start, and after a crash that left nothing durable.
	Records [][]byte
}

// Receive delivers a message.
type Receive struct{ Message Message }

// Timeout says that a timer that the node armed has fired; it is disarmed.
type Timeout struct{ Timer string }

// Request is a client's request. It may arrive more than once.
type Request struct {
	ID RequestID
	Op Op
}

// Synced says that the first Records of the records that this incarnation of
// the node has put out are durable. Records that Start delivered do not count.
type Synced struct{ Records uint64 }

func (Start) input()   {}
func (Receive) input() {}
func (Timeout) input() {}
func (Request) input() {}
func (Synced) input()  {}

func (s Start) String() string   { return fmt.Sprintf("start with %d records", len(s.Records)) }
func (r Receive) String() string { return "receive " + r.Message.String() }
func (t Timeout) String() string { return "timeout " + t.Timer }
func (r Request) String() string { return fmt.Sprintf("request %s %v", r.ID, r.Op) }
func (s Synced) String() string  { return fmt.Sprintf("synced %d", s.Records) }

// Output is what a step asks of the driver. The driver takes the fields in
// the order in which they stand here.
type Output struct {
	// Actions are the specification's actions that this step took, in order.
	// A step that takes none is a stuttering step of the specification.
	Actions []Action

	// Records are appended to the node's log, in order.
	Records [][]byte

	// Checkpoint says that Records stand for the whole log up to and
	// including themselves: once they are durable, all before them may go.
	Checkpoint bool

	// Messages and Replies leave once all records put out so far are durable
	// (but see Message.Early).
	Messages []Message
	Replies  []Reply

	// Timers are armed, re-armed or cancelled, at once.
	Timers []Timer

	// Fatal says that the node cannot go on, and why: its log does not decode.
	// The driver stops the node; nothing else of the output counts.
	Fatal error
}

// Reply answers a client's request. Result is a value that encoding/json
// writes deterministically (a struct, no maps with non-string keys).
type Reply struct {
	ID     RequestID
	Result any
}

// Timer arms the timer of that name, replacing one that is armed under it, to
// fire after a time that the scheduler picks from Min to Max; or cancels it.
type Timer struct {
	Name     string
	Min, Max time.Duration
	Cancel   bool
}

// Action is one action of the specification that a step took.
type Action struct {
	// Slice is the part of the run that the action belongs to (a transaction
	// of two-phase commit), and empty for an action of the node as a whole,
	// which is an action of every slice.
	Slice string

	// Name is the action's name in the specification, and Args its arguments
	// in order, in the plain values that package conformance converts.
	Name string
	Args []any

	// Constants are the constants of the specification that the slice itself
	// fixes, such as the participants of a transaction. They stand on the
	// first action of the slice.
	Constants map[string]any
}
