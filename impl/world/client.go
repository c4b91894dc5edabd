package world

import (
	"slices"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// clientState is where a scripted client is in its script.
type clientState struct {
	seq      uint64 // of its latest request; 0 before the first
	attempts int    // of sending it
	answered bool   // and so the next may be sent
}

// invoke submits a client's request to node i.
func (w *World) invoke(i int, c *Choice, st *Step) error {
	id := c.Request
	if err := CheckName(id.Client); err != nil {
		return notOpen("client: %v", err)
	}
	if id.Seq == 0 {
		return notOpen("clients number their requests from 1")
	}
	if at, hung := slices.BinarySearch(w.hung, id.Client); hung {
		w.hung = slices.Delete(slices.Clone(w.hung), at, at+1)
	}
	if k := w.scripted(id.Client); k >= 0 {
		s := &w.clients[k]
		switch {
		case id.Seq > s.seq:
			*s = clientState{seq: id.Seq, attempts: 1}
		case id.Seq == s.seq:
			s.attempts++
			w.retried++
		}
	}
	r := protocol.Request{ID: id, Op: c.Op}
	if w.memo != nil {
		if h, ok := w.requestHash(r); ok && w.recall(i, h, st) {
			return nil
		}
	}
	return w.step(i, r, nil, st)
}

// hangup makes a client miss what is said to it until it next invokes.
func (w *World) hangup(client string) error {
	if err := CheckName(client); err != nil {
		return notOpen("client: %v", err)
	}
	at, hung := slices.BinarySearch(w.hung, client)
	if hung {
		return notOpen("client %s has hung up already", client)
	}
	w.hung = slices.Insert(slices.Clone(w.hung), at, client)
	return nil
}

// reply lets a reply leave its node.
func (w *World) reply(r protocol.Reply) {
	_, lost := slices.BinarySearch(w.hung, r.ID.Client)
	w.repliedNow = append(w.repliedNow, Reply{r, lost})
	if k := w.scripted(r.ID.Client); k >= 0 && !lost && w.clients[k].seq == r.ID.Seq {
		w.clients[k].answered = true
	}
}

func (w *World) scripted(client string) int {
	return slices.IndexFunc(w.opts.Clients, func(c Client) bool { return c.Name == client })
}

// HungUp reports whether the client has hung up since it last invoked.
func (w *World) HungUp(client string) bool {
	_, hung := slices.BinarySearch(w.hung, client)
	return hung
}
