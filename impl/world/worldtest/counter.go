// Package worldtest is a small protocol with which schedulers over
// impl/world are tested: a counter whose primary p replicates each addition to
// every replica r1, r2, ... before it answers, and the same with bugs.
//
// A client's operation is {"add":N} or {"get":true}, and the result of both is
// {"total":N}: the sum of all additions up to this one, or up to some moment
// during the get. An addition that is sent again is applied once.
package worldtest

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Bug is something that a counter does wrong.
type Bug string

// The bugs.
const (
	None Bug = ""

	// AckEarly lets a replica acknowledge a record before it is durable.
	AckEarly Bug = "ack-early"

	// ForgetRequests lets a recovered primary forget which requests it knows,
	// so that one sent again is applied again.
	ForgetRequests Bug = "forget-requests"

	// NoRecord lets a replica keep an addition in memory only.
	NoRecord Bug = "no-record"

	// SharedClone lets a clone share what the replicas have with the node.
	SharedClone Bug = "shared-clone"

	// BadWire encodes an acknowledgement in a way that does not decode to it.
	BadWire Bug = "bad-wire"

	// Panics lets the primary panic at the third addition.
	Panics Bug = "panics"
)

// Counter is the protocol with that many replicas.
type Counter struct {
	Replicas int
	Bug      Bug
}

var _ protocol.Symmetric = Counter{}

// Add and Get are the operations; Result answers both.
type (
	Op struct {
		Add int  `json:"add,omitempty"`
		Get bool `json:"get,omitempty"`
	}
	Result struct {
		Total int `json:"total"`
	}
)

// Name returns "counter".
func (Counter) Name() string { return "counter" }

// Nodes returns p, r1, r2, ...
func (c Counter) Nodes() []protocol.NodeID {
	ids := []protocol.NodeID{"p"}
	for i := range c.Replicas {
		ids = append(ids, protocol.NodeID(fmt.Sprintf("r%d", i+1)))
	}
	return ids
}

// Server returns the primary.
func (Counter) Server(int) protocol.NodeID { return "p" }

// Interchangeable says that the replicas are.
func (c Counter) Interchangeable() [][]protocol.NodeID { return [][]protocol.NodeID{c.Nodes()[1:]} }

// AppendRenamedRecord appends the record: it names no node.
func (Counter) AppendRenamedRecord(b []byte, _ protocol.NodeID, record []byte, _ protocol.Renaming) []byte {
	return append(b, record...)
}

// RenamedTimer returns the name: it names no node.
func (Counter) RenamedTimer(name string, _ protocol.Renaming) string { return name }

// NewNode returns a node that has not started.
func (c Counter) NewNode(id protocol.NodeID) (protocol.Node, error) {
	for i, n := range c.Nodes() {
		switch {
		case n == id && i == 0:
			return &Node{bug: c.Bug, id: id, acked: make([]int, c.Replicas)}, nil
		case n == id:
			return &Node{bug: c.Bug, id: id}, nil
		}
	}
	return nil, fmt.Errorf("expected one of the nodes %v, found %q", c.Nodes(), id)
}

// DecodeOp reads an operation.
func (Counter) DecodeOp(b json.RawMessage) (protocol.Op, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var op Op
	if err := d.Decode(&op); err != nil {
		return nil, err
	}
	if (op.Add == 0) == !op.Get {
		return nil, fmt.Errorf("expected either add or get, found %s", b)
	}
	return op, nil
}

// entry is one addition, and a record of the log.
type entry struct {
	client string
	seq    uint64
	add    int
}

func (e entry) append(b []byte) []byte {
	w := protocol.Writer{B: b}
	w.String(e.client)
	w.Uint(e.seq)
	w.Uint(uint64(e.add))
	return w.B
}

func readEntry(r *protocol.Reader) entry {
	return entry{r.String(), r.Uint(), int(r.Uint())}
}

// Append asks a replica to append an entry at an index, from 1; Ack says that
// a replica has that many.
type (
	appendEntry struct {
		index int
		entry entry
	}
	ack struct {
		entries int
		bad     bool
	}
)

func (a appendEntry) AppendBinary(b []byte) ([]byte, error) {
	w := protocol.Writer{B: b}
	w.Byte('a')
	w.Uint(uint64(a.index))
	return a.entry.append(w.B), nil
}

func (a appendEntry) String() string {
	return fmt.Sprintf("append %d %s/%d +%d", a.index, a.entry.client, a.entry.seq, a.entry.add)
}

func (a ack) AppendBinary(b []byte) ([]byte, error) {
	w := protocol.Writer{B: b}
	w.Byte('k')
	n := uint64(a.entries)
	if a.bad {
		n++
	}
	w.Uint(n)
	return w.B, nil
}

func (a ack) String() string { return fmt.Sprintf("ack %d", a.entries) }

// DecodePayload reads a message.
func (Counter) DecodePayload(b []byte) (protocol.Payload, error) {
	r := protocol.NewReader(b)
	var p protocol.Payload
	switch kind := r.Byte(); kind {
	case 'a':
		p = appendEntry{int(r.Uint()), readEntry(r)}
	case 'k':
		p = ack{entries: int(r.Uint())}
	default:
		r.Fail("expected a message of kind a or k, found %q", kind)
	}
	return p, r.Close()
}
