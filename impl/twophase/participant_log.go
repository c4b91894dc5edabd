package twophase

import (
	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

func (t *prepared) write(w *protocol.Writer, oldest TxnID) {
	writeTxn(w, t.id)
	writeTxn(w, oldest)
	writeWork(w, t.work)
	writeKVs(w, t.reads)
}

func readPrepared(r *protocol.Reader) (t *prepared, oldest TxnID) {
	t = &prepared{id: readTxn(r)}
	oldest = readTxn(r)
	t.work = readWork(r)
	t.reads = readKVs(r)
	return t, oldest
}

// recover rebuilds the shard from its log. A transaction that was prepared is
// in doubt again, and holds its locks again, shared ones too.
func (p *participant) recover(records [][]byte, out *protocol.Output) {
	err := readLog(records, func(k recordKind, r *protocol.Reader) {
		switch k {
		case recPrepare:
			t, oldest := readPrepared(r)
			if r.Err() == nil {
				p.replayPrepared(t, oldest)
			}
		case recDecision:
			if t, d := readTxn(r), readDecision(r); r.Err() == nil {
				p.apply(t, d)
			}
		case recParticipantCheckpoint:
			p.readCheckpoint(r)
		default:
			r.Fail("%s", errRecord(k))
		}
	})
	if err != nil {
		out.Fatal = err
		return
	}
	p.records = len(records)
	failpoint.Inject("recovery-forgets-prepared", func(v failpoint.Value) {
		if v != nil {
			for _, t := range p.prepared {
				p.locks.unlock(t.id, t.work)
			}
			p.prepared = nil
		}
	})
	failpoint.Inject("recovery-forgets-read-locks", func(v failpoint.Value) {
		if v != nil {
			for _, t := range p.prepared {
				p.locks.unlock(t.id, work{compare: t.work.compare, read: t.work.read})
			}
		}
	})
	for _, t := range p.prepared {
		out.Timers = append(out.Timers, after("inquire", t.id, p.cluster.options.Inquire))
	}
	out.Actions = append(out.Actions, protocol.Action{Name: "Recover", Args: []any{p.id}})
}

func (p *participant) replayPrepared(t *prepared, oldest TxnID) {
	if i, ok := p.findPrepared(t.id); !ok {
		p.prepared = append(p.prepared[:i:i], append([]*prepared{t}, p.prepared[i:]...)...)
	}
	p.locks.tryLock(t.id, t.work)
	if p.oldest.Less(oldest) {
		p.oldest = oldest
	}
}

// checkpoint replaces a log that has grown long, and forgets the transactions
// that can no longer matter. What the step itself wrote stands before the
// checkpoint, which says the same again.
func (p *participant) checkpoint(out *protocol.Output) {
	every := p.cluster.options.CheckpointEvery
	if every < 0 || p.records < every || out.Fatal != nil {
		return
	}
	var keep []decided
	for _, d := range p.decided {
		if !d.id.Less(p.oldest) || p.log.volatile(d.id) > 0 {
			keep = append(keep, d)
		}
	}
	p.decided = keep
	out.Checkpoint = true
	p.persist(out, TxnID{}, recParticipantCheckpoint, p.writeCheckpoint)
	p.records = 0
}

func (p *participant) writeCheckpoint(w *protocol.Writer) {
	writeTxn(w, p.oldest)
	p.writeDurable(w)
}

// writeDurable writes what the log determines, but for oldest, of which the
// log knows a bound.
func (p *participant) writeDurable(w *protocol.Writer) {
	writeKVs(w, sortedKVs(p.store))
	w.Uint(uint64(len(p.prepared)))
	for _, t := range p.prepared {
		t.write(w, TxnID{})
	}
	w.Uint(uint64(len(p.decided)))
	for _, d := range p.decided {
		writeTxn(w, d.id)
		w.Bool(d.prepared)
		w.Byte(byte(d.decision))
	}
}

func (p *participant) readCheckpoint(r *protocol.Reader) {
	p.locks, p.prepared, p.decided = newLockTable(), nil, nil
	p.oldest = readTxn(r)
	p.store = addKVs(map[string]string{}, readKVs(r))
	for n := r.Count(6); n > 0 && r.Err() == nil; n-- {
		if t, _ := readPrepared(r); r.Err() == nil {
			p.replayPrepared(t, TxnID{})
		}
	}
	for n := r.Count(4); n > 0 && r.Err() == nil; n-- {
		d := decided{readTxn(r), r.Bool(), readDecision(r)}
		if k := len(p.decided); k > 0 && !p.decided[k-1].id.Less(d.id) {
			r.Fail("expected transactions in order, found %s after %s", d.id, p.decided[k-1].id)
		}
		p.decided = append(p.decided, d)
	}
}

func readDecision(r *protocol.Reader) decision {
	d := decision(r.Byte())
	if d != decidedAbort && d != decidedCommit {
		r.Fail("expected decision %d or %d, found %d", decidedAbort, decidedCommit, d)
	}
	return d
}

// AppendDurable implements protocol.Node.
func (p *participant) AppendDurable(b []byte) []byte {
	w := protocol.Writer{B: b}
	p.writeDurable(&w)
	return w.B
}
