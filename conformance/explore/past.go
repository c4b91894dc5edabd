package explore

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// past is what the clients have seen on the way to a state, as far as it
// matters to linearizability: the operations, their results, and which had
// returned when which was invoked. Two orders of events that agree in those are
// one past (the order of two invocations, or of two returns, constrains
// nothing), so that fewer states differ by it. A past is never written.
type past struct {
	hash    world.Hash
	clients []session // as Config.Clients
	events  []event   // one of the orders that it stands for
	judged  *judged   // nil where there was nothing new to judge
}

// session is what one client has seen: its operations, in order.
type session []operation

type operation struct {
	seq     uint64
	result  []byte // JSON; nil: none yet, or, if it is not the client's last, never
	returns []int  // of each client, how many operations had returned before this began
}

// event is an invocation, or the return of the client's latest operation.
type event struct {
	client int
	seq    uint64
	result []byte // nil: an invocation
}

// judged is the verdict on a past, found once.
type judged struct {
	once     sync.Once
	violated string
	unknown  string
	empty    bool // nothing to judge
}

// pasts hands out the one value for each past.
type pasts struct {
	model   linearizability.Model
	clients []world.Client

	mu   sync.Mutex
	all  map[world.Hash]*past
	next map[pastStep]*past
	sum  pastStats
}

type pastStep struct{ from, event world.Hash }

// pastStats counts distinct pasts: all, those without an open operation, those
// that were judged, and of these those that constrain nothing.
type pastStats struct{ all, complete, judged, empty int }

func newPasts(m linearizability.Model, clients []world.Client) *pasts {
	return &pasts{model: m, clients: clients, all: map[world.Hash]*past{}, next: map[pastStep]*past{}}
}

func (p *pasts) first() *past { return p.intern(&past{clients: make([]session, len(p.clients))}) }

func (e event) hash() world.Hash {
	b := binary.AppendUvarint(nil, uint64(e.client))
	b = binary.AppendUvarint(b, e.seq)
	if e.result != nil {
		b = append(b, 1)
	}
	return world.HashBytes(append(b, e.result...))
}

// after returns the past that follows one by an event.
func (p *pasts) after(from *past, e event) *past {
	k := pastStep{from.hash, e.hash()}
	p.mu.Lock()
	defer p.mu.Unlock()
	if next := p.next[k]; next != nil {
		return next
	}
	next := &past{clients: slices.Clone(from.clients), events: append(slices.Clip(from.events), e)}
	s := slices.Clone(next.clients[e.client])
	if e.result == nil {
		op := operation{seq: e.seq}
		for _, other := range from.clients {
			n := 0
			for _, o := range other {
				if o.result != nil {
					n++
				}
			}
			op.returns = append(op.returns, n)
		}
		s = append(s, op)
	} else {
		s[len(s)-1].result = e.result
	}
	next.clients[e.client] = s
	next = p.intern(next)
	p.next[k] = next
	return next
}

func (p *pasts) intern(x *past) *past {
	var b []byte
	for _, s := range x.clients {
		b = binary.AppendUvarint(b, uint64(len(s)))
		for _, o := range s {
			b = binary.AppendUvarint(b, o.seq)
			b = binary.AppendUvarint(b, uint64(len(o.result)))
			b = append(b, o.result...)
			for _, n := range o.returns {
				b = binary.AppendUvarint(b, uint64(n))
			}
		}
	}
	x.hash = world.HashBytes(b)
	if same := p.all[x.hash]; same != nil {
		return same
	}
	p.all[x.hash] = x
	p.sum.all++
	open := slices.ContainsFunc(x.clients, func(s session) bool { return len(s) > 0 && s[len(s)-1].result == nil })
	if !open {
		p.sum.complete++
	}
	// Only a return can make a history wrong: linearizability is closed under
	// prefixes, and an open operation constrains nothing.
	if n := len(x.events); n > 0 && x.events[n-1].result != nil {
		x.judged = &judged{}
	}
	return x
}

// step returns the past after a step of the world, and false if none changed.
func (p *pasts) step(from *past, st *world.Step, final func(any) bool) (*past, error) {
	to := from
	if c := &st.Choice; c.Kind == world.Invoke {
		if k := p.client(c.Request.Client); k >= 0 {
			s := to.clients[k]
			if len(s) == 0 || s[len(s)-1].seq < c.Request.Seq {
				to = p.after(to, event{client: k, seq: c.Request.Seq})
			}
		}
	}
	for i := range st.Replies {
		r := &st.Replies[i]
		k := p.client(r.ID.Client)
		if k < 0 || r.Lost || final != nil && !final(r.Result) {
			continue
		}
		s := to.clients[k]
		if len(s) == 0 || s[len(s)-1].seq != r.ID.Seq || s[len(s)-1].result != nil {
			continue
		}
		result, err := json.Marshal(r.Result)
		if err != nil {
			return nil, fmt.Errorf("result of request %s: %w", r.ID, err)
		}
		to = p.after(to, event{k, r.ID.Seq, result})
	}
	return to, nil
}

func (p *pasts) client(name string) int {
	return slices.IndexFunc(p.clients, func(c world.Client) bool { return c.Name == name })
}

// judge checks a past for linearizability, once.
func (p *pasts) judge(ctx context.Context, x *past) *judged {
	if x.judged == nil {
		return nil
	}
	x.judged.once.Do(func() {
		j := x.judged
		h, err := p.history(x)
		if err != nil {
			j.violated = err.Error()
			return
		}
		if j.empty = !p.constrains(h); !j.empty {
			r := linearizability.Check(ctx, p.model, h, linearizability.Options{})
			switch r.Verdict {
			case linearizability.VerdictViolated:
				j.violated = r.Reason
			case linearizability.VerdictUnknown:
				j.unknown = r.Reason
			}
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sum.judged++
		if j.empty {
			p.sum.empty++
		}
	})
	return x.judged
}

// constrains reports whether an operation returned that saw or changed
// something; without one there is nothing to check.
func (p *pasts) constrains(h *linearizability.History) bool {
	return slices.ContainsFunc(h.Operations, func(o linearizability.Operation) bool {
		if o.Outcome != linearizability.Return {
			return false
		}
		f := p.model.Footprint(o.Op, o.Result)
		return len(f.Sees)+len(f.Writes) > 0 || f.SeesMore || f.WritesMore
	})
}

// history writes a past as a history. An error says that what a client was
// answered is not even a result of the model.
func (p *pasts) history(x *past) (*linearizability.History, error) {
	r := linearizability.NewRecorder(linearizability.Header{Model: p.model.Name()}, nil)
	open := make([]uint64, len(p.clients))
	for at, e := range x.events {
		c := p.clients[e.client]
		if e.result != nil {
			r.Return(open[e.client], json.RawMessage(e.result), int64(at))
			open[e.client] = 0
			continue
		}
		if open[e.client] != 0 {
			r.Unknown(open[e.client], "the client went on without an answer", int64(at))
		}
		open[e.client] = r.Invoke(c.Name, c.Ops[e.seq-1], int64(at))
	}
	return r.History(p.model)
}
