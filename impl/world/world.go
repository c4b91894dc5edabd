package world

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Options says what a world is like. The zero value is a world without
// scripted clients, with perfect clocks, in which everything can happen.
type Options struct {
	// Clients are the scripted clients: those whose invocations Choices
	// lists. Apply takes the requests of any client.
	Clients []Client

	// Bounds limits what Choices lists; nil is no limit.
	Bounds *Bounds

	// Clocks are the clocks of nodes whose clocks are not perfect.
	Clocks map[protocol.NodeID]Clock

	// Observer is told of every step of every node, the first starts
	// included. Without one, the world keeps no vector clocks. Clones have
	// none.
	Observer protocol.Observer

	// CheckContract holds every step against the contract of impl/protocol,
	// at several times the cost: that it is deterministic, that clones are
	// independent, that payloads survive their encoding, and that a node
	// recovered from all of its records has the durable state of the node
	// that wrote them.
	CheckContract bool

	// Symmetry makes Hash the same for worlds that differ only in an exchange
	// of interchangeable nodes; the protocol must be a protocol.Symmetric.
	Symmetry bool
}

// Client is a scripted client: it sends its operations one after another,
// numbered from 1, each when the one before it has been answered, to
// Protocol.Server(0); and again, if it has no answer, to Server(1) and on.
type Client struct {
	Name string
	Ops  []protocol.Op
}

// Clock is how a node's clock differs from the world's time: at world time t
// it reads Offset + t + t*DriftPPM/1e6.
type Clock struct {
	Offset   time.Duration
	DriftPPM int64
}

// Unlimited is a bound that never binds.
const Unlimited = -1

// Bounds says how often Choices offers each kind of choice in one run of the
// world: 0 is never. Once a kind has been applied that often it is listed no
// more. Deliveries, syncs of all records, restarts, heals and first
// invocations are not bounded.
type Bounds struct {
	Timeouts, PartialSyncs, Retries           int
	Drops, Duplicates, Crashes, Hangups, Cuts int

	// Copies, if it is above 0, is how many identical messages can be in
	// flight at once: a further one is lost as it is sent.
	Copies int
}

// ErrNotOpen is wrapped by what Apply returns for a choice that is not open.
// The world is then as it was.
var ErrNotOpen = errors.New("not open")

// NodeError says that a node broke its contract, or could not go on. The
// world is not to be used after it.
type NodeError struct {
	Node  protocol.NodeID
	Input string // what it was given
	Err   error
}

func (e *NodeError) Error() string {
	return fmt.Sprintf("node %s at %q: %v", e.Node, e.Input, e.Err)
}

func (e *NodeError) Unwrap() error { return e.Err }

// View is what may be read of a world: by invariants, and by the functions
// that map a world to the variables of its specification. What its methods
// return is shared with the world: to be read only, and only until the next
// choice is applied.
type View interface {
	Protocol() protocol.Protocol

	// Now is the world's time.
	Now() time.Duration

	// Up reports whether the node is running.
	Up(protocol.NodeID) bool

	// Node returns the node, or nil while it is down.
	Node(protocol.NodeID) protocol.Node

	// Log returns the records of the node's log, oldest first, and how many
	// of them are durable.
	Log(protocol.NodeID) (records [][]byte, durable int)

	// Held returns what the node's driver holds back until records are durable.
	Held(protocol.NodeID) []Held

	// Timers returns the armed timers, by name.
	Timers(protocol.NodeID) []protocol.Timer

	// Clock returns the node's vector clock, or nil if the world keeps none.
	Clock(protocol.NodeID) protocol.VectorClock

	// InFlight returns the messages in flight, once for each copy, ordered
	// by link, payload and number.
	InFlight() []*Envelope

	// IsCut reports whether the link is cut.
	IsCut(from, to protocol.NodeID) bool
}

var _ View = (*World)(nil)

// World is a closed world at one point of a run.
type World struct {
	proto   protocol.Protocol
	ids     []protocol.NodeID
	opts    *Options // shared by clones, never written; Bounds is set
	observe protocol.Observer
	tracked bool // whether vector clocks are kept
	sym     *symmetry
	now     time.Duration

	nodes []*node
	owned uint64 // bit i says that nodes[i] is this world's alone

	flights      []*Envelope // by link, payload and number
	flightsOwned bool
	sent         uint64 // number of the last message sent
	cuts         []bool // by from*len(ids)+to; nil is none; never written in place

	clients []clientState
	hung    []string // clients that hung up, sorted; never written in place
	used    [Kinds]int32
	partial int32 // syncs of a part, of used[Sync]
	retried int32 // retries, of used[Invoke]

	memo      *Memo
	pending   memoKey // of the step being applied, if isPending
	isPending bool
	flightSum []Hash // of the messages in flight, by renaming; kept with a memo

	sentNow    []*Envelope // of the step being applied
	repliedNow []Reply
	scratch    []byte
}

