package sim

import (
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// Recording returns a History that r takes down. An operation that first
// reaches a node after its client has gone on is taken down as the only one of
// a client of its own, CLIENT/NUMBER, since its client has another one open.
func Recording(r *linearizability.Recorder) History {
	return &recording{r: r, open: map[protocol.RequestID]uint64{}, busy: map[string]int{}}
}

type recording struct {
	r    *linearizability.Recorder
	open map[protocol.RequestID]uint64
	busy map[string]int // open operations by client
}

func (h *recording) Invoke(at time.Duration, id protocol.RequestID, op protocol.Op) {
	client := id.Client
	if h.busy[client] > 0 {
		client = id.String()
	}
	h.busy[id.Client]++
	h.open[id] = h.r.Invoke(client, op, int64(at))
}

func (h *recording) Return(at time.Duration, id protocol.RequestID, result any) {
	h.r.Return(h.end(id), result, int64(at))
}

func (h *recording) Unknown(at time.Duration, id protocol.RequestID) {
	h.r.Unknown(h.end(id), "the client had no answer", int64(at))
}

func (h *recording) Fault(at time.Duration, c world.Choice) {
	node := string(c.Node)
	if c.Kind == world.Cut || c.Kind == world.Heal {
		node = string(c.From)
	}
	h.r.Fault(node, c.String(), int64(at))
}

func (h *recording) end(id protocol.RequestID) uint64 {
	h.busy[id.Client]--
	return h.open[id]
}
