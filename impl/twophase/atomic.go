package twophase

import (
	"fmt"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// CheckAtomicity looks at all nodes at once, as no node can, and returns an
// error if two of them disagree: one participant has committed a transaction
// and another aborted it, or a participant has committed one for which the
// coordinator still collects votes. A node that is down is nil. It is
// meant to be called after every step, and allocates nothing when all is well.
func CheckAtomicity(nodes []protocol.Node) error {
	for i, n := range nodes {
		p, ok := n.(*participant)
		if !ok {
			continue
		}
		for _, d := range p.decided {
			if d.decision != decidedCommit {
				continue
			}
			if err := contradicts(d.id, p.id, nodes, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// contradicts finds a node that takes t, which p has committed, for aborted.
func contradicts(t TxnID, p protocol.NodeID, nodes []protocol.Node, self int) error {
	for j, m := range nodes {
		switch q := m.(type) {
		case *participant:
			if j == self {
				continue
			}
			if k, known := q.findDecided(t); known && q.decided[k].decision == decidedAbort {
				return fmt.Errorf("transaction %s is committed at %s and aborted at %s", t, p, q.id)
			}
		case *coordinator:
			if u := q.known(t); u != nil && !u.committed {
				return fmt.Errorf("transaction %s is committed at %s while the coordinator collects votes", t, p)
			}
		}
	}
	return nil
}
