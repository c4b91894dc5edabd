package linearizability

import (
	"encoding/json"
	"fmt"
	"sync"
)

// Recorder takes down a history while it happens. It may be used from many
// goroutines and reads no clock: the caller says what time it is, in
// nanoseconds since any origin, and numbers of operations count from 1.
//
// The order of the calls counts. Call Invoke before the request is sent and
// Return after the response has come; then an operation whose Return was
// recorded before another's Invoke truly ended before the other began. Equal
// times would lose that (intervals are closed, so both would be concurrent),
// and a simulator makes many events at one instant. So a time that is not
// above that of the event before is raised to one nanosecond above it.
type Recorder struct {
	mu     sync.Mutex
	header Header
	w      *Writer // nil: memory only
	order  *order
	events []Event
	ids    uint64
	last   int64
	err    error
}

// NewRecorder returns a recorder that keeps the history in memory and, unless
// w is nil, streams it to w, which nobody else may write to.
func NewRecorder(h Header, w *Writer) *Recorder {
	return &Recorder{header: h, w: w, order: newOrder(), last: -1}
}

// Invoke records that the client sends op, which encoding/json must write as
// the model reads it. It returns the operation's id.
func (r *Recorder) Invoke(client string, op any, time int64) (id uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids++
	raw, err := json.Marshal(op)
	if err != nil {
		r.fail(fmt.Errorf("op of client %q: %w", client, err))
	}
	r.add(Event{Kind: Invoke, ID: r.ids, Client: client, Time: time, Op: raw})
	return r.ids
}

// Return records that the operation returned result, which encoding/json must
// write as the model reads it.
func (r *Recorder) Return(id uint64, result any, time int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	raw, err := json.Marshal(result)
	if err != nil {
		r.fail(fmt.Errorf("result of operation %d: %w", id, err))
	}
	r.add(Event{Kind: Return, ID: id, Time: time, Result: raw})
}

// Unknown records that the client gave up on the operation, which may or may
// not take effect, now or later. The client may go on to its next one.
func (r *Recorder) Unknown(id uint64, reason string, time int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(Event{Kind: Unknown, ID: id, Time: time, Reason: reason})
}

// Fail records that the operation certainly did not, and never will, take
// effect: the request was never sent. A time-out is Unknown.
func (r *Recorder) Fail(id uint64, reason string, time int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(Event{Kind: Fail, ID: id, Time: time, Reason: reason})
}

// Fault records what was done to a node, for people to see.
func (r *Recorder) Fault(node, text string, time int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(Event{Kind: Fault, Node: node, Text: text, Time: time})
}

// Err returns the first error: an event out of order, a value that does not
// encode, a failed write. Nothing is recorded after it.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// History returns what was recorded so far, decoded by the model exactly as a
// Reader of the file would. It fails if Err does.
func (r *Recorder) History(m Model) (*History, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return nil, r.err
	}
	if _, err := choose(r.header.Model, []Model{m}); err != nil {
		return nil, fmt.Errorf("recorded history: %w", err)
	}
	b := newBuilder(r.header, m)
	for _, e := range r.events {
		if err := b.add(e); err != nil {
			return nil, fmt.Errorf("recorded history: %w", err)
		}
	}
	return b.history(), nil
}

func (r *Recorder) add(e Event) {
	if r.err != nil {
		return
	}
	e.Time = max(e.Time, r.last+1)
	if err := r.order.take(e); err != nil {
		r.fail(err)
		return
	}
	r.last = e.Time
	r.events = append(r.events, e)
	if r.w != nil {
		r.fail(r.w.Write(e))
	}
}

func (r *Recorder) fail(err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("record history: %w", err)
	}
}
