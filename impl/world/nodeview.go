package world

import "github.com/lockstep-go/lockstep/impl/protocol"

// NodeView returns what the world knows of a node, for the function that maps
// it to the variables of a specification.
func (w *World) NodeView(id protocol.NodeID) protocol.NodeView {
	i := w.index(id)
	if i < 0 {
		return protocol.NodeView{ID: id}
	}
	n := w.nodes[i]
	v := protocol.NodeView{ID: id, Node: n.node, Records: n.log, Durable: len(n.log) - n.unsynced()}
	for _, h := range n.held {
		// Positions count what this incarnation has put out; the log may
		// begin with what others have.
		records := max(len(n.log)-int(n.put-h.Position), 0)
		for _, m := range h.Messages {
			v.Held = append(v.Held, protocol.HeldMessage{Message: m, Records: records})
		}
	}
	return v
}

// NetworkHash returns a hash of the messages in flight, as NodeHash does of a
// node.
func (w *World) NetworkHash() Hash {
	if w.memo != nil {
		return w.flightSum[0]
	}
	var h Hash
	for _, e := range w.flights {
		h = h.Plus(w.messageHash(e, 0))
	}
	return h
}
