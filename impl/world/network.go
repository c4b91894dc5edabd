package world

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Envelope is a message in flight. It is never written, and every copy of the
// message is the same envelope.
type Envelope struct {
	// Number counts the messages sent in this world, from 1.
	Number uint64

	Message protocol.Message

	// Encoded is the payload's canonical encoding.
	Encoded string

	from, to int
	clock    []uint64 // the sender's vector clock as it left
	hashes   []Hash   // by renaming, in a world with a memo
}

// ID returns the name of the message in traces: its number.
func (e *Envelope) ID() protocol.MessageID {
	return protocol.MessageID(strconv.FormatUint(e.Number, 10))
}

// same orders envelopes by all that a node could tell apart.
func (e *Envelope) same(f *Envelope) int {
	if c := cmp.Compare(e.from, f.from); c != 0 {
		return c
	}
	if c := cmp.Compare(e.to, f.to); c != 0 {
		return c
	}
	return cmp.Compare(e.Encoded, f.Encoded)
}

func (e *Envelope) compare(f *Envelope) int {
	if c := e.same(f); c != 0 {
		return c
	}
	return cmp.Compare(e.Number, f.Number)
}

// send puts a message that leaves node i into flight.
func (w *World) send(i int, m protocol.Message, encoded string, clock []uint64) {
	e := &Envelope{Message: m, Encoded: encoded, from: i, to: w.index(m.To), clock: clock}
	if w.memo != nil {
		w.hashMessage(e)
	}
	w.fly(e)
}

// fly numbers a message and puts it into flight.
func (w *World) fly(e *Envelope) {
	w.sent++
	e.Number = w.sent
	w.sentNow = append(w.sentNow, e)
	at, _ := slices.BinarySearchFunc(w.flights, e, (*Envelope).compare)
	if w.opts.Bounds.Copies > 0 {
		copies := 0
		for j := at - 1; j >= 0 && w.flights[j].same(e) == 0; j-- {
			copies++
		}
		if copies >= w.opts.Bounds.Copies {
			return
		}
	}
	w.ownFlights()
	w.flights = slices.Insert(w.flights, at, e)
	w.sumFlights(e, 1)
}

func (w *World) ownFlights() {
	if !w.flightsOwned {
		f := make([]*Envelope, len(w.flights), len(w.flights)+4)
		copy(f, w.flights)
		w.flights, w.flightsOwned = f, true
	}
}

// applyMessage delivers, drops or duplicates one copy of a message.
func (w *World) applyMessage(c *Choice, st *Step) error {
	at := slices.IndexFunc(w.flights, func(e *Envelope) bool { return e.Number == c.Message })
	if at < 0 {
		return notOpen("message #%d is not in flight", c.Message)
	}
	e := w.flights[at]
	if e.Message.From != c.From || e.Message.To != c.To {
		return notOpen("message #%d is %s->%s, not %s->%s", c.Message, e.Message.From, e.Message.To, c.From, c.To)
	}
	switch c.Kind {
	case Duplicate:
		w.ownFlights()
		w.flights = slices.Insert(w.flights, at, e)
		w.sumFlights(e, 1)
		return nil
	case Deliver:
		if w.isCut(e.from, e.to) {
			return notOpen("the link %s->%s is cut", c.From, c.To)
		}
		if w.nodes[e.to].node == nil {
			return notOpen("node %s is down", c.To)
		}
	}
	w.ownFlights()
	w.flights = slices.Delete(w.flights, at, at+1)
	w.sumFlights(e, -1)
	if c.Kind == Drop {
		return nil
	}
	if w.memo != nil && w.recall(e.to, w.deliveryHash(e), st) {
		return nil
	}
	return w.step(e.to, protocol.Receive{Message: e.Message}, e, st)
}

// applyLink cuts or heals a link, in one direction.
func (w *World) applyLink(c *Choice) error {
	f, t := w.index(c.From), w.index(c.To)
	if f < 0 || t < 0 || f == t {
		return notOpen("expected a link between two of the nodes %v, found %s->%s", w.ids, c.From, c.To)
	}
	if w.isCut(f, t) == (c.Kind == Cut) {
		return notOpen("the link %s->%s is already so", c.From, c.To)
	}
	cuts := make([]bool, len(w.ids)*len(w.ids))
	copy(cuts, w.cuts)
	cuts[f*len(w.ids)+t] = c.Kind == Cut
	if !slices.Contains(cuts, true) {
		cuts = nil
	}
	w.cuts = cuts
	return nil
}

func (w *World) isCut(from, to int) bool {
	return w.cuts != nil && w.cuts[from*len(w.ids)+to]
}