// nodesMax is the number of bits of World.owned.
const nodesMax = 64

// New returns a world in which every node of the protocol has started with an
// empty log. It fails if the protocol's nodes cannot be made or named, or if
// one cannot start.
func New(p protocol.Protocol, o Options) (*World, error) {
	w := &World{proto: p, ids: slices.Clone(p.Nodes()), opts: &o, observe: o.Observer,
		tracked: o.Observer != nil, flightsOwned: true}
	if len(w.ids) < 1 || len(w.ids) > nodesMax {
		return nil, fmt.Errorf("protocol %s: expected 1 to %d nodes, found %d", p.Name(), nodesMax, len(w.ids))
	}
	bounds := Bounds{Timeouts: Unlimited, PartialSyncs: Unlimited, Retries: Unlimited, Drops: Unlimited,
		Duplicates: Unlimited, Crashes: Unlimited, Hangups: Unlimited, Cuts: Unlimited}
	if o.Bounds != nil {
		bounds = *o.Bounds
	}
	o.Bounds = &bounds
	for i, id := range w.ids {
		if err := CheckName(string(id)); err != nil {
			return nil, fmt.Errorf("protocol %s: node %d: %w", p.Name(), i, err)
		}
		if slices.Contains(w.ids[:i], id) {
			return nil, fmt.Errorf("protocol %s: node %s is listed twice", p.Name(), id)
		}
		w.nodes = append(w.nodes, &node{id: id})
		w.owned |= 1 << i
	}
	for id := range o.Clocks {
		if !slices.Contains(w.ids, id) {
			return nil, fmt.Errorf("protocol %s: a clock for %q, which is not a node", p.Name(), id)
		}
	}
	if o.Symmetry {
		var err error
		if w.sym, err = newSymmetry(p, w.ids); err != nil {
			return nil, err
		}
	}
	for i, c := range o.Clients {
		if err := CheckName(c.Name); err != nil {
			return nil, fmt.Errorf("client %d: %w", i, err)
		}
		if slices.ContainsFunc(o.Clients[:i], func(d Client) bool { return d.Name == c.Name }) {
			return nil, fmt.Errorf("client %s is listed twice", c.Name)
		}
		w.clients = append(w.clients, clientState{answered: true})
	}
	for i := range w.ids {
		var st Step
		if err := w.start(i, &st); err != nil {
			return nil, err
		}
	}
	w.sentNow, w.repliedNow = nil, nil
	return w, nil
}

// Clone returns a copy that shares with w what neither has changed since. It
// has no observer.
func (w *World) Clone() *World {
	c := *w
	c.observe = nil
	c.nodes = slices.Clone(w.nodes)
	w.owned, c.owned = 0, 0
	w.flightsOwned, c.flightsOwned = false, false
	c.clients = slices.Clone(w.clients)
	c.flightSum = slices.Clone(w.flightSum)
	c.sentNow, c.repliedNow, c.scratch = nil, nil, nil
	return &c
}

// CopyTo makes dst a clone of w. It reuses what dst, which is an earlier clone
// or new, has allocated: a search tries each choice on one world and keeps a
// copy of what it has not seen.
func (w *World) CopyTo(dst *World) {
	nodes, flights, clients, flightSum := dst.nodes[:0], dst.flights[:0], dst.clients[:0], dst.flightSum[:0]
	if !dst.flightsOwned {
		flights = nil
	}
	sentNow, repliedNow, scratch := dst.sentNow[:0], dst.repliedNow[:0], dst.scratch
	w.owned = 0
	*dst = *w
	dst.observe = nil
	dst.nodes = append(nodes, w.nodes...)
	dst.flights, dst.flightsOwned = append(flights, w.flights...), true
	dst.clients = append(clients, w.clients...)
	if w.flightSum != nil {
		dst.flightSum = append(flightSum, w.flightSum...)
	}
	dst.sentNow, dst.repliedNow, dst.scratch = sentNow, repliedNow, scratch
}

// Step is what applying a choice did. Its slices are the world's, and valid
// until the next choice is applied.
type Step struct {
	Choice Choice

	// Node is the node that took a step, and Input and Output the step; a
	// choice that steps no node leaves them empty.
	Node   protocol.NodeID
	Input  protocol.Input
	Output protocol.Output

	// Sent are the messages that left the node for the network.
	Sent []*Envelope

	// Replies are those that left the node for a client.
	Replies []Reply
}

// Reply is a reply that left its node.
type Reply struct {
	protocol.Reply

	// Lost says that the client had hung up and did not get it.
	Lost bool
}

