// Package observe turns the steps of a protocol's nodes, as a driver observes
// them, into the events of a trace. It is the one place where the values that
// a protocol maps its state to become the values of the trace format.
//
//	r := observe.New(writer)
//	w, err := world.New(p, world.Options{Observer: r.Observe})
//
// Only steps that take an action of the specification become events. An event
// gives the variables that the step changed, which the recorder finds by
// keeping what the node's mapping said before, and the ids of the messages
// received and sent by then. Of the actions that one step takes in one slice
// the last gives them: what they were in between, no mapping can tell.
package observe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"sort"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Writer takes the events; *trace.Writer is one.
type Writer interface{ Write(trace.Event) error }

// Recorder writes the trace of a run. It serves any number of nodes as long
// as one goroutine at a time calls it.
type Recorder struct {
	w    Writer
	last map[key]trace.Change         // what the mapping said last
	sent map[protocol.NodeID][]string // since the node's last event
	keep int
	err  error
}

type key struct {
	node  protocol.NodeID
	slice string
}

// New returns a recorder that writes to w.
func New(w Writer) *Recorder {
	return &Recorder{w: w, last: map[key]trace.Change{}, sent: map[protocol.NodeID][]string{}, keep: keepMax}
}

// Err returns the first error of the writer or of a mapping.
func (r *Recorder) Err() error { return r.err }

// Observe is a protocol.Observer.
func (r *Recorder) Observe(o protocol.Observation) {
	for _, id := range o.Sent {
		r.sent[o.ID] = append(r.sent[o.ID], string(id))
	}
	if r.err != nil || len(o.Output.Actions) == 0 {
		return
	}
	node, ok := o.Node.(protocol.Mapped)
	if !ok {
		r.err = fmt.Errorf("node %s takes actions of a specification and does not map its state to it: expected a protocol.Mapped, found %T", o.ID, o.Node)
		return
	}
	for i, a := range o.Output.Actions {
		e := trace.Event{Node: string(o.ID), Clock: clock(o.Clock), Slice: a.Slice, Action: a.Name}
		e.Args, r.err = list(a.Args, r.err)
		e.Constants, r.err = object(a.Constants, r.err)
		if i == 0 {
			e.Recv, e.Sent = string(o.Received), r.sent[o.ID]
			r.sent[o.ID] = nil
		}
		slices := node.Slices()
		if len(r.last) > r.keep && i == 0 {
			r.prune(o.ID, slices)
		}
		later := o.Output.Actions[i+1:]
		switch {
		case a.Slice != "" || len(slices) == 1 && slices[0] == "":
			if !concerns(later, a.Slice) {
				e.Local, e.Vars = r.changes(node, o.ID, a.Slice)
			}
		default:
			r.everySlice(node, o.ID, slices, later, &e)
		}
		if r.err == nil {
			r.err = r.w.Write(e)
		}
	}
}

// concerns reports whether one of the actions is one of the slice.
func concerns(actions []protocol.Action, slice string) bool {
	for _, a := range actions {
		if a.Slice == slice || a.Slice == "" {
			return true
		}
	}
	return false
}

// keepMax bounds what a recorder remembers, in slices of all nodes, but for
// those that the nodes themselves still know.
const keepMax = 1 << 14

// prune forgets the slices that the node itself has forgotten. Should there
// be one more event of such a slice, it repeats what the mapping still says.
func (r *Recorder) prune(id protocol.NodeID, slices []string) {
	known := make(map[string]bool, len(slices))
	for _, s := range slices {
		known[s] = true
	}
	for k := range r.last {
		if k.node == id && !known[k.slice] {
			delete(r.last, k)
		}
	}
}

// everySlice gives an event of the node as a whole what the node knows of
// each slice: all of it, since such an event is a recovery, which forgets.
func (r *Recorder) everySlice(node protocol.Mapped, id protocol.NodeID, slices []string, later []protocol.Action, e *trace.Event) {
	for k := range r.last {
		if k.node == id {
			delete(r.last, k)
		}
	}
	for _, s := range slices {
		if concerns(later, s) {
			continue
		}
		local, vars := r.changes(node, id, s)
		if e.Slices == nil {
			e.Slices = map[string]trace.Change{}
		}
		e.Slices[s] = trace.Change{Local: local, Vars: vars}
	}
}

// changes maps the node's state and returns what is not as it was.
func (r *Recorder) changes(node protocol.Mapped, id protocol.NodeID, slice string) (local, vars map[string]any) {
	a := node.Assign(slice)
	now := trace.Change{}
	now.Local, r.err = object(a.Local, r.err)
	now.Vars, r.err = object(a.Whole, r.err)
	k := key{id, slice}
	was := r.last[k]
	r.last[k] = now
	return r.differing(was.Local, now.Local), r.differing(was.Vars, now.Vars)
}

func (r *Recorder) differing(was, now map[string]any) map[string]any {
	var d map[string]any
	for name, v := range now {
		if old, ok := was[name]; ok && r.equal(old, v) {
			continue
		}
		if d == nil {
			d = map[string]any{}
		}
		d[name] = v
	}
	return d
}

// equal compares by the encoding, in which a set has one order.
func (r *Recorder) equal(a, b any) bool {
	x, err1 := json.Marshal(trace.Tuple{a})
	y, err2 := json.Marshal(trace.Tuple{b})
	if err1 != nil || err2 != nil {
		return false
	}
	return bytes.Equal(x, y)
}

func clock(v protocol.VectorClock) map[string]uint64 {
	c := make(map[string]uint64, len(v))
	for n, k := range v {
		c[string(n)] = k
	}
	return c
}

// Value converts a value that a protocol maps its state to into one of the
// trace format.
func Value(v any) (any, error) {
	switch v := v.(type) {
	case bool, string:
		return v, nil
	case int:
		return int64(v), nil
	case int64:
		return v, nil
	case uint64:
		if v > math.MaxInt64 {
			return new(big.Int).SetUint64(v), nil
		}
		return int64(v), nil
	case protocol.NodeID:
		return string(v), nil
	case protocol.ModelValue:
		return string(v), nil
	case []any:
		l, err := list(v, nil)
		if l == nil {
			l = []any{}
		}
		return l, err
	case protocol.Tuple:
		l, err := list(v, nil)
		return trace.Tuple(l), err
	case protocol.Set:
		l, err := list(v, nil)
		return trace.Set(l), err
	case map[string]any:
		return object(v, nil)
	case protocol.Func:
		f := make(trace.Func, len(v))
		for i, p := range v {
			for j := range p {
				var err error
				if f[i][j], err = Value(p[j]); err != nil {
					return nil, err
				}
			}
		}
		return f, nil
	}
	return nil, fmt.Errorf("expected a value as package protocol lists them, found %T", v)
}

func list(l []any, err error) ([]any, error) {
	if err != nil || l == nil {
		return nil, err
	}
	out := make([]any, len(l))
	for i, e := range l {
		if out[i], err = Value(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func object(m map[string]any, err error) (map[string]any, error) {
	if err != nil || m == nil {
		return nil, err
	}
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	sort.Strings(names) // so that the first error is always the same
	out := make(map[string]any, len(m))
	for _, k := range names {
		if out[k], err = Value(m[k]); err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
	}
	return out, nil
}
