package twophase

import (
	"fmt"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Unsettled lists what is not at an end in a node: locks, transactions in
// doubt or undecided, requests that wait.
func Unsettled(n protocol.Node) []string {
	var s []string
	switch n := n.(type) {
	case *coordinator:
		for _, t := range n.txns {
			s = append(s, fmt.Sprintf("transaction %s of %s", t.id, t.request))
		}
		for _, r := range n.waiting {
			s = append(s, "request "+r.ID.String())
		}
	case *participant:
		for _, t := range n.prepared {
			s = append(s, "prepared "+t.id.String())
		}
		for k, x := range n.locks.exclusive {
			s = append(s, fmt.Sprintf("key %s locked by %s", k, x))
		}
		for k, x := range n.locks.shared {
			s = append(s, fmt.Sprintf("key %s shared by %v", k, x))
		}
	}
	return s
}
