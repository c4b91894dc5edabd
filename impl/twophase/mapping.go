package twophase

import "github.com/lockstep-go/lockstep/impl/protocol"

// This file maps the nodes to the variables of specs/twophase/TwoPhase.tla,
// for one transaction, which is one slice.

// Slices lists the transactions that the coordinator knows, and those whose
// records its log still holds.
func (c *coordinator) Slices() []string {
	var s []string
	for _, t := range c.ended {
		s = append(s, t.String())
	}
	for _, t := range c.txns {
		s = append(s, t.id.String())
	}
	return s
}

// Assign implements protocol.Mapped. A transaction that the coordinator does
// not know is a forgotten one. Whether it ever had records it cannot tell, so
// its log is then left out.
func (c *coordinator) Assign(slice string) protocol.Assignment {
	id, err := parseTxnID(slice)
	if err != nil {
		return protocol.Assignment{}
	}
	a := protocol.Assignment{
		Local: map[string]any{"up": true},
		Whole: map[string]any{"cstate": "forgotten", "votes": protocol.Set{}, "acks": protocol.Set{}},
	}
	log := func(records ...any) {
		a.Local["log"] = records
		a.Local["durable"] = len(records) - c.log.volatile(id)
	}
	t := c.known(id)
	switch {
	case t == nil && c.hasEnded(id):
		log("commit", "end")
	case t == nil:
	case t.committed:
		a.Whole["cstate"], a.Whole["acks"] = "committed", nodeSet(t.acks)
		log("commit")
	default:
		a.Whole["cstate"], a.Whole["votes"] = "collecting", nodeSet(t.votes)
		log()
	}
	return a
}

func (c *coordinator) hasEnded(id TxnID) bool {
	for _, t := range c.ended {
		if t == id {
			return true
		}
	}
	return false
}

func nodeSet(ids []protocol.NodeID) protocol.Set {
	s := protocol.Set{}
	for _, id := range ids {
		s = append(s, id)
	}
	return s
}

// Slices lists the transactions that are prepared or decided.
func (p *participant) Slices() []string {
	var s []string
	for _, d := range p.decided {
		s = append(s, d.id.String())
	}
	for _, t := range p.prepared {
		s = append(s, t.id.String())
	}
	return s
}

// Assign implements protocol.Mapped. A transaction that the participant does
// not know is one for which it is working, unless it may have forgotten it.
func (p *participant) Assign(slice string) protocol.Assignment {
	id, err := parseTxnID(slice)
	if err != nil {
		return protocol.Assignment{}
	}
	var log []any
	state := "working"
	if i, ok := p.findDecided(id); ok {
		d := p.decided[i]
		if d.prepared {
			log = append(log, "prepared")
		}
		state = Aborted
		if d.decision == decidedCommit {
			state = Committed
		}
		log = append(log, state)
	} else if p.inDoubt(id) != nil {
		state = "prepared"
		log = []any{"prepared"}
	} else if id.Less(p.oldest) {
		return protocol.Assignment{Local: map[string]any{"up": true}}
	}
	return protocol.Assignment{Local: map[string]any{
		"up": true, "log": log, "durable": len(log) - p.log.volatile(id), "pstate": state,
	}}
}
