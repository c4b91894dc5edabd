package twophase

import (
	"sort"
	"time"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// participant is a node that holds one shard of the store. Its handlers are
// the actions of the specification of the same names.
type participant struct {
	cluster *Cluster
	id      protocol.NodeID
	log     logTail
	records int // since the last checkpoint

	store map[string]string
	locks *lockTable

	// prepared are the transactions that it has voted yes for and is in doubt
	// about, oldest first.
	prepared []*prepared

	// decided are the transactions of which it knows the outcome. Those before
	// oldest can be forgotten: no Prepare for them will be honoured again.
	decided []decided
	oldest  TxnID
}

// prepared is a transaction in doubt: its work, whose locks it holds, and
// what it read.
type prepared struct {
	id    TxnID
	work  work
	reads []kv
}

type decided struct {
	id       TxnID
	prepared bool // or refused without
	decision decision
}

var _ protocol.Mapped = (*participant)(nil)

// Step implements protocol.Node.
func (p *participant) Step(_ time.Duration, in protocol.Input) protocol.Output {
	var out protocol.Output
	switch in := in.(type) {
	case protocol.Start:
		p.recover(in.Records, &out)
	case protocol.Receive:
		if m, ok := in.Message.Payload.(payload); ok && in.Message.From == Coordinator {
			p.receive(m, &out)
		}
	case protocol.Timeout:
		p.timeout(in.Timer, &out)
	case protocol.Synced:
		for _, t := range p.log.synced(in.Records) {
			act(&out, t, "Sync", p.id)
		}
	}
	p.checkpoint(&out)
	return out
}

func (p *participant) persist(out *protocol.Output, t TxnID, k recordKind, write func(*protocol.Writer)) {
	out.Records = append(out.Records, record(k, write))
	p.log.wrote(t)
	p.records++
}

func (p *participant) send(out *protocol.Output, m payload) {
	out.Messages = append(out.Messages, protocol.Message{From: p.id, To: Coordinator, Payload: m})
}

func (p *participant) findPrepared(t TxnID) (int, bool) {
	i := sort.Search(len(p.prepared), func(i int) bool { return !p.prepared[i].id.Less(t) })
	return i, i < len(p.prepared) && p.prepared[i].id == t
}

func (p *participant) findDecided(t TxnID) (int, bool) {
	i := sort.Search(len(p.decided), func(i int) bool { return !p.decided[i].id.Less(t) })
	return i, i < len(p.decided) && p.decided[i].id == t
}

func (p *participant) inDoubt(t TxnID) *prepared {
	if i, ok := p.findPrepared(t); ok {
		return p.prepared[i]
	}
	return nil
}

func (p *participant) receive(m payload, out *protocol.Output) {
	switch m.kind {
	case kindPrepare:
		p.recvPrepare(m, out)
	case kindCommit:
		act(out, m.txn, "RecvCommit", p.id)
		if p.inDoubt(m.txn) != nil {
			p.decide(m.txn, decidedCommit, out)
		}
		// Commit is only ever sent to a participant that has prepared: one that
		// is not in doubt has committed, and may have forgotten it.
		p.send(out, payload{kind: kindAck, txn: m.txn})
	case kindAbort:
		_, known := p.findDecided(m.txn)
		if !known && p.inDoubt(m.txn) == nil && m.txn.Less(p.oldest) {
			return // a late copy, about what was decided long ago
		}
		act(out, m.txn, "RecvAbort", p.id)
		if !known {
			p.decide(m.txn, decidedAbort, out)
		}
	}
}

// recvPrepare is action RecvPrepare: vote, or say again what the vote was.
func (p *participant) recvPrepare(m payload, out *protocol.Output) {
	if p.oldest.Less(m.oldest) {
		p.oldest = m.oldest
	}
	if t := p.inDoubt(m.txn); t != nil {
		act(out, m.txn, "RecvPrepare", p.id)
		p.send(out, payload{kind: kindYes, txn: m.txn, reads: t.reads})
		return
	}
	if i, ok := p.findDecided(m.txn); ok {
		act(out, m.txn, "RecvPrepare", p.id)
		if p.decided[i].decision == decidedAbort {
			p.send(out, payload{kind: kindNo, txn: m.txn, reason: ReasonConflict})
		}
		return
	}
	stale := m.txn.Less(p.oldest)
	failpoint.Inject("prepare-again", func(v failpoint.Value) {
		if v != nil {
			stale = false
		}
	})
	if stale {
		return // a late copy of what was decided long ago
	}
	act(out, m.txn, "RecvPrepare", p.id)
	if !p.locks.tryLock(m.txn, m.work) {
		p.refuse(m.txn, ReasonConflict, nil, out)
		return
	}
	if failed := p.mismatches(m.work.compare); len(failed) > 0 {
		p.locks.unlock(m.txn, m.work)
		p.refuse(m.txn, ReasonCompare, failed, out)
		return
	}
	t := &prepared{id: m.txn, work: m.work}
	for _, k := range m.work.read {
		t.reads = append(t.reads, kv{k, p.store[k]})
	}
	i, _ := p.findPrepared(t.id)
	p.prepared = append(p.prepared[:i:i], append([]*prepared{t}, p.prepared[i:]...)...)
	failpoint.Inject("release-locks-at-prepare", func(v failpoint.Value) {
		if v != nil {
			p.locks.unlock(t.id, t.work)
		}
	})
	p.persist(out, t.id, recPrepare, func(w *protocol.Writer) { t.write(w, p.oldest) })
	out.Timers = append(out.Timers, after("inquire", t.id, p.cluster.options.Inquire))
	p.send(out, payload{kind: kindYes, txn: t.id, reads: t.reads})
	failpoint.Inject("vote-before-durable", func(v failpoint.Value) {
		if v != nil {
			out.Messages[len(out.Messages)-1].Early = true
		}
	})
}

// mismatches lists what was found where a comparison does not hold.
func (p *participant) mismatches(compare []kv) []kv {
	var failed []kv
	for _, e := range compare {
		if found := p.store[e.key]; found != e.value {
			failed = append(failed, kv{e.key, found})
		}
	}
	return failed
}

// refuse aborts on the participant's own account, while it still may.
func (p *participant) refuse(t TxnID, reason string, failed []kv, out *protocol.Output) {
	p.decide(t, decidedAbort, out)
	p.send(out, payload{kind: kindNo, txn: t, reason: reason, reads: failed})
}

// decide makes the outcome durable, applies it and lets the locks go.
func (p *participant) decide(t TxnID, d decision, out *protocol.Output) {
	if p.inDoubt(t) != nil {
		out.Timers = append(out.Timers, cancel("inquire", t))
	}
	p.persist(out, t, recDecision, func(w *protocol.Writer) {
		writeTxn(w, t)
		w.Byte(byte(d))
	})
	p.apply(t, d)
}

// apply is what a decision does to the state, when it is made and when it is
// read from the log again.
func (p *participant) apply(t TxnID, d decision) {
	i, wasPrepared := p.findPrepared(t)
	if wasPrepared {
		w := p.prepared[i].work
		if d == decidedCommit {
			for _, e := range w.write {
				if e.value == "" {
					delete(p.store, e.key)
				} else {
					p.store[e.key] = e.value
				}
			}
		}
		p.locks.unlock(t, w)
		p.prepared = append(p.prepared[:i:i], p.prepared[i+1:]...)
	}
	if j, known := p.findDecided(t); !known {
		p.decided = append(p.decided[:j:j], append([]decided{{t, wasPrepared, d}}, p.decided[j:]...)...)
	}
}

// timeout is action Inquire: a participant in doubt asks, and asks again.
func (p *participant) timeout(timer string, out *protocol.Output) {
	kind, t, err := parseTimer(timer)
	if err != nil || kind != "inquire" || p.inDoubt(t) == nil {
		return
	}
	giveUp := false
	failpoint.Inject("abort-in-doubt", func(v failpoint.Value) {
		if v != nil {
			giveUp = true
		}
	})
	if giveUp {
		act(out, t, "RecvAbort", p.id)
		p.decide(t, decidedAbort, out)
		return
	}
	act(out, t, "Inquire", p.id)
	p.send(out, payload{kind: kindInquire, txn: t})
	out.Timers = append(out.Timers, after("inquire", t, p.cluster.options.Inquire))
}
