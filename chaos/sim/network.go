package sim

import (
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/world"
)

// travel sends the messages in hand on their way.
func (s *simulator) travel() {
	for _, e := range s.sent {
		if s.strikes(fault.KindLoss) {
			s.apply(messageChoice(world.Drop, e))
			continue
		}
		copies := 1
		if s.strikes(fault.KindDuplication) {
			s.apply(messageChoice(world.Duplicate, e))
			copies++
		}
		from, to := s.index(e.Message.From), s.index(e.Message.To)
		for range copies {
			s.queue.push(event{at: s.arrival(from, to), what: arrive, from: from, node: to, number: e.Number})
		}
	}
}

// arrival draws when a message that is sent now arrives.
func (s *simulator) arrival(from, to int) time.Duration {
	l := &s.links[from*len(s.ids)+to]
	at := s.now + s.cfg.Latency.Draw(s.network)
	if by, late := s.extra(fault.KindReordering); late {
		return max(at, l.last) + by
	}
	if by, late := s.extra(fault.KindDelay); late {
		at += by
	}
	l.last = max(at, l.last)
	return l.last
}

func messageChoice(k world.Kind, e *world.Envelope) world.Choice {
	return world.Choice{Kind: k, From: e.Message.From, To: e.Message.To, Message: e.Number}
}

// arrive delivers a copy of a message, if it can be delivered.
func (s *simulator) arrive(e event) {
	c := world.Choice{Kind: world.Deliver, From: s.ids[e.from], To: s.ids[e.node], Message: e.number}
	l := &s.links[e.from*len(s.ids)+e.node]
	switch {
	case l.cuts > 0:
		if s.network.IntN(2) == 0 {
			l.parked = append(l.parked, e)
			return
		}
		c.Kind = world.Drop
	case !s.w.Up(c.To):
		if m := &s.nodes[e.node]; s.network.IntN(4) == 0 {
			m.parked = append(m.parked, e)
			return
		}
		c.Kind = world.Drop
	}
	s.apply(c)
}

// unpark sends messages that had to wait on their way again.
func (s *simulator) unpark(parked *[]event) {
	for _, e := range *parked {
		e.at = s.arrival(e.from, e.node)
		s.queue.push(e)
	}
	*parked = (*parked)[:0]
}
