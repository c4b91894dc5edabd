package protocol

// A protocol's state is mapped to the variables of its specification as plain
// Go values: bool, int, string, NodeID, []any (a sequence), Tuple, Set,
// map[string]any (a record, and so a function on strings), and Func.

// Set is a set; its elements are distinct and in no particular order.
type Set []any

// Tuple is a tuple. TLA+ does not tell it from a sequence.
type Tuple []any

// Func is a function given by its graph: pairs of argument and value.
type Func [][2]any

// ModelValue is a TLA+ model value, such as a node's name.
type ModelValue string

// Assignment is what one node contributes to the state of the specification.
type Assignment struct {
	// Local holds, for variables that are functions on nodes, the value at
	// this node.
	Local map[string]any

	// Whole holds the variables that belong to this node alone.
	Whole map[string]any
}

// Mapped is implemented by nodes that map themselves to their specification.
type Mapped interface {
	Node

	// Slices lists the slices that the node knows, in a fixed order. A
	// protocol without slices returns [""].
	Slices() []string

	// Assign maps the node's state to the specification's variables for the
	// given slice. It is the same function that the explorer, the simulator
	// and the trace writer use.
	Assign(slice string) Assignment
}

// NodeView is what a world knows of a node, while it is up and while it is down.
type NodeView struct {
	ID      NodeID
	Node    Node          // nil while it is down
	Records [][]byte      // of its log, oldest first
	Durable int           // how many of them no crash can take away
	Held    []HeldMessage // what it has sent and its driver has not let go yet
}

// HeldMessage is a message that leaves when that many records of its node's log
// are durable.
type HeldMessage struct {
	Message
	Records int
}

// WorldMapped is implemented by a protocol that maps to its specification all
// of a world: what its nodes know, and what no node knows, which is the disks
// of nodes that are down, the messages that wait for a disk, and the network.
// It is what lets an explorer compare every state of the code with a state of
// the specification. The state that a world maps to is made up of what its
// nodes and the network contribute; sets that several contribute to one
// variable are united.
type WorldMapped interface {
	Protocol

	// AssignNode maps a node, as [Mapped] does, and its disk. A variable
	// that cannot be told it leaves out, or gives the value nil if another
	// contributes to it.
	AssignNode(slice string, n NodeView) Assignment

	// AssignNetwork maps the messages in flight, of all slices, to variables
	// as a whole.
	AssignNetwork(slice string, inFlight []Message) map[string]any

	// SliceOf returns the slice that a message is about, "" if the protocol
	// has no slices.
	SliceOf(m Message) string

	// Crashed returns the action of the specification by which a node
	// crashes, in every slice in which it takes part, and Lost the one by
	// which the network loses a message.
	Crashed(id NodeID) Action
	Lost(m Message) Action
}

// MessageID names a message sent in a run; a duplicate carries the same one.
type MessageID string

// VectorClock counts, for each node, the steps of it that happened before
// (Fidge 1988, Mattern 1989). Drivers keep it; nodes do not see it.
type VectorClock map[NodeID]uint64

// Clone returns a copy.
func (v VectorClock) Clone() VectorClock {
	c := make(VectorClock, len(v))
	for n, k := range v {
		c[n] = k
	}
	return c
}

// Merge raises v to at least w, in every entry.
func (v VectorClock) Merge(w VectorClock) {
	for n, k := range w {
		if k > v[n] {
			v[n] = k
		}
	}
}

// Before reports whether v happened before w: v <= w in every entry, and they
// differ.
func (v VectorClock) Before(w VectorClock) bool {
	less := false
	for n, k := range v {
		if k > w[n] {
			return false
		}
	}
	for n, k := range w {
		if k > v[n] {
			less = true
		}
	}
	return less
}

// Observation is one step of one node, as the driver that ran it tells an
// observer: a trace writer, a diagram, an invariant.
type Observation struct {
	ID     NodeID
	Node   Node // after the step; to be read during the call only
	Input  Input
	Output Output

	// Clock is the node's vector clock after the step. The node's own entry
	// counts its steps over all of its incarnations, from 1.
	Clock VectorClock

	// Received is the id of the message that the step received, if it did,
	// and Sent the ids of those that left the node in this step's wake: early
	// ones of its own, and at an fsync all those that it released.
	Received MessageID
	Sent     []MessageID
}

// Observer is told of every step, in the order in which the node takes them.
// Observers of different nodes of a host may run at the same time.
type Observer func(Observation)
