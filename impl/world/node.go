package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// node is a node with its disk, its timers and what its driver holds back.
type node struct {
	id   protocol.NodeID
	node protocol.Node // nil while it is down

	// log holds the records that are on the disk or on their way to it. Of
	// the records put out since the start, put in number, the first synced
	// are durable, as are all from before it: log ends with put-synced
	// records that are not.
	log         [][]byte
	put, synced uint64

	checkpoints []checkpoint
	held        []Held
	timers      []protocol.Timer // by name
	clock       []uint64         // vector clock; never written in place

	hashes []Hash // of all of the above but the clock, by renaming; nil is not known
}

// checkpoint says that the records from first to last, counted from 1 as put
// is, stand for all before them.
type checkpoint struct{ first, last uint64 }

// Held is what one step's output holds back.
type Held struct {
	// Position is how many of the records that this incarnation of the node
	// has put out must be durable for the rest to leave.
	Position uint64

	Messages []protocol.Message
	Replies  []protocol.Reply

	encoded []string // the payloads of Messages
	replies string   // the encodings of Replies
}

func (n *node) unsynced() int { return int(n.put - n.synced) }

// own makes nodes[i] this world's alone, and about to change.
func (w *World) own(i int) *node {
	n := w.nodes[i]
	if w.owned>>i&1 == 0 {
		c := *n
		if c.node != nil {
			c.node = c.node.Clone()
		}
		// What is only ever appended to may stay shared, if an append moves it.
		c.log, c.held = slices.Clip(c.log), slices.Clip(c.held)
		c.checkpoints = slices.Clip(c.checkpoints)
		c.timers = slices.Clone(c.timers)
		n = &c
		w.nodes[i] = n
		w.owned |= 1 << i
	}
	n.hashes = nil
	return n
}

// start starts an incarnation of node i from what its disk holds.
func (w *World) start(i int, st *Step) error {
	if w.recall(i, w.inputHash(Restart, 0), st) {
		return nil
	}
	fresh, err := w.proto.NewNode(w.ids[i])
	if err != nil {
		return &NodeError{w.ids[i], "new", err}
	}
	n := w.own(i)
	n.node = fresh
	if n.clock == nil && w.tracked {
		n.clock = make([]uint64, len(w.ids))
	}
	return w.step(i, protocol.Start{Records: slices.Clip(n.log)}, nil, st)
}

// crash takes node i down: it loses the last c.Records records, and all that
// is not on its disk.
func (w *World) crash(i int, c *Choice, st *Step) error {
	if u := w.nodes[i].unsynced(); c.Records < 0 || c.Records > u {
		return notOpen("node %s has %d records to lose, not %d", c.Node, u, c.Records)
	}
	if c.Torn && c.Records == 0 {
		return notOpen("a torn record is a lost one, and lose is 0")
	}
	if w.recall(i, w.inputHash(Crash, uint64(c.Records)), st) {
		return nil
	}
	// own would clone a node only to throw it away.
	old := w.nodes[i]
	n := &node{id: old.id, log: slices.Clip(old.log[:len(old.log)-c.Records]), clock: old.clock}
	// A checkpoint that survived whole is durable now.
	last := old.put - uint64(c.Records)
	for _, cp := range old.checkpoints {
		if cp.last <= last {
			n.log = n.log[uint64(len(n.log))-(last-cp.first+1):]
		}
	}
	w.nodes[i] = n
	w.owned |= 1 << i
	w.settle(i, st)
	return nil
}

// timeout fires a timer of node i.
func (w *World) timeout(i int, timer string, st *Step) error {
	at, ok := findTimer(w.nodes[i].timers, timer)
	if !ok {
		return notOpen("node %s has not armed the timer %q", w.ids[i], timer)
	}
	if w.recall(i, w.inputHash(Timeout, uint64(at)), st) {
		return nil
	}
	n := w.own(i)
	n.timers = slices.Delete(n.timers, at, at+1)
	return w.step(i, protocol.Timeout{Timer: timer}, nil, st)
}

func findTimer(timers []protocol.Timer, name string) (int, bool) {
	return slices.BinarySearchFunc(timers, name, func(t protocol.Timer, name string) int {
		return strings.Compare(t.Name, name)
	})
}

// sync makes the next k records of node i durable, or all if k is 0.
func (w *World) sync(i, k int, st *Step) error {
	u := w.nodes[i].unsynced()
	if u == 0 {
		return notOpen("node %s has nothing to sync", w.ids[i])
	}
	if k < 0 || k >= u {
		return notOpen("node %s has %d records to sync, and upto must be less, not %d", w.ids[i], u, k)
	}
	if k == 0 {
		k = u
	} else {
		w.partial++
	}
	if w.recall(i, w.inputHash(Sync, uint64(k)), st) {
		return nil
	}
	n := w.own(i)
	n.synced += uint64(k)
	for len(n.checkpoints) > 0 && n.checkpoints[0].last <= n.synced {
		n.log = n.log[uint64(len(n.log))-(n.put-n.checkpoints[0].first+1):]
		n.checkpoints = n.checkpoints[1:]
	}
	return w.step(i, protocol.Synced{Records: n.synced}, nil, st)
}

