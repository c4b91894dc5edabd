package twophase

import (
	"sort"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Clone implements protocol.Node.
func (c *coordinator) Clone() protocol.Node {
	d := *c
	d.log = c.log.clone()
	d.txns = make([]*txn, len(c.txns))
	for i, t := range c.txns {
		u := *t // the work is never changed, and may be shared
		u.votes = append([]protocol.NodeID(nil), t.votes...)
		u.acks = append([]protocol.NodeID(nil), t.acks...)
		if !t.committed {
			u.reads = addKVs(nil, sortedKVs(t.reads))
		}
		d.txns[i] = &u
	}
	d.sessions = make(map[string]*session, len(c.sessions))
	for name, s := range c.sessions {
		t := *s // results are never changed once they are there
		d.sessions[name] = &t
	}
	d.ended = append([]TxnID(nil), c.ended...)
	d.waiting = append([]protocol.Request(nil), c.waiting...)
	return &d
}

// AppendState implements protocol.Node.
func (c *coordinator) AppendState(b []byte) []byte {
	w := protocol.Writer{B: b}
	w.Uint(c.epoch)
	w.Uint(c.seq)
	w.Uint(uint64(c.records))
	c.log.write(&w)
	w.Bool(c.started)
	w.Uint(uint64(len(c.waiting)))
	for _, r := range c.waiting {
		w.String(r.ID.Client)
		w.Uint(r.ID.Seq)
		w.String(r.Op.(Op).String())
	}
	w.Uint(uint64(len(c.txns)))
	for _, t := range c.txns {
		commitRecord{t.id, t.participants, t.request, sortedKVs(t.reads)}.write(&w)
		w.Bool(t.committed)
		w.Uint(uint64(len(t.votes))) // more than voters, when a seeded bug counts twice
		for _, p := range t.participants {
			w.Bool(contains(t.votes, p))
			w.Bool(contains(t.acks, p))
			if k := t.work[p]; k != nil {
				writeWork(&w, *k)
			}
		}
	}
	clients := make([]string, 0, len(c.sessions))
	for name := range c.sessions {
		clients = append(clients, name)
	}
	sort.Strings(clients)
	w.Uint(uint64(len(clients)))
	for _, name := range clients {
		w.String(name)
		w.Uint(c.sessions[name].seq)
	}
	c.writeDurable(&w)
	return w.B
}

// Clone implements protocol.Node.
func (p *participant) Clone() protocol.Node {
	q := *p
	q.log = p.log.clone()
	q.store = make(map[string]string, len(p.store))
	for k, v := range p.store {
		q.store[k] = v
	}
	q.locks = p.locks.clone()
	q.prepared = append([]*prepared(nil), p.prepared...) // each is never changed
	q.decided = append([]decided(nil), p.decided...)
	return &q
}

// AppendState implements protocol.Node. The locks follow from the rest, unless
// a seeded bug forgets some: so they are written too.
func (p *participant) AppendState(b []byte) []byte {
	w := protocol.Writer{B: b}
	w.Uint(uint64(p.records))
	p.log.write(&w)
	writeTxn(&w, p.oldest)
	p.locks.write(&w)
	p.writeDurable(&w)
	return w.B
}

// write writes the locks, by key.
func (l *lockTable) write(w *protocol.Writer) {
	keys := make([]string, 0, len(l.exclusive))
	for k := range l.exclusive {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	w.Uint(uint64(len(keys)))
	for _, k := range keys {
		w.String(k)
		writeTxn(w, l.exclusive[k])
	}
	keys = keys[:0]
	for k := range l.shared {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	w.Uint(uint64(len(keys)))
	for _, k := range keys {
		w.String(k)
		holders := make([]TxnID, 0, len(l.shared[k]))
		for t := range l.shared[k] {
			holders = append(holders, t)
		}
		sort.Slice(holders, func(i, j int) bool { return holders[i].Less(holders[j]) })
		w.Uint(uint64(len(holders)))
		for _, t := range holders {
			writeTxn(w, t)
		}
	}
}

func (l *lockTable) clone() *lockTable {
	m := &lockTable{
		shared:    make(map[string]map[TxnID]bool, len(l.shared)),
		exclusive: make(map[string]TxnID, len(l.exclusive)),
	}
	for k, s := range l.shared {
		t := make(map[TxnID]bool, len(s))
		for id := range s {
			t[id] = true
		}
		m.shared[k] = t
	}
	for k, id := range l.exclusive {
		m.exclusive[k] = id
	}
	return m
}