// Apply lets the choice happen, and says what it did. It accepts every choice
// that is open, whether Choices lists it or not; for any other it returns an
// error that wraps ErrNotOpen and changes nothing. A *NodeError says that a
// node broke its contract.
func (w *World) Apply(c Choice) (Step, error) {
	st := Step{Choice: c}
	w.sentNow, w.repliedNow, w.isPending = w.sentNow[:0], w.repliedNow[:0], false
	err := w.apply(&c, &st)
	if err != nil {
		return Step{}, fmt.Errorf("%s: %w", c, err)
	}
	w.used[c.Kind]++
	st.Sent, st.Replies = w.sentNow, w.repliedNow
	return st, nil
}

func (w *World) apply(c *Choice, st *Step) error {
	switch c.Kind {
	case Deliver, Drop, Duplicate:
		return w.applyMessage(c, st)
	case Cut, Heal:
		return w.applyLink(c)
	case Hangup:
		return w.hangup(c.Request.Client)
	case Timeout, Sync, Restart, Invoke, Crash:
	default:
		return notOpen("%s is no kind of choice", c.Kind)
	}
	i := w.index(c.Node)
	if i < 0 {
		return notOpen("expected one of the nodes %v, found %q", w.ids, c.Node)
	}
	up := w.nodes[i].node != nil
	switch {
	case c.Kind == Restart && up:
		return notOpen("node %s is up", c.Node)
	case c.Kind != Restart && !up:
		return notOpen("node %s is down", c.Node)
	}
	switch c.Kind {
	case Timeout:
		return w.timeout(i, c.Timer, st)
	case Sync:
		return w.sync(i, c.Records, st)
	case Restart:
		return w.start(i, st)
	case Invoke:
		return w.invoke(i, c, st)
	default:
		return w.crash(i, c, st)
	}
}

func notOpen(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotOpen, fmt.Sprintf(format, args...))
}

// SetNow sets the world's time, which is to be no earlier than it is.
func (w *World) SetNow(t time.Duration) { w.now = t }

// Now returns the world's time.
func (w *World) Now() time.Duration { return w.now }

// reading is what node i's clock reads now.
func (w *World) reading(i int) time.Duration {
	c, ok := w.opts.Clocks[w.ids[i]]
	if !ok {
		return w.now
	}
	// Whole seconds and the rest apart, so that the product cannot overflow.
	s, rest := int64(w.now/time.Second), int64(w.now%time.Second)
	drift := s*1000*c.DriftPPM + rest*c.DriftPPM/1_000_000
	return c.Offset + w.now + time.Duration(drift)
}

// index returns the node's place in the protocol's list, or -1.
func (w *World) index(id protocol.NodeID) int { return slices.Index(w.ids, id) }

// Protocol returns the protocol that the world runs.
func (w *World) Protocol() protocol.Protocol { return w.proto }

// Up reports whether the node is running.
func (w *World) Up(id protocol.NodeID) bool { return w.Node(id) != nil }

// Node returns the node, or nil if it is down or unknown.
func (w *World) Node(id protocol.NodeID) protocol.Node {
	if i := w.index(id); i >= 0 {
		return w.nodes[i].node
	}
	return nil
}

// Log returns the node's records and how many of them are durable.
func (w *World) Log(id protocol.NodeID) (records [][]byte, durable int) {
	i := w.index(id)
	if i < 0 {
		return nil, 0
	}
	n := w.nodes[i]
	return n.log, len(n.log) - n.unsynced()
}

// LongestLog returns the number of records in the longest of the nodes' logs.
func (w *World) LongestLog() int {
	most := 0
	for _, n := range w.nodes {
		most = max(most, len(n.log))
	}
	return most
}

// Held returns what the node's driver holds back, oldest first.
func (w *World) Held(id protocol.NodeID) []Held {
	if i := w.index(id); i >= 0 {
		return w.nodes[i].held
	}
	return nil
}

// Timers returns the node's armed timers, by name.
func (w *World) Timers(id protocol.NodeID) []protocol.Timer {
	if i := w.index(id); i >= 0 {
		return w.nodes[i].timers
	}
	return nil
}

// Clock returns the node's vector clock, or nil if the world keeps none.
func (w *World) Clock(id protocol.NodeID) protocol.VectorClock {
	if i := w.index(id); i >= 0 && w.tracked {
		return w.vectorClock(w.nodes[i].clock)
	}
	return nil
}

// InFlight returns the messages in flight.
func (w *World) InFlight() []*Envelope { return w.flights }

// IsCut reports whether the link is cut.
func (w *World) IsCut(from, to protocol.NodeID) bool {
	f, t := w.index(from), w.index(to)
	return f >= 0 && t >= 0 && w.isCut(f, t)
}
