package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// recorder applies choices to a world and takes down what they do. Run and
// Replay have it in common, so what it takes down is the same for both.
type recorder struct {
	cfg  *Config
	w    *world.World
	res  *Result
	hash hash.Hash
	buf  []byte // not yet hashed
	telling
}

func newRecorder(cfg *Config) (*recorder, error) {
	w, err := cfg.world()
	if err != nil {
		return nil, err
	}
	r := &recorder{cfg: cfg, w: w, hash: sha256.New(), res: &Result{Schedule: fault.Schedule{Header: cfg.header()}}}
	r.telling = telling{history: cfg.History, final: cfg.Workload, stats: &r.res.Stats}
	r.check()
	return r, nil
}

func (r *recorder) check() {
	if r.cfg.Invariant != nil {
		if err := r.cfg.Invariant(r.w); err != nil {
			r.res.Violation = &Violation{fmt.Errorf("invariant: %w", err)}
		}
	}
}

// apply lets a choice happen at a time. It reports false if that ended the run;
// a choice that is not open is an error.
func (r *recorder) apply(at time.Duration, c world.Choice) (world.Step, bool, error) {
	r.w.SetNow(at)
	st, err := r.tryApply(c)
	if errors.Is(err, world.ErrNotOpen) {
		return st, false, err
	}
	e := fault.Event{At: at, Choice: c}
	r.res.Schedule.Events = append(r.res.Schedule.Events, e)
	r.res.Events++
	r.res.Choices[c.Kind]++
	r.res.Simulated = at
	r.buf = append(e.AppendString(r.buf), '\n')
	if err == nil {
		r.take(at, st)
		if r.cfg.Watch != nil {
			r.cfg.Watch(r.w, st)
		}
		r.check()
	} else {
		r.res.Violation = &Violation{err}
	}
	return st, r.res.Violation == nil, nil
}

// tryApply turns a panic of a node into an error: it is a finding, and its
// schedule the evidence.
func (r *recorder) tryApply(c world.Choice) (st world.Step, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v", c, p)
		}
	}()
	return r.w.Apply(c)
}

// take hashes what a step did, and tells the history.
func (r *recorder) take(at time.Duration, st world.Step) {
	if st.Node != "" {
		r.buf = world.AppendOutput(r.buf, st.Output)
		r.buf = binary.AppendUvarint(r.buf, uint64(len(st.Sent)))
		for _, e := range st.Sent {
			r.buf = binary.AppendUvarint(r.buf, e.Number)
		}
		r.res.Messages += uint64(len(st.Sent))
	}
	if len(r.buf) > 1<<14 {
		r.hash.Write(r.buf)
		r.buf = r.buf[:0]
	}
	switch st.Choice.Kind {
	case world.Invoke:
		r.invoked(at, st.Choice.Request, st.Choice.Op)
	case world.Crash, world.Restart, world.Cut, world.Heal, world.Hangup:
		if r.history != nil {
			r.history.Fault(at, st.Choice)
		}
	}
	for _, reply := range st.Replies {
		r.buf = append(r.buf, reply.ID.String()...)
		result, err := json.Marshal(reply.Result)
		if err != nil {
			result = []byte(err.Error())
		}
		r.buf = append(r.buf, result...)
		if !reply.Lost {
			r.replied(at, reply.Reply)
		}
	}
}

func (r *recorder) finish() *Result {
	r.ended(r.res.Simulated)
	r.hash.Write(r.buf)
	r.hash.Sum(r.res.Hash[:0])
	return r.res
}

// telling tells a History what the clients see.
type telling struct {
	history History
	final   interface{ Final(any) bool }
	stats   *Stats
	clients []*told // in the order in which they were first seen
}

// told is what has been told of one client.
type told struct {
	name    string
	seq     uint64          // of the latest operation
	pending bool            // it has been neither answered nor given up
	invoked map[uint64]bool // every operation that was told
}

func (t *telling) client(name string) *told {
	for _, c := range t.clients {
		if c.name == name {
			return c
		}
	}
	c := &told{name: name, invoked: map[uint64]bool{}}
	t.clients = append(t.clients, c)
	return c
}

func (t *telling) invoked(at time.Duration, id protocol.RequestID, op protocol.Op) {
	c := t.client(id.Client)
	if c.invoked[id.Seq] {
		return
	}
	if id.Seq > c.seq {
		t.giveUp(at, c)
		c.seq, c.pending = id.Seq, true
	}
	c.invoked[id.Seq] = true
	t.stats.Invoked++
	if t.history != nil {
		t.history.Invoke(at, id, op)
	}
	if id.Seq < c.seq { // a late one, given up before
		t.unknown(at, id)
	}
}

func (t *telling) replied(at time.Duration, r protocol.Reply) {
	c := t.client(r.ID.Client)
	if !c.pending || c.seq != r.ID.Seq || !t.final.Final(r.Result) {
		return
	}
	c.pending = false
	t.stats.Returned++
	if t.history != nil {
		t.history.Return(at, r.ID, r.Result)
	}
}

func (t *telling) giveUp(at time.Duration, c *told) {
	if c.pending {
		c.pending = false
		t.unknown(at, protocol.RequestID{Client: c.name, Seq: c.seq})
	}
}

func (t *telling) unknown(at time.Duration, id protocol.RequestID) {
	t.stats.Unknown++
	if t.history != nil {
		t.history.Unknown(at, id)
	}
}

func (t *telling) ended(at time.Duration) {
	for _, c := range t.clients {
		t.giveUp(at, c)
	}
}
