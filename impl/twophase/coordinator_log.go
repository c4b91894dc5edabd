package twophase

import (
	"sort"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// recover rebuilds the coordinator from its log and begins a new epoch. What
// it does not find there is forgotten, and so presumed to be aborted.
func (c *coordinator) recover(records [][]byte, out *protocol.Output) {
	err := readLog(records, func(k recordKind, r *protocol.Reader) {
		switch k {
		case recEpoch:
			c.epoch = r.Uint()
		case recCommit:
			c.replayCommit(readCommitRecord(r))
		case recEnd:
			t := readTxn(r)
			c.forget(t)
			c.ended = append(c.ended, t)
		case recOutcome:
			id := protocol.RequestID{Client: r.String(), Seq: r.Uint()}
			c.settle(id, readResult(r))
		case recCheckpoint:
			c.readCheckpoint(r)
		default:
			r.Fail("%s", errRecord(k))
		}
	})
	if err != nil {
		out.Fatal = err
		return
	}
	failpoint.Inject("recovery-forgets-decisions", func(v failpoint.Value) {
		if v != nil {
			c.txns = nil
		}
	})
	c.records = len(records)
	c.epoch++
	c.persist(out, TxnID{}, recEpoch, func(w *protocol.Writer) { w.Uint(c.epoch) })
	for _, t := range c.txns {
		out.Timers = append(out.Timers, after("resend", t.id, c.cluster.options.Resend))
	}
	out.Actions = append(out.Actions, protocol.Action{Name: "Recover", Args: []any{Coordinator}})
}

// replayCommit takes a decision from the log.
func (c *coordinator) replayCommit(r commitRecord) {
	t := &txn{id: r.txn, request: r.request, participants: r.participants,
		committed: true, reads: addKVs(nil, r.reads)}
	if i, ok := c.find(t.id); !ok {
		c.txns = append(c.txns[:i:i], append([]*txn{t}, c.txns[i:]...)...)
	}
	c.settle(r.request, Result{Outcome: Committed, Reads: t.reads})
}

// checkpoint replaces a log that has grown long. What the step itself wrote
// stands before the checkpoint, which says the same again.
func (c *coordinator) checkpoint(out *protocol.Output) {
	every := c.cluster.options.CheckpointEvery
	if every < 0 || c.records < every || out.Fatal != nil {
		return
	}
	var volatile []TxnID
	for _, t := range c.ended {
		if c.log.volatile(t) > 0 {
			volatile = append(volatile, t)
		}
	}
	c.ended = volatile
	out.Checkpoint = true
	c.persist(out, TxnID{}, recCheckpoint, c.writeCheckpoint)
	c.records = 0
}

func (c *coordinator) writeCheckpoint(w *protocol.Writer) {
	w.Uint(c.epoch)
	c.writeDurable(w)
}

// writeDurable writes what the log determines, but for the epoch, which every
// recovery changes.
func (c *coordinator) writeDurable(w *protocol.Writer) {
	committed := 0
	for _, t := range c.txns {
		if t.committed {
			committed++
		}
	}
	w.Uint(uint64(committed))
	for _, t := range c.txns {
		if t.committed {
			commitRecord{t.id, t.participants, t.request, sortedKVs(t.reads)}.write(w)
		}
	}
	var clients []string
	for name, s := range c.sessions {
		if s.settled > 0 {
			clients = append(clients, name)
		}
	}
	sort.Strings(clients)
	w.Uint(uint64(len(clients)))
	for _, name := range clients {
		w.String(name)
		w.Uint(c.sessions[name].settled)
		writeResult(w, c.sessions[name].result)
	}
	w.Uint(uint64(len(c.ended)))
	for _, t := range c.ended {
		writeTxn(w, t)
	}
}

func (c *coordinator) readCheckpoint(r *protocol.Reader) {
	c.epoch = r.Uint()
	c.txns, c.ended = nil, nil
	for n := r.Count(6); n > 0 && r.Err() == nil; n-- {
		c.replayCommit(readCommitRecord(r))
	}
	c.sessions = map[string]*session{}
	for n := r.Count(6); n > 0 && r.Err() == nil; n-- {
		id := protocol.RequestID{Client: r.String(), Seq: r.Uint()}
		c.settle(id, readResult(r))
	}
	for n := r.Count(2); n > 0 && r.Err() == nil; n-- {
		c.ended = append(c.ended, readTxn(r))
	}
}

// AppendDurable implements protocol.Node.
func (c *coordinator) AppendDurable(b []byte) []byte {
	w := protocol.Writer{B: b}
	c.writeDurable(&w)
	return w.B
}
