package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Outcome says what became of a request that got no reply.
type Outcome string

const (
	// NotExecuted: it certainly has had no effect, and will have none.
	NotExecuted Outcome = "not executed"

	// Unknown: it may have had its effect, or may still have it.
	Unknown Outcome = "unknown"
)

// clientNameBytesMax bounds RequestID.Client.
const clientNameBytesMax = 256

// request and response are the bodies of POST /v1/requests.
type request struct {
	protocol.RequestID
	Op json.RawMessage `json:"op"`
}

type response struct {
	protocol.RequestID
	Result any `json:"result"`
}

type failure struct {
	Error   string  `json:"error"`
	Outcome Outcome `json:"outcome"`
}

// Status is what GET /v1/status answers.
type Status struct {
	Node        protocol.NodeID `json:"node"`
	Protocol    string          `json:"protocol"`
	Incarnation uint64          `json:"incarnation"` // counts the starts, from 1
	Steps       uint64          `json:"steps"`       // the node's own entry of its vector clock
	Appended    uint64          `json:"appended"`    // records, in this incarnation
	Durable     uint64          `json:"durable"`     // of those
	Held        int             `json:"held"`        // steps whose output waits for the disk
	Slices      int             `json:"slices"`      // that the node knows (transactions, say)
	Failpoints  bool            `json:"failpoints"`  // whether the build holds any
	Peers       []PeerStatus    `json:"peers"`
}

// PeerStatus is how sending to another node goes.
type PeerStatus struct {
	Node      protocol.NodeID `json:"node"`
	Address   string          `json:"address"`
	Connected bool            `json:"connected"`
	Queued    int             `json:"queued"`
	Dropped   uint64          `json:"dropped"` // messages that the queue had no room for
}

func (h *Host) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/requests", h.postRequest)
	mux.HandleFunc("GET /v1/status", h.getStatus)
	mux.HandleFunc("GET /v1/failpoints", h.getFailpoints)
	mux.HandleFunc("PUT /v1/failpoints/{name...}", h.putFailpoint)
	mux.HandleFunc("DELETE /v1/failpoints/{name...}", h.deleteFailpoint)
	// A page in a browser on this machine must not drive the node.
	return http.NewCrossOriginProtection().Handler(mux)
}

func (h *Host) postRequest(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r, h.cfg.BodyBytesMax)
	if !ok {
		return
	}
	id, op, err := h.decodeRequest(body)
	if err != nil {
		writeFailure(w, http.StatusBadRequest, NotExecuted, "%v", err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.cfg.RequestWait)
	defer cancel()
	reply := make(chan any, 1)
	h.wait(id, reply)
	defer h.unwait(id, reply)

	select {
	case h.inbox <- event{input: protocol.Request{ID: id, Op: op}}:
	case <-h.done:
		writeFailure(w, http.StatusServiceUnavailable, NotExecuted, "the node has stopped")
		return
	case <-ctx.Done():
		writeFailure(w, http.StatusServiceUnavailable, NotExecuted, "the node took no request within %v", h.cfg.RequestWait)
		return
	}
	select {
	case result := <-reply:
		writeResult(w, id, result)
	case <-ctx.Done():
		writeFailure(w, http.StatusGatewayTimeout, Unknown, "no reply to request %s within %v", id, h.cfg.RequestWait)
	case <-h.done:
		select {
		case result := <-reply: // just in time
			writeResult(w, id, result)
		default:
			writeFailure(w, http.StatusServiceUnavailable, Unknown, "the node stopped before it replied to request %s", id)
		}
	}
}

func writeResult(w http.ResponseWriter, id protocol.RequestID, result any) {
	b, err := json.Marshal(response{id, result})
	if err != nil {
		// The protocol's mistake, and the operation has been executed.
		writeFailure(w, http.StatusInternalServerError, Unknown, "result of request %s: %v", id, err)
		return
	}
	writeJSON(w, http.StatusOK, b)
}

func (h *Host) decodeRequest(body []byte) (protocol.RequestID, protocol.Op, error) {
	var req request
	if err := decodeStrict(body, &req); err != nil {
		return req.RequestID, nil, fmt.Errorf(`%w; expected {"client":"name","seq":1,"op":...}`, err)
	}
	if n := len(req.Client); n == 0 || n > clientNameBytesMax {
		return req.RequestID, nil, fmt.Errorf("client: found a name of %d bytes, expected 1 to %d", n, clientNameBytesMax)
	}
	if req.Seq == 0 {
		return req.RequestID, nil, errors.New("seq: found 0 or nothing, expected a number from 1")
	}
	if len(req.Op) == 0 {
		return req.RequestID, nil, errors.New("op: found nothing, expected an operation")
	}
	op, err := h.cfg.Protocol.DecodeOp(req.Op)
	if err != nil {
		return req.RequestID, nil, fmt.Errorf("op: %w", err)
	}
	return req.RequestID, op, nil
}

