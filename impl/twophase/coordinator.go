package twophase

import (
	"fmt"
	"sort"
	"time"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// coordinator is the node that decides. Its handlers are the actions of the
// specification of the same names.
type coordinator struct {
	cluster *Cluster
	epoch   uint64
	seq     uint64 // of the last transaction of this epoch
	log     logTail
	records int // since the last checkpoint

	// started says that the epoch is durable. Until then no transaction is
	// named after it, since a crash could bring the same epoch again, and
	// requests wait.
	started bool
	waiting []protocol.Request

	// txns are the transactions that it knows, oldest first: those that
	// collect votes, and those that are committed and not acknowledged by all.
	// Any other has been aborted, or committed and acknowledged: forgotten.
	txns     []*txn
	sessions map[string]*session

	// ended are the transactions whose end record is still in the log. The
	// protocol does not need them; they say what the log holds.
	ended []TxnID
}

// txn is a transaction that the coordinator knows.
type txn struct {
	id           TxnID
	request      protocol.RequestID
	participants []protocol.NodeID
	work         map[protocol.NodeID]*work // what each is to do; nil after a recovery
	committed    bool
	votes        []protocol.NodeID // yes votes, while collecting
	acks         []protocol.NodeID // when committed
	reads        map[string]string
}

// session is what the coordinator keeps of a client: the number of its last
// request, and the outcome of the last one that has an outcome. That one is
// kept until the next is settled: a checkpoint taken in between must still
// know it, or a late copy of that request would be executed again.
type session struct {
	seq     uint64
	settled uint64
	result  Result
}

var _ protocol.Mapped = (*coordinator)(nil)

// Step implements protocol.Node.
func (c *coordinator) Step(_ time.Duration, in protocol.Input) protocol.Output {
	var out protocol.Output
	switch in := in.(type) {
	case protocol.Start:
		c.recover(in.Records, &out)
	case protocol.Request:
		c.request(in, &out)
	case protocol.Receive:
		if m, ok := in.Message.Payload.(payload); ok {
			c.receive(in.Message.From, m, &out)
		}
	case protocol.Timeout:
		c.timeout(in.Timer, &out)
	case protocol.Synced:
		for _, t := range c.log.synced(in.Records) {
			act(&out, t, "Sync", Coordinator)
		}
		if in.Records > 0 { // the first record is the epoch
			c.started = true
			for _, r := range c.waiting {
				c.request(r, &out)
			}
			c.waiting = nil
		}
	}
	c.checkpoint(&out)
	return out
}

// act reports an action of the specification.
func act(out *protocol.Output, t TxnID, name string, args ...any) {
	out.Actions = append(out.Actions, protocol.Action{Slice: t.String(), Name: name, Args: args})
}

func (c *coordinator) persist(out *protocol.Output, t TxnID, k recordKind, write func(*protocol.Writer)) {
	out.Records = append(out.Records, record(k, write))
	c.log.wrote(t)
	c.records++
}

func (c *coordinator) send(out *protocol.Output, p protocol.NodeID, m payload) {
	out.Messages = append(out.Messages, protocol.Message{From: Coordinator, To: p, Payload: m})
}

// find returns the place of t among the transactions known, or where it would be.
func (c *coordinator) find(t TxnID) (int, bool) {
	i := sort.Search(len(c.txns), func(i int) bool { return !c.txns[i].id.Less(t) })
	return i, i < len(c.txns) && c.txns[i].id == t
}

func (c *coordinator) known(t TxnID) *txn {
	if i, ok := c.find(t); ok {
		return c.txns[i]
	}
	return nil
}

func (c *coordinator) forget(t TxnID) {
	if i, ok := c.find(t); ok {
		c.txns = append(c.txns[:i:i], c.txns[i+1:]...)
	}
}

// oldest is the oldest transaction that collects votes or may yet be begun.
func (c *coordinator) oldest() TxnID {
	for _, t := range c.txns {
		if !t.committed {
			return t.id
		}
	}
	return TxnID{c.epoch, c.seq + 1}
}

// request starts a transaction, unless the client's session knows better.
func (c *coordinator) request(in protocol.Request, out *protocol.Output) {
	op, ok := in.Op.(Op)
	if !ok || in.ID.Client == "" || in.ID.Seq == 0 {
		return
	}
	if !c.started {
		c.waiting = append(c.waiting, in)
		return
	}
	s := c.sessions[in.ID.Client]
	if s == nil {
		s = &session{}
		c.sessions[in.ID.Client] = s
	}
	again := s.seq >= in.ID.Seq
	failpoint.Inject("retry-executes-again", func(v failpoint.Value) {
		if v != nil && !op.Outcome {
			again = false
		}
	})
	switch {
	case again && s.settled == in.ID.Seq:
		out.Replies = append(out.Replies, protocol.Reply{ID: in.ID, Result: s.result})
		return
	case again && s.seq > in.ID.Seq:
		out.Replies = append(out.Replies, protocol.Reply{ID: in.ID, Result: Result{Outcome: Forgotten}})
		return
	case again:
		return // it is under way; the answer will come when it is decided
	}
	s.seq = in.ID.Seq
	if op.Outcome {
		// The answer is final, so the request must never be executed: the
		// record outlives a crash and refuses it.
		c.outcome(out, in.ID, Result{Outcome: Aborted, Reason: ReasonAsked})
		return
	}
	c.begin(in.ID, op, out)
}

// outcome settles a request that aborts, unless its client has moved on.
func (c *coordinator) outcome(out *protocol.Output, id protocol.RequestID, res Result) {
	if c.sessions[id.Client].seq != id.Seq {
		return
	}
	c.settle(id, res)
	c.persist(out, TxnID{}, recOutcome, func(w *protocol.Writer) {
		w.String(id.Client)
		w.Uint(id.Seq)
		writeResult(w, res)
	})
	out.Replies = append(out.Replies, protocol.Reply{ID: id, Result: res})
}

// settle keeps the outcome of a request, if it is not of an older one than
// the outcome already kept.
func (c *coordinator) settle(id protocol.RequestID, res Result) {
	s := c.sessions[id.Client]
	if s == nil {
		s = &session{}
		c.sessions[id.Client] = s
	}
	s.seq = max(s.seq, id.Seq)
	if s.settled <= id.Seq {
		s.settled, s.result = id.Seq, res
	}
}

// begin is action Begin.
func (c *coordinator) begin(id protocol.RequestID, op Op, out *protocol.Output) {
	c.seq++
	t := &txn{id: TxnID{c.epoch, c.seq}, request: id, work: c.cluster.split(op)}
	var set protocol.Set
	for _, p := range c.cluster.participants {
		if t.work[p] != nil {
			t.participants = append(t.participants, p)
			set = append(set, p)
		}
	}
	c.txns = append(c.txns, t)
	c.prepare(t, out)
	out.Timers = append(out.Timers,
		after("vote", t.id, c.cluster.options.VoteTimeout),
		after("resend", t.id, c.cluster.options.Resend))
	out.Actions = append(out.Actions, protocol.Action{
		Slice: t.id.String(), Name: "Begin",
		Constants: map[string]any{"Participants": set},
	})
}

// prepare asks those that have not voted.
func (c *coordinator) prepare(t *txn, out *protocol.Output) {
	for _, p := range t.participants {
		if !contains(t.votes, p) {
			c.send(out, p, payload{kind: kindPrepare, txn: t.id, oldest: c.oldest(), work: *t.work[p]})
		}
	}
}

func (c *coordinator) receive(from protocol.NodeID, m payload, out *protocol.Output) {
	t := c.known(m.txn)
	if t != nil && !contains(t.participants, from) {
		return
	}
	if t == nil && !m.txn.Less(TxnID{c.epoch, c.seq + 1}) {
		return // never begun: no node of this cluster says such a thing
	}
	switch m.kind {
	case kindYes:
		act(out, m.txn, "RecvYes", from)
		c.recvYes(t, from, m, out)
	case kindNo:
		act(out, m.txn, "RecvNo", from)
		if t != nil && !t.committed {
			res := Result{Outcome: Aborted, Reason: m.reason, Failed: addKVs(nil, m.reads)}
			c.abort(t, from, res, out)
		}
	case kindAck:
		act(out, m.txn, "RecvAck", from)
		if t != nil && t.committed {
			c.recvAck(t, from, out)
		}
	case kindInquire:
		act(out, m.txn, "RecvInquire", from)
		c.answer(t, from, m.txn, out)
	}
}

func (c *coordinator) recvYes(t *txn, from protocol.NodeID, m payload, out *protocol.Output) {
	if t == nil || t.committed {
		c.answer(t, from, m.txn, out)
		return
	}
	first := !contains(t.votes, from)
	failpoint.Inject("count-resent-vote", func(v failpoint.Value) {
		if v != nil {
			first = true
		}
	})
	if !first {
		return
	}
	t.votes = append(t.votes, from)
	t.reads = addKVs(t.reads, m.reads)
	if len(t.votes) == len(t.participants) {
		c.commit(t, out)
	}
}

// commit decides. The record is the decision; Commit and the reply to the
// client leave when it is durable.
func (c *coordinator) commit(t *txn, out *protocol.Output) {
	failpoint.Inject("before-decision", func(v failpoint.Value) {
		if v != nil {
			panic(v)
		}
	})
	t.committed, t.votes, t.work = true, nil, nil
	out.Timers = append(out.Timers, cancel("vote", t.id),
		after("resend", t.id, c.cluster.options.Resend))
	late := false
	failpoint.Inject("reply-before-decision", func(v failpoint.Value) {
		if v != nil {
			// The record is written a little later, in a step of its own.
			late = true
			out.Timers = append(out.Timers, protocol.Timer{Name: timerName("late", t.id)})
		}
	})
	if !late {
		c.persistCommit(t, out)
	}
	for _, p := range t.participants {
		c.send(out, p, payload{kind: kindCommit, txn: t.id})
	}
	res := Result{Outcome: Committed, Reads: t.reads}
	c.settle(t.request, res)
	out.Replies = append(out.Replies, protocol.Reply{ID: t.request, Result: res})
	failpoint.Inject("after-decision", func(v failpoint.Value) {
		if v != nil {
			panic(v)
		}
	})
}

func (c *coordinator) persistCommit(t *txn, out *protocol.Output) {
	r := commitRecord{t.id, t.participants, t.request, sortedKVs(t.reads)}
	c.persist(out, t.id, recCommit, r.write)
}

// abort decides the other way, which leaves no trace of the transaction but
// the client's outcome. Abort may leave before that is durable: should it be
// lost, the transaction is presumed to be aborted.
func (c *coordinator) abort(t *txn, refused protocol.NodeID, res Result, out *protocol.Output) {
	c.forget(t.id)
	out.Timers = append(out.Timers, cancel("vote", t.id), cancel("resend", t.id))
	for _, p := range t.participants {
		if p != refused {
			out.Messages = append(out.Messages, protocol.Message{From: Coordinator, To: p,
				Payload: payload{kind: kindAbort, txn: t.id}, Early: true})
		}
	}
	c.outcome(out, t.request, res)
}

// answer tells a participant in doubt the outcome, if there is one.
func (c *coordinator) answer(t *txn, p protocol.NodeID, id TxnID, out *protocol.Output) {
	switch {
	case t == nil:
		c.send(out, p, payload{kind: kindAbort, txn: id}) // presumed
	case t.committed && !contains(t.acks, p):
		c.send(out, p, payload{kind: kindCommit, txn: id})
	}
}

func (c *coordinator) recvAck(t *txn, from protocol.NodeID, out *protocol.Output) {
	if contains(t.acks, from) {
		return
	}
	t.acks = append(t.acks, from)
	all := len(t.acks) == len(t.participants)
	failpoint.Inject("end-on-first-ack", func(v failpoint.Value) {
		if v != nil {
			all = true
		}
	})
	if !all {
		return
	}
	c.forget(t.id)
	c.ended = append(c.ended, t.id)
	out.Timers = append(out.Timers, cancel("resend", t.id))
	c.persist(out, t.id, recEnd, func(w *protocol.Writer) { writeTxn(w, t.id) })
}

func (c *coordinator) timeout(timer string, out *protocol.Output) {
	kind, id, err := parseTimer(timer)
	t := c.known(id)
	if err != nil || t == nil {
		return
	}
	switch kind {
	case "vote":
		if !t.committed {
			act(out, id, "TimeOut")
			c.abort(t, "", Result{Outcome: Aborted, Reason: ReasonTimeout}, out)
		}
	case "resend":
		act(out, id, "Resend")
		if t.committed {
			for _, p := range t.participants {
				if !contains(t.acks, p) {
					c.send(out, p, payload{kind: kindCommit, txn: id})
				}
			}
		} else {
			c.prepare(t, out)
		}
		out.Timers = append(out.Timers, after("resend", id, c.cluster.options.Resend))
	case "late": // of the failpoint reply-before-decision
		c.persistCommit(t, out)
	}
}

func contains(s []protocol.NodeID, p protocol.NodeID) bool {
	for _, q := range s {
		if q == p {
			return true
		}
	}
	return false
}

func errRecord(k recordKind) string { return fmt.Sprintf("unexpected kind of record %d", k) }
