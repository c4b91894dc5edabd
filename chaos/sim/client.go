package sim

import (
	"fmt"
	"math/rand/v2"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// caller is a client and where it is.
type caller struct {
	Client
	waiting bool // for an answer to Seq
	done    bool
}

func newCaller(i int, rng *rand.Rand) *caller {
	return &caller{Client: Client{Name: fmt.Sprintf("c%d", i+1), Index: i, Rand: rng}}
}

func (c *caller) id(seq uint64) protocol.RequestID {
	return protocol.RequestID{Client: c.Name, Seq: seq}
}

func (s *simulator) handleClient(e event) {
	c := s.clients[e.client]
	current := c.waiting && e.seq == c.Seq && e.attempt == c.Attempts
	switch e.what {
	case think:
		s.nextOp(c)
	case request:
		if node := s.ids[e.node]; s.w.Up(node) { // or else it is lost
			s.apply(world.Choice{Kind: world.Invoke, Node: node, Request: c.id(e.seq), Op: e.op})
		}
	case hangUp:
		if current {
			s.hangUp(c)
		}
	case giveUp, retry:
		if !current {
			return
		}
		op, again := s.cfg.Workload.Retry(&c.Client)
		if !again {
			c.waiting = false
			s.think(c)
			return
		}
		s.send(c, op)
	}
}

// nextOp begins the client's next operation, if there is one.
func (s *simulator) nextOp(c *caller) {
	if !s.settling && c.Seq < uint64(s.cfg.OpsPerClient) {
		if op, ok := s.cfg.Workload.Next(&c.Client); ok {
			c.Seq++
			c.Op, c.Attempts, c.Answered, c.Result, c.waiting = op, 0, false, nil, true
			s.send(c, op)
			return
		}
	}
	s.done(c)
}

func (s *simulator) done(c *caller) {
	c.done = true
	if s.waiting--; s.waiting == 0 && !s.settling {
		s.settle()
	}
}

// send sends an attempt at the client's operation on its way.
func (s *simulator) send(c *caller, op protocol.Op) {
	server := s.cfg.Protocol.Server(c.Attempts)
	c.Attempts++
	node := s.index(server)
	if node < 0 {
		s.err = fmt.Errorf("protocol %s: Server(%d) is %q, which is not a node", s.cfg.Protocol.Name(), c.Attempts-1, server)
		return
	}
	e := event{what: request, node: node, client: c.Index, seq: c.Seq, attempt: c.Attempts, op: op}
	if !s.strikes(fault.KindLoss) {
		copies := 1
		if s.strikes(fault.KindDuplication) {
			copies++
		}
		for range copies {
			e.at = s.now + s.cfg.Latency.Draw(s.network)
			for _, k := range []fault.Kind{fault.KindDelay, fault.KindReordering} {
				if by, late := s.extra(k); late {
					e.at += by
				}
			}
			s.queue.push(e)
		}
	}
	if s.strikes(fault.KindHangup) {
		e.what, e.at = hangUp, s.now+2*s.cfg.Latency.Draw(s.network)
		s.queue.push(e)
	}
	// Up to half as long again, so that clients do not march in step.
	e.what, e.at = giveUp, s.now+s.cfg.ClientTimeout+fault.Span{Max: s.cfg.ClientTimeout / 2}.Draw(c.Rand)
	s.queue.push(e)
}

func (s *simulator) hangUp(c *caller) {
	// A client that has hung up already is not open to it, and the world knows.
	if !s.w.HungUp(c.Name) {
		s.apply(world.Choice{Kind: world.Hangup, Request: protocol.RequestID{Client: c.Name}})
	}
}

// answered hands a reply to its client.
func (s *simulator) answered(r world.Reply) {
	if r.Lost {
		return
	}
	for _, c := range s.clients {
		if c.Name != r.ID.Client || !c.waiting || c.Seq != r.ID.Seq {
			continue
		}
		if !s.cfg.Workload.Final(r.Result) {
			s.queue.push(event{at: s.now + s.cfg.Latency.Draw(s.network) + s.cfg.Think.Draw(c.Rand), what: retry,
				client: c.Index, seq: c.Seq, attempt: c.Attempts})
			continue
		}
		c.Answered, c.Result, c.waiting = true, r.Result, false
		s.think(c)
	}
}

func (s *simulator) think(c *caller) {
	s.queue.push(event{at: s.now + s.cfg.Think.Draw(c.Rand), what: think, client: c.Index})
}