// wait registers one who waits for the reply to a request.
func (h *Host) wait(id protocol.RequestID, reply chan any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting[id] = append(h.waiting[id], reply)
}

func (h *Host) unwait(id protocol.RequestID, reply chan any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := slices.DeleteFunc(h.waiting[id], func(c chan any) bool { return c == reply })
	if len(left) == 0 {
		delete(h.waiting, id)
	} else {
		h.waiting[id] = left
	}
}

func (h *Host) getStatus(w http.ResponseWriter, r *http.Request) {
	s := Status{Node: h.cfg.ID, Protocol: h.cfg.Protocol.Name(), Failpoints: failpoint.Compiled, Peers: []PeerStatus{}}
	answered := make(chan struct{})
	ctx, cancel := context.WithTimeout(r.Context(), h.cfg.RequestWait)
	defer cancel()
	call := func() {
		defer close(answered)
		s.Incarnation, s.Steps = h.identity.Incarnation, h.clock[h.self]
		s.Appended, s.Durable, s.Held = h.appended, h.durable, len(h.held)
		if m, ok := h.node.(protocol.Mapped); ok {
			s.Slices = len(m.Slices())
		}
	}
	select {
	case h.inbox <- event{call: call}:
	case <-h.done:
	case <-ctx.Done():
	}
	select {
	case <-answered:
	case <-h.done:
		writeFailure(w, http.StatusServiceUnavailable, NotExecuted, "the node has stopped")
		return
	case <-ctx.Done():
		writeFailure(w, http.StatusServiceUnavailable, NotExecuted, "the node did not answer within %v", h.cfg.RequestWait)
		return
	}
	for _, p := range h.peers {
		if p == nil {
			continue
		}
		p.mu.Lock()
		s.Peers = append(s.Peers, PeerStatus{p.id, p.address, p.connected, len(p.queue), p.dropped})
		p.mu.Unlock()
	}
	b, _ := json.Marshal(s) // plain fields
	writeJSON(w, http.StatusOK, b)
}

func (h *Host) getFailpoints(w http.ResponseWriter, r *http.Request) {
	if !h.failpointsCompiled(w) {
		return
	}
	b, _ := json.Marshal(failpoint.Hits())
	writeJSON(w, http.StatusOK, b)
}

func (h *Host) putFailpoint(w http.ResponseWriter, r *http.Request) {
	if !h.failpointsCompiled(w) {
		return
	}
	terms, ok := readBody(w, r, 4<<10)
	if !ok {
		return
	}
	name := r.PathValue("name")
	if err := failpoint.Enable(name, string(terms)); err != nil {
		writeFailure(w, http.StatusBadRequest, NotExecuted, "%v", err)
		return
	}
	h.logger.Info("failpoint enabled", "failpoint", name, "terms", string(terms))
	w.WriteHeader(http.StatusNoContent)
}

func (h *Host) deleteFailpoint(w http.ResponseWriter, r *http.Request) {
	if !h.failpointsCompiled(w) {
		return
	}
	name := r.PathValue("name")
	if err := failpoint.Disable(name); err != nil {
		writeFailure(w, http.StatusBadRequest, NotExecuted, "%v", err)
		return
	}
	h.logger.Info("failpoint disabled", "failpoint", name)
	w.WriteHeader(http.StatusNoContent)
}

func (h *Host) failpointsCompiled(w http.ResponseWriter) bool {
	if !failpoint.Compiled {
		writeFailure(w, http.StatusNotImplemented, NotExecuted, "%v", failpoint.Enable("", ""))
	}
	return failpoint.Compiled
}

func readBody(w http.ResponseWriter, r *http.Request, bytesMax int) ([]byte, bool) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(bytesMax)))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		writeFailure(w, http.StatusRequestEntityTooLarge, NotExecuted, "found a body of more than %d bytes, expected at most that many", bytesMax)
	} else if err != nil {
		writeFailure(w, http.StatusBadRequest, NotExecuted, "body: %v", err)
	}
	return b, err == nil
}

func writeFailure(w http.ResponseWriter, status int, o Outcome, format string, args ...any) {
	b, _ := json.Marshal(failure{fmt.Sprintf(format, args...), o})
	writeJSON(w, status, b)
}

func writeJSON(w http.ResponseWriter, status int, b []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The client may be gone, and is then told by the lack of an answer.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeWait))
	_, _ = w.Write(append(b, '\n'))
}
