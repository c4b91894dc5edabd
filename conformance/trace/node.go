package trace

import (
	"maps"
	"sync"
)

// Node records what one node of a program does, for a program that keeps no
// vector clock of its own. The program calls Event where it takes an action of
// the specification, attaches a Stamp to what it sends, and hands the stamp of
// what it receives to Receive:
//
//	n := trace.NewNode("server", w)
//	n.Receive(request.Stamp)
//	n.Event(trace.Event{Action: "Grant", Args: []any{request.Client}})
//	reply.Stamp = n.Stamp()
//
// It is safe for concurrent use; an event must be recorded before anybody can
// see what it did, so under the same lock as what it tells of.
type Node struct {
	name string
	w    *Writer

	mu    sync.Mutex
	clock map[string]uint64
}

// Stamp is a vector clock, to travel with a message. It is JSON's to encode.
type Stamp map[string]uint64

// NewNode returns a recorder for the node of that name. The Writer's header
// names the specification, and should name the node. A node that appends to the
// trace of an earlier incarnation goes on from its clock.
func NewNode(name string, w *Writer) *Node {
	n := &Node{name: name, w: w, clock: map[string]uint64{}}
	if k := w.order.clock[name]; k > 0 {
		n.clock[name] = k
	}
	return n
}

// Event records an action that the node takes. Node, Clock and Seq are filled in.
func (n *Node) Event(e Event) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.clock[n.name]++
	e.Node, e.Clock = n.name, maps.Clone(n.clock)
	return n.w.Write(e)
}

// Stamp returns what is to travel with a message that the node sends now.
func (n *Node) Stamp() Stamp {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.clock)
}

// Receive notes that the node has received a message with that stamp. What it
// records from now on happened after all that the sender had recorded.
func (n *Node) Receive(s Stamp) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for m, k := range s {
		n.clock[m] = max(n.clock[m], k)
	}
}
