package world

import (
	"encoding/binary"
	"encoding/json"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Memo remembers the steps that nodes took. A step is deterministic, so a node
// that is in a state in which it was before, and is given what it was given
// then, need not take the step again: it becomes what it became then, and the
// same leaves it. In the worlds that a search visits, the same few steps of
// each node come up in ever new company, so nearly all of a search's
// transitions are steps that were taken before.
//
// A Memo is for one goroutine. What it remembers does not change what worlds
// do, as long as the nodes keep the contract: equal encodings are equal states.
type Memo struct {
	steps   map[memoKey]*remembered
	most    int
	hits    uint64
	misses  uint64
	scratch []byte
}

// memoKey is a node in a state, and what it is given.
type memoKey struct{ node, input Hash }

// remembered is what a step did.
type remembered struct {
	node    *node
	input   protocol.Input
	output  protocol.Output
	sent    []Envelope // without numbers
	replies []protocol.Reply
}

// NewMemo returns a Memo of so many steps at most.
func NewMemo(most int) *Memo { return &Memo{steps: map[memoKey]*remembered{}, most: most} }

// Stats returns how many steps nodes took, and how many were remembered instead.
func (m *Memo) Stats() (taken, remembered uint64) { return m.misses, m.hits }

// Remember lets the world and its clones use the memo. A world with an
// Observer, or with Options.CheckContract, takes every step and ignores it.
func (w *World) Remember(m *Memo) {
	if w.tracked || w.opts.CheckContract {
		return
	}
	if w.memo == nil {
		w.flightSum = make([]Hash, w.renamings())
		flights := make([]*Envelope, len(w.flights))
		for j, e := range w.flights {
			c := *e
			w.hashMessage(&c)
			flights[j] = &c
			w.sumFlights(&c, 1)
		}
		w.flights, w.flightsOwned = flights, true
		for i := range w.nodes {
			w.hashNode(i, w.own(i))
		}
		w.owned = 0
	}
	w.memo = m
}

// sumFlights adds a message to the sum of those in flight, or takes it away.
func (w *World) sumFlights(e *Envelope, sign int) {
	for p := range w.flightSum {
		if sign > 0 {
			w.flightSum[p] = w.flightSum[p].Plus(e.hashes[p])
		} else {
			w.flightSum[p] = w.flightSum[p].Minus(e.hashes[p])
		}
	}
}

// inputs of memo keys that are not hashes of messages or requests.
func (w *World) inputHash(k Kind, x uint64) Hash { return Hash{uint64(k)<<56 | uint64(w.now), x} }

func (w *World) deliveryHash(e *Envelope) Hash {
	return e.hashes[0].Plus(Hash{uint64(Deliver)<<56 ^ uint64(w.now), 1})
}

func (w *World) requestHash(r protocol.Request) (Hash, bool) {
	op, err := json.Marshal(r.Op)
	if err != nil {
		return Hash{}, false
	}
	b := append(w.memo.scratch[:0], byte(Invoke))
	b = binary.AppendUvarint(b, uint64(w.now))
	b = appendString(b, r.ID.Client)
	b = binary.AppendUvarint(b, r.ID.Seq)
	b = append(b, op...)
	w.memo.scratch = b
	return HashBytes(b), true
}

// recall makes node i take a step that it took before, and reports whether
// there is one. If not, the step that it takes next is remembered.
func (w *World) recall(i int, input Hash, st *Step) bool {
	if w.memo == nil {
		return false
	}
	k := memoKey{w.nodes[i].hashes[0], input}
	r := w.memo.steps[k]
	if r == nil {
		w.pending, w.isPending = k, true
		return false
	}
	w.memo.hits++
	w.nodes[i] = r.node
	w.owned &^= 1 << i
	st.Input, st.Output = r.input, r.output
	if r.input != nil {
		st.Node = w.ids[i]
	}
	for j := range r.sent {
		e := new(Envelope)
		*e = r.sent[j]
		w.fly(e)
	}
	for _, reply := range r.replies {
		w.reply(reply)
	}
	return true
}

// settle freezes node i after a step and remembers the step, if recall was
// asked for it.
func (w *World) settle(i int, st *Step) {
	if w.memo == nil {
		return
	}
	n := w.nodes[i]
	w.hashNode(i, n)
	w.owned &^= 1 << i
	w.memo.misses++
	if !w.isPending {
		return
	}
	w.isPending = false
	if len(w.memo.steps) >= w.memo.most {
		return
	}
	r := &remembered{node: n, input: st.Input, output: st.Output}
	for _, e := range w.sentNow {
		r.sent = append(r.sent, *e)
	}
	for _, reply := range w.repliedNow {
		r.replies = append(r.replies, reply.Reply)
	}
	w.memo.steps[w.pending] = r
}
