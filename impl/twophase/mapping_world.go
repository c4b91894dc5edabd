package twophase

import "github.com/lockstep-go/lockstep/impl/protocol"

// This file maps what no node knows: its disk while it is down, what waits for
// its disk, and the network.

var _ protocol.WorldMapped = (*Cluster)(nil)

// AssignNode implements protocol.WorldMapped. What a node remembers is mapped
// by the node itself; its log is read.
func (c *Cluster) AssignNode(slice string, n protocol.NodeView) protocol.Assignment {
	id, err := parseTxnID(slice)
	if err != nil {
		return protocol.Assignment{}
	}
	a := protocol.Assignment{Local: map[string]any{"up": false}, Whole: map[string]any{}}
	if n.ID == Coordinator {
		a.Whole["cstate"], a.Whole["votes"], a.Whole["acks"] = "down", protocol.Set{}, protocol.Set{}
	} else {
		a.Local["pstate"] = "down"
	}
	if m, ok := n.Node.(protocol.Mapped); ok {
		// The votes that the specification clears are those of a transaction
		// that the node has forgotten.
		a = m.Assign(slice)
		if a.Whole == nil {
			a.Whole = map[string]any{}
		}
	}
	log, at, known := logOf(id, n.ID, n.Records)
	if !known {
		a.Whole["msgs"] = nil
		return a
	}
	durable := at[n.Durable]
	a.Local["log"], a.Local["durable"] = log, durable
	held, left := protocol.Set{}, protocol.Set{}
	for _, h := range n.Held {
		m, ok := h.Payload.(payload)
		switch {
		case !ok || m.txn != id:
		case at[h.Records] > durable:
			held = append(held, map[string]any{"at": at[h.Records], "msg": messageRecord(h.Message)})
		default:
			// It waits for a record that is not the transaction's, and of
			// which the specification knows nothing.
			left = append(left, messageRecord(h.Message))
		}
	}
	a.Local["held"] = held
	a.Whole["msgs"] = left
	return a
}

// logOf returns what the log says of a transaction, and how many of the first n
// records are the transaction's, for each n. It is not known if a checkpoint
// has taken the place of records and does not speak of the transaction.
func logOf(id TxnID, node protocol.NodeID, records [][]byte) (log []any, at []int, known bool) {
	log, at = []any{}, []int{0}
	known = true
	for _, b := range records {
		r := protocol.NewReader(b)
		switch k := recordKind(r.Byte()); k {
		case recCommit:
			if readCommitRecord(r).txn == id {
				log = append(log, "commit")
			}
		case recEnd:
			if readTxn(r) == id {
				log = append(log, "end")
			}
		case recPrepare:
			if t, _ := readPrepared(r); t.id == id {
				log = append(log, "prepared")
			}
		case recDecision:
			if t, d := readTxn(r), readDecision(r); t == id {
				state := Aborted
				if d == decidedCommit {
					state = Committed
				}
				log = append(log, state)
			}
		case recCheckpoint, recParticipantCheckpoint:
			return nil, nil, false
		}
		at = append(at, len(log))
	}
	return log, at, known
}

// messageRecord is a message as the specification has it.
func messageRecord(m protocol.Message) map[string]any {
	p := m.To
	if p == Coordinator {
		p = m.From
	}
	kind := ""
	if x, ok := m.Payload.(payload); ok {
		kind = x.kind.String()
	}
	return map[string]any{"type": kind, "p": p}
}

// AssignNetwork implements protocol.WorldMapped.
func (c *Cluster) AssignNetwork(slice string, inFlight []protocol.Message) map[string]any {
	msgs := protocol.Set{}
	for _, m := range inFlight {
		if c.SliceOf(m) == slice {
			msgs = append(msgs, messageRecord(m))
		}
	}
	return map[string]any{"msgs": msgs}
}

// SliceOf implements protocol.WorldMapped: a message is about one transaction.
func (c *Cluster) SliceOf(m protocol.Message) string {
	if x, ok := m.Payload.(payload); ok {
		return x.txn.String()
	}
	return ""
}

// Crashed implements protocol.WorldMapped.
func (c *Cluster) Crashed(id protocol.NodeID) protocol.Action {
	return protocol.Action{Name: "Crash", Args: []any{id}}
}

// Lost implements protocol.WorldMapped. The specification's Lose loses any
// message; what is lost, the state after it tells.
func (c *Cluster) Lost(m protocol.Message) protocol.Action {
	return protocol.Action{Slice: c.SliceOf(m), Name: "Lose"}
}
