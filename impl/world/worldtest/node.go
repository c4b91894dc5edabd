package worldtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Node is the primary or a replica.
type Node struct {
	bug Bug
	id  protocol.NodeID
	log []entry

	// Of the primary only.
	first     int // index before the first entry that ForgetRequests remembers
	committed int // entries that all replicas have
	acked     []int
	gets      []get
}

// get is a get that waits until so many entries are committed.
type get struct {
	id    protocol.RequestID
	index int
}

// Committed returns how many entries the primary knows that all nodes have.
func (n *Node) Committed() int { return n.committed }

// Clone returns an independent copy.
func (n *Node) Clone() protocol.Node {
	c := *n
	c.log, c.gets = slices.Clone(n.log), slices.Clone(n.gets)
	if n.bug != SharedClone {
		c.acked = slices.Clone(n.acked)
	}
	return &c
}

// AppendState encodes the whole state.
func (n *Node) AppendState(b []byte) []byte {
	w := protocol.Writer{B: n.AppendDurable(b)}
	w.Uint(uint64(n.first))
	w.Uint(uint64(n.committed))
	for _, k := range n.acked {
		w.Uint(uint64(k))
	}
	for _, g := range n.gets {
		w.String(g.id.Client)
		w.Uint(g.id.Seq)
		w.Uint(uint64(g.index))
	}
	return w.B
}

// AppendRenamed encodes the state with the replicas' names exchanged: what the
// primary knows of each.
func (n *Node) AppendRenamed(b []byte, r protocol.Renaming) []byte {
	c := *n
	c.acked = make([]int, len(n.acked))
	for i, k := range n.acked {
		to, _ := strconv.Atoi(string(r(protocol.NodeID("r" + strconv.Itoa(i+1))))[1:])
		c.acked[to-1] = k
	}
	return c.AppendState(b)
}

// AppendDurable encodes the log.
func (n *Node) AppendDurable(b []byte) []byte {
	w := protocol.Writer{B: b}
	w.Uint(uint64(len(n.log)))
	for _, e := range n.log {
		w.B = e.append(w.B)
	}
	return w.B
}

// Step handles one input.
func (n *Node) Step(_ time.Duration, in protocol.Input) (out protocol.Output) {
	switch in := in.(type) {
	case protocol.Start:
		for i, b := range in.Records {
			r := protocol.NewReader(b)
			n.log = append(n.log, readEntry(r))
			if err := r.Close(); err != nil {
				out.Fatal = fmt.Errorf("record %d: %w", i+1, err)
				return out
			}
		}
		if n.bug == ForgetRequests {
			n.first = len(n.log)
		}
		n.replicate(&out)
	case protocol.Request:
		n.request(in, &out)
	case protocol.Receive:
		switch m := in.Message.Payload.(type) {
		case appendEntry:
			n.append(m, &out)
		case ack:
			i, _ := strconv.Atoi(string(in.Message.From[1:]))
			if m.entries > n.acked[i-1] {
				n.acked[i-1] = m.entries
				n.commit(&out)
				n.replicate(&out)
			}
		}
	case protocol.Timeout:
		n.replicate(&out)
	}
	return out
}

// request handles a client's request at the primary.
func (n *Node) request(r protocol.Request, out *protocol.Output) {
	op, ok := r.Op.(Op)
	if !ok || n.acked == nil {
		return
	}
	if op.Get {
		n.gets = append(n.gets, get{r.ID, len(n.log)})
		n.commit(out)
		return
	}
	for i, e := range n.log[n.first:] {
		if e.client != r.ID.Client || e.seq < r.ID.Seq {
			continue
		}
		if i += n.first; e.seq == r.ID.Seq && i < n.committed {
			out.Replies = append(out.Replies, n.result(r.ID, i+1))
		}
		return
	}
	e := entry{r.ID.Client, r.ID.Seq, op.Add}
	n.log = append(n.log, e)
	if n.bug == Panics && len(n.log) == 3 {
		panic("the third addition")
	}
	out.Records = append(out.Records, e.append(nil))
	out.Actions = append(out.Actions, protocol.Action{Name: "Add", Args: []any{e.client, int(e.seq), e.add}})
	n.commit(out)
	n.replicate(out)
}

// append handles an entry at a replica.
func (n *Node) append(m appendEntry, out *protocol.Output) {
	if m.index == len(n.log)+1 {
		n.log = append(n.log, m.entry)
		if n.bug != NoRecord {
			out.Records = append(out.Records, m.entry.append(nil))
		}
		out.Actions = append(out.Actions, protocol.Action{Name: "Append", Args: []any{string(n.id)}})
	}
	out.Messages = append(out.Messages, protocol.Message{From: n.id, To: "p",
		Payload: ack{len(n.log), n.bug == BadWire}, Early: n.bug == AckEarly})
}

// commit answers what all replicas have.
func (n *Node) commit(out *protocol.Output) {
	all := len(n.log)
	for _, k := range n.acked {
		all = min(all, k)
	}
	for n.committed < all {
		n.committed++
		e := n.log[n.committed-1]
		out.Replies = append(out.Replies, n.result(protocol.RequestID{Client: e.client, Seq: e.seq}, n.committed))
		out.Actions = append(out.Actions, protocol.Action{Name: "Commit", Args: []any{n.committed}})
	}
	n.gets = slices.DeleteFunc(n.gets, func(g get) bool {
		if g.index <= n.committed {
			out.Replies = append(out.Replies, n.result(g.id, n.committed))
		}
		return g.index <= n.committed
	})
}

// replicate sends each replica the next entry that it lacks.
func (n *Node) replicate(out *protocol.Output) {
	lacking := false
	for i, k := range n.acked {
		if k < len(n.log) {
			lacking = true
			out.Messages = append(out.Messages, protocol.Message{From: n.id,
				To: protocol.NodeID("r" + strconv.Itoa(i+1)), Payload: appendEntry{k + 1, n.log[k]}})
		}
	}
	if n.acked != nil {
		out.Timers = append(out.Timers, protocol.Timer{Name: "retransmit",
			Min: 20 * time.Millisecond, Max: 40 * time.Millisecond, Cancel: !lacking})
	}
}

func (n *Node) result(id protocol.RequestID, entries int) protocol.Reply {
	total := 0
	for _, e := range n.log[:entries] {
		total += e.add
	}
	return protocol.Reply{ID: id, Result: Result{total}}
}
