package protocol

import (
	"encoding"
	"encoding/json"
	"fmt"
	"time"
)

// NodeID names a node, as in schedules, traces and specifications: "c", "p1".
type NodeID string

// Node is one process of a protocol: a deterministic state machine.
type Node interface {
	// Step handles one input. now is the reading of the node's own clock,
	// as the time since an origin that means nothing outside the node.
	Step(now time.Duration, in Input) Output

	// Clone returns an independent copy: no step of one shows in the other.
	Clone() Node

	// AppendState appends the canonical encoding of the node's whole state:
	// equal encodings mean that no sequence of inputs can tell the nodes apart.
	AppendState(b []byte) []byte

	// AppendDurable appends the canonical encoding of the part of the state
	// that the node's log determines. A node recovered from all of its records
	// encodes the same as the node that wrote them.
	AppendDurable(b []byte) []byte
}

// Protocol is a configured instance of a protocol: a fixed set of nodes and
// the formats of what they exchange. Its methods are pure.
type Protocol interface {
	// Name is the protocol's name in the catalogue: "twophase".
	Name() string

	// Nodes lists the nodes, in the order in which everything lists them.
	Nodes() []NodeID

	// NewNode returns a node that has not started: its first input is Start.
	NewNode(id NodeID) (Node, error)

	// DecodePayload reads what Payload.AppendBinary wrote. It accepts exactly
	// the canonical encodings and allocates no more than a small multiple of
	// len(b), whatever b holds.
	DecodePayload(b []byte) (Payload, error)

	// DecodeOp reads a client's request from JSON, checking it whole.
	DecodeOp(b json.RawMessage) (Op, error)

	// Server names the node that a client should send its requests to when
	// it knows nothing better, given how many attempts it has made before.
	Server(attempt int) NodeID
}

// Payload is what a message carries. It is immutable once it is sent, since a
// network may hold many copies of it. AppendBinary appends the canonical
// encoding and never fails; String is one line for schedules and diagrams.
type Payload interface {
	encoding.BinaryAppender
	fmt.Stringer
}

// Op is the operation that a client asks for: an immutable value that
// encoding/json writes as DecodeOp reads it.
type Op any

// Message is one message between two nodes.
type Message struct {
	From, To NodeID
	Payload  Payload

	// Early lets the message leave before the records of the step that sent
	// it are durable.
	Early bool
}

func (m Message) String() string {
	return fmt.Sprintf("%s->%s %s", m.From, m.To, m.Payload)
}

// RequestID names a request for good. A client numbers its requests from 1
// and has one outstanding at a time; by sending number n it says that it has
// done with all the numbers below n.
type RequestID struct {
	Client string `json:"client"`
	Seq    uint64 `json:"seq"`
}

func (id RequestID) String() string { return fmt.Sprintf("%s/%d", id.Client, id.Seq) }