// step gives node i an input, and does with the output what a driver does.
// received is the message that the input delivers, if it does.
func (w *World) step(i int, in protocol.Input, received *Envelope, st *Step) error {
	n := w.own(i)
	var check *contractCheck
	if w.opts.CheckContract {
		check = w.beforeStep(i, in)
	}
	out := n.node.Step(w.reading(i), in)
	st.Node, st.Input, st.Output = n.id, in, out
	if w.tracked {
		clock := slices.Clone(n.clock)
		if received != nil {
			for j, k := range received.clock {
				clock[j] = max(clock[j], k)
			}
		}
		clock[i]++
		n.clock = clock
	}
	if out.Fatal != nil {
		return &NodeError{n.id, in.String(), out.Fatal}
	}
	err := w.takeOutput(i, n, &out)
	if err == nil && check != nil {
		err = check.afterStep(w, i, out)
	}
	if err != nil {
		return &NodeError{n.id, in.String(), err}
	}
	if w.observe != nil {
		o := protocol.Observation{ID: n.id, Node: n.node, Input: in, Output: out, Clock: w.vectorClock(n.clock)}
		if received != nil {
			o.Received = received.ID()
		}
		for _, e := range w.sentNow {
			o.Sent = append(o.Sent, e.ID())
		}
		w.observe(o)
	}
	w.settle(i, st)
	return nil
}

// takeOutput persists, holds back and releases what the output asks for.
func (w *World) takeOutput(i int, n *node, out *protocol.Output) error {
	if out.Checkpoint {
		if len(out.Records) == 0 {
			return fmt.Errorf("a checkpoint of no records: expected at least one")
		}
		n.checkpoints = append(n.checkpoints, checkpoint{n.put + 1, n.put + uint64(len(out.Records))})
	}
	n.log = append(n.log, out.Records...)
	n.put += uint64(len(out.Records))

	direct := n.unsynced() == 0 && len(n.held) == 0 // nothing to wait for
	var h Held
	for _, m := range out.Messages {
		if m.From != n.id {
			return fmt.Errorf("a message from %q: expected it from %q", m.From, n.id)
		}
		if w.index(m.To) < 0 {
			return fmt.Errorf("a message to %q: expected one of the nodes %v", m.To, w.ids)
		}
		w.scratch, _ = m.Payload.AppendBinary(w.scratch[:0]) // fails never, by contract
		encoded := string(w.scratch)
		if w.opts.CheckContract {
			if err := w.checkWire(m, encoded); err != nil {
				return err
			}
		}
		if m.Early || direct {
			w.send(i, m, encoded, n.clock)
			continue
		}
		h.Messages = append(h.Messages, m)
		h.encoded = append(h.encoded, encoded)
	}
	if direct {
		for _, r := range out.Replies {
			w.reply(r)
		}
	} else if len(out.Replies) > 0 {
		h.Replies = out.Replies
		w.scratch = w.scratch[:0]
		for _, r := range h.Replies {
			w.scratch = appendReply(w.scratch, r)
		}
		h.replies = string(w.scratch)
	}
	if len(h.Messages)+len(h.Replies) > 0 {
		h.Position = n.put
		n.held = append(n.held, h)
	}
	for len(n.held) > 0 && n.held[0].Position <= n.synced {
		for j, m := range n.held[0].Messages {
			w.send(i, m, n.held[0].encoded[j], n.clock)
		}
		for _, r := range n.held[0].Replies {
			w.reply(r)
		}
		n.held = n.held[1:]
	}
	for _, t := range out.Timers {
		if !t.Cancel && (t.Min < 0 || t.Max < t.Min) {
			return fmt.Errorf("timer %q: expected 0 <= min <= max, found %v and %v", t.Name, t.Min, t.Max)
		}
		at, armed := findTimer(n.timers, t.Name)
		switch {
		case t.Cancel && armed:
			n.timers = slices.Delete(n.timers, at, at+1)
		case !t.Cancel && armed:
			n.timers[at] = t
		case !t.Cancel:
			n.timers = slices.Insert(n.timers, at, t)
		}
	}
	return nil
}

func (w *World) vectorClock(clock []uint64) protocol.VectorClock {
	v := make(protocol.VectorClock, len(clock))
	for j, k := range clock {
		if k > 0 {
			v[w.ids[j]] = k
		}
	}
	return v
}
