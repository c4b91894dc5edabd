package verify

import (
	"bytes"
	"fmt"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// history records what the clients of a simulated run see.
type history struct {
	recorder *linearizability.Recorder
	text     bytes.Buffer // as a file of histories holds it
	question func(protocol.Op) bool
	open     map[protocol.RequestID]uint64
}

func newHistory(s System, seed uint64, plan string) *history {
	h := linearizability.Header{Seed: seed, System: s.Name, Meta: map[string]string{"plan": plan}}
	if s.Model != nil {
		h.Model = s.Model.Name()
	}
	out := &history{question: s.Question, open: map[protocol.RequestID]uint64{}}
	w, err := linearizability.NewWriter(&out.text, h)
	if err != nil {
		w = nil // the recorder then keeps the history in memory alone
	}
	out.recorder = linearizability.NewRecorder(h, w)
	return out
}

func (h *history) Invoke(at time.Duration, id protocol.RequestID, op protocol.Op) {
	if h.question != nil && h.question(op) {
		return // the request itself can no longer take effect
	}
	h.open[id] = h.recorder.Invoke(id.Client, op, int64(at))
}

func (h *history) Return(at time.Duration, id protocol.RequestID, result any) {
	if op, ok := h.open[id]; ok {
		h.recorder.Return(op, result, int64(at))
		delete(h.open, id)
	}
}

func (h *history) Unknown(at time.Duration, id protocol.RequestID) {
	if op, ok := h.open[id]; ok {
		h.recorder.Unknown(op, "the client gave up", int64(at))
		delete(h.open, id)
	}
}

func (h *history) Fault(at time.Duration, c world.Choice) {
	node := string(c.Node)
	if node == "" {
		node = fmt.Sprintf("%s->%s", c.From, c.To)
	}
	h.recorder.Fault(node, c.String(), int64(at))
}
