package world

import (
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Choices lists the open choices, in a fixed order. Of identical messages in
// flight it lists one, since delivering, dropping or duplicating any of them
// leads to the same state.
func (w *World) Choices() []Choice { return w.AppendChoices(nil) }

// AppendChoices appends what Choices lists.
func (w *World) AppendChoices(b []Choice) []Choice {
	b = w.appendMessages(b, Deliver)
	for i, n := range w.nodes {
		if w.offered(w.opts.Bounds.Timeouts, w.used[Timeout]) {
			for _, t := range n.timers {
				b = append(b, Choice{Kind: Timeout, Node: w.ids[i], Timer: t.Name})
			}
		}
	}
	for i, n := range w.nodes {
		u := n.unsynced()
		if u > 0 {
			b = append(b, Choice{Kind: Sync, Node: w.ids[i]})
		}
		if w.offered(w.opts.Bounds.PartialSyncs, w.partial) {
			for k := 1; k < u; k++ {
				b = append(b, Choice{Kind: Sync, Node: w.ids[i], Records: k})
			}
		}
	}
	for i, n := range w.nodes {
		if n.node == nil {
			b = append(b, Choice{Kind: Restart, Node: w.ids[i]})
		}
	}
	b = w.appendInvocations(b)
	if w.offered(w.opts.Bounds.Drops, w.used[Drop]) {
		b = w.appendMessages(b, Drop)
	}
	if w.offered(w.opts.Bounds.Duplicates, w.used[Duplicate]) {
		b = w.appendMessages(b, Duplicate)
	}
	if w.offered(w.opts.Bounds.Crashes, w.used[Crash]) {
		for i, n := range w.nodes {
			for k := 0; n.node != nil && k <= n.unsynced(); k++ {
				b = append(b, Choice{Kind: Crash, Node: w.ids[i], Records: k})
			}
		}
	}
	if w.offered(w.opts.Bounds.Hangups, w.used[Hangup]) {
		for k, s := range w.clients {
			if !s.answered && !w.isHung(k) {
				b = append(b, Choice{Kind: Hangup, Request: protocol.RequestID{Client: w.opts.Clients[k].Name}})
			}
		}
	}
	if w.offered(w.opts.Bounds.Cuts, w.used[Cut]) {
		b = w.appendLinks(b, Cut)
	}
	return w.appendLinks(b, Heal)
}

func (w *World) offered(bound int, used int32) bool { return bound < 0 || int(used) < bound }

func (w *World) isHung(k int) bool {
	for _, c := range w.hung {
		if c == w.opts.Clients[k].Name {
			return true
		}
	}
	return false
}

// appendMessages appends one choice for each class of identical messages.
func (w *World) appendMessages(b []Choice, kind Kind) []Choice {
	for j, e := range w.flights {
		if j > 0 && w.flights[j-1].same(e) == 0 {
			continue
		}
		if kind == Deliver && (w.nodes[e.to].node == nil || w.isCut(e.from, e.to)) {
			continue
		}
		b = append(b, Choice{Kind: kind, From: e.Message.From, To: e.Message.To, Message: e.Number})
	}
	return b
}

func (w *World) appendInvocations(b []Choice) []Choice {
	for k, s := range w.clients {
		c := w.opts.Clients[k]
		seq, attempt := s.seq, s.attempts
		switch {
		case s.answered && s.seq < uint64(len(c.Ops)):
			seq, attempt = s.seq+1, 0
		case s.answered || !w.offered(w.opts.Bounds.Retries, w.retried):
			continue
		}
		node := w.proto.Server(attempt)
		if i := w.index(node); i < 0 || w.nodes[i].node == nil || seq > uint64(len(c.Ops)) {
			continue
		}
		b = append(b, Choice{Kind: Invoke, Node: node,
			Request: protocol.RequestID{Client: c.Name, Seq: seq}, Op: c.Ops[seq-1]})
	}
	return b
}

func (w *World) appendLinks(b []Choice, kind Kind) []Choice {
	if kind == Heal && w.cuts == nil {
		return b
	}
	for f := range w.ids {
		for t := range w.ids {
			if f != t && w.isCut(f, t) == (kind == Heal) {
				b = append(b, Choice{Kind: kind, From: w.ids[f], To: w.ids[t]})
			}
		}
	}
	return b
}
