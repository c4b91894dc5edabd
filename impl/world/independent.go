package world

import "github.com/lockstep-go/lockstep/impl/protocol"

// Footprint is what there is to know of an open choice to tell whether it
// commutes with another: which node takes a step, which message is used up,
// which bound is drawn on.
type Footprint struct {
	// Label names the choice by what it does, not by a message's number: it is
	// the same in every world in which the same can be done.
	Label uint64

	kind    Kind
	node    int8   // the node that takes a step or goes down, or -1
	sender  int8   // of the message, or -1
	message uint64 // names its class of identical messages; 0 is none
	budget  int8   // or -1

	// Replies says that the step lets a reply go. Nobody knows before it is
	// taken: who takes it fills it in.
	Replies bool
}

// AppendFootprints appends the footprints of the choices, which are those that
// Choices lists. It needs a world with a Memo.
func (w *World) AppendFootprints(b []Footprint, choices []Choice) []Footprint {
	at := -1 // of the message of the choice before
	for j := range choices {
		c := &choices[j]
		f := Footprint{kind: c.Kind, node: -1, sender: -1, budget: -1}
		switch c.Kind {
		case Deliver, Drop, Duplicate:
			if j == 0 || choices[j-1].Kind != c.Kind {
				at = -1 // for each kind, Choices lists messages in the order of flights
			}
			for at++; w.flights[at].Number != c.Message; at++ {
			}
			e := w.flights[at]
			f.message, f.sender = e.hashes[0][0]|1, int8(e.from)
			if c.Kind == Deliver {
				f.node = int8(e.to)
			}
		default:
			f.node = int8(w.index(c.Node))
		}
		switch {
		case c.Kind == Timeout:
			f.budget = timeouts
		case c.Kind == Sync && c.Records > 0:
			f.budget = partialSyncs
		case c.Kind == Invoke && w.again(c.Request):
			f.budget = retries
		case c.Kind == Drop:
			f.budget = drops
		case c.Kind == Duplicate:
			f.budget = duplicates
		case c.Kind == Crash:
			f.budget = crashes
		}
		h := Hash{uint64(c.Kind), f.message}.mix(uint64(uint8(f.node))).mix(uint64(c.Records))
		for _, s := range [...]string{c.Timer, c.Request.Client, string(c.From), string(c.To)} {
			for i := range len(s) {
				h = h.mix(uint64(s[i]))
			}
			h = h.mix(1 << 32)
		}
		f.Label = h.mix(c.Request.Seq)[0]
		b = append(b, f)
	}
	return b
}

// again reports whether a scripted client has sent the request before.
func (w *World) again(id protocol.RequestID) bool {
	k := w.scripted(id.Client)
	return k >= 0 && w.clients[k].seq == id.Seq
}

// Independent reports that two open choices commute: each is still open after
// the other, both orders lead to worlds that Hash the same, and to histories of
// the clients with the same operations, results and real-time order. It may say
// no of choices that do commute.
//
//   - Steps of one node do not commute, nor do uses of one class of messages.
//   - A reply and an invocation do not: which came first, clients can tell. Nor
//     do two replies, which may answer one request.
//   - Where a bound leaves room for one, two choices that draw on it do not.
//   - With Bounds.Copies, taking away a copy and sending another do not.
//   - Cutting and healing links and hanging up are taken to commute with
//     nothing: they are rare.
func (w *World) Independent(a, b *Footprint) bool {
	for _, f := range [...]*Footprint{a, b} {
		switch f.kind {
		case Cut, Heal, Hangup:
			return false
		}
	}
	switch {
	case a.node >= 0 && a.node == b.node:
		return false
	case a.message != 0 && a.message == b.message:
		return false
	case a.Replies && (b.Replies || b.kind == Invoke), b.Replies && a.kind == Invoke:
		return false
	}
	if a.budget >= 0 && a.budget == b.budget {
		u := w.budgets()[a.budget]
		if u.bound >= 0 && u.bound-int(u.used) < 2 {
			return false
		}
	}
	if w.opts.Bounds.Copies > 0 {
		if a.message != 0 && b.node == a.sender || b.message != 0 && a.node == b.sender {
			return false
		}
	}
	return true
}

// BoundsMet is a set of bounds that keep Choices from listing something: bit k
// is the bound of BoundNames[k].
type BoundsMet uint16

// BoundNames are the names of the bits of BoundsMet.
var BoundNames = [...]string{
	timeouts: "timeouts", partialSyncs: "partial syncs", retries: "retries", drops: "drops",
	duplicates: "duplicates", crashes: "crashes", hangups: "hangups", cuts: "cuts", budgetsAll: "copies",
}

// BoundsMet says which bounds are met in this world: that of Copies is where a
// further copy of some message would be lost.
func (w *World) BoundsMet() BoundsMet {
	var m BoundsMet
	used := w.budgets()
	spent := func(k int) bool { return used[k].bound >= 0 && int(used[k].used) >= used[k].bound }
	meet := func(k int, could bool) {
		if could {
			m |= 1 << k
		}
	}
	meet(drops, len(w.flights) > 0 && spent(drops))
	meet(duplicates, len(w.flights) > 0 && spent(duplicates))
	meet(cuts, len(w.ids) > 1 && spent(cuts))
	for _, n := range w.nodes {
		meet(crashes, n.node != nil && spent(crashes))
		meet(timeouts, len(n.timers) > 0 && spent(timeouts))
		meet(partialSyncs, n.unsynced() > 1 && spent(partialSyncs))
	}
	for k, s := range w.clients {
		meet(retries, !s.answered && spent(retries))
		meet(hangups, !s.answered && !w.isHung(k) && spent(hangups))
	}
	if most := w.opts.Bounds.Copies; most > 0 {
		for j := most - 1; j < len(w.flights); j++ {
			meet(budgetsAll, w.flights[j-most+1].same(w.flights[j]) == 0)
		}
	}
	return m
}
