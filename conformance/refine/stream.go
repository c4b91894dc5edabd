package refine

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// ValidateFiles judges the files of one run, which may be larger than memory:
// beside the sets of states that explain the slices, it holds the recoveries
// and other events of whole nodes, and a few hundred bytes a slice. The events of a
// rejected slice are read a second time. m may be nil. Errors are those of
// reading.
func (g *Engine) ValidateFiles(ctx context.Context, spec Spec, m *Mapping, names ...string) (trace.Header, *Report, error) {
	if m == nil {
		m = &Mapping{}
	}
	spec = m.Spec(spec)
	h, next, done, err := open(names)
	if err != nil {
		return h, nil, err
	}
	defer done()
	r, err := g.ValidateEvents(ctx, spec, h, m.Next(next))
	if errors.Is(err, trace.ErrOrder) {
		var events []trace.Event
		if h, events, err = trace.ReadFiles(names...); err != nil {
			return h, nil, err
		}
		r, err = g.ValidateEvents(ctx, spec, h, m.Next(reader(events)))
		if err == nil {
			err = fill(r, h, m.Next(reader(events)))
		}
		return h, r, err
	}
	if err != nil {
		return h, nil, err
	}
	if len(r.Rejected) > 0 {
		_, again, done, err := open(names)
		if err != nil {
			return h, nil, err
		}
		defer done()
		if err := fill(r, h, m.Next(again)); err != nil {
			return h, nil, err
		}
	}
	return h, r, nil
}

func open(names []string) (trace.Header, func() (trace.Event, error), func(), error) {
	s, err := trace.Open(names...)
	if err != nil {
		return trace.Header{}, nil, nil, err
	}
	return s.Header(), s.Read, func() { _ = s.Close() }, nil
}

func reader(events []trace.Event) func() (trace.Event, error) {
	i := -1
	return func() (trace.Event, error) {
		if i++; i >= len(events) {
			return trace.Event{}, io.EOF
		}
		return events[i], nil
	}
}

// fill gives the rejected slices their events.
func fill(r *Report, h trace.Header, next func() (trace.Event, error)) error {
	want := map[string]*Rejection{}
	for i := range r.Rejected {
		want[r.Rejected[i].Slice.Name] = &r.Rejected[i]
	}
	return slicing(h, next, func(th *thread, constants map[string]any, e trace.Event) error {
		if rej := want[th.name]; rej != nil {
			if len(rej.Slice.Events) == 0 {
				rej.Slice.Constants = constants
			}
			rej.Slice.Events = append(rej.Slice.Events, e)
		}
		return nil
	})
}

// ValidateEvents judges a trace as it is read. next returns its events, each
// after all that happened before it, and io.EOF after the last. The slices of
// what is rejected are without their events and constants.
func (g *Engine) ValidateEvents(ctx context.Context, spec Spec, h trace.Header, next func() (trace.Event, error)) (*Report, error) {
	if err := g.use(spec); err != nil {
		return nil, err
	}
	r := &Report{Verdict: OK}
	var bad error
	var order []*thread
	err := slicing(h, next, func(th *thread, constants map[string]any, e trace.Event) error {
		if r.Events&1023 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		r.Events++
		if th.m == nil {
			m, err := g.machine(constants)
			if err != nil {
				bad = fmt.Errorf("slice %q: %w", th.name, err)
				return bad
			}
			th.pass = newPass(g.spec, m)
			order = append(order, th)
		}
		th.event(e)
		return nil
	})
	if bad != nil {
		// Perhaps the events are out of order: to be found out, and told instead.
		for err = nil; err == nil; {
			_, err = next()
		}
		if !errors.Is(err, io.EOF) {
			return nil, err
		}
		return r.unknown(bad.Error()), nil
	}
	if err != nil {
		return nil, err
	}
	r.Slices = len(order)
	if len(order) == 0 {
		return r.unknown("there are no events to judge"), nil
	}
	t := tally{report: r, seen: map[[sha256.Size]byte]bool{}}
	for _, th := range order {
		t.add(&th.pass, func() trace.Slice { return trace.Slice{Name: th.name} })
	}
	return t.done(spec), nil
}

// thread is what is kept of a slice between two of its events.
type thread struct {
	name string
	pass
	begun int      // events of the trace before its first
	nodes []uint16 // that have taken part
	seen  []int32  // how many of each one's whole events, if there are any
}

// slicing divides a trace as [trace.Slices] does, event by event. An event of a
// whole node comes to a slice when the next event of the slice does, and to a
// slice in which its node has not taken part before, when it does.
func slicing(h trace.Header, next func() (trace.Event, error), f func(th *thread, constants map[string]any, e trace.Event) error) error {
	type whole struct {
		at    int // events before it
		event trace.Event
	}
	index := map[string]uint16{}
	var wholes [][]whole // by the index of the node
	threads := map[string]*thread{}
	one := &thread{}
	for n := 0; ; n++ {
		e, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !h.Sliced {
			if err := f(one, h.Constants, e); err != nil {
				return err
			}
			continue
		}
		node, ok := index[e.Node]
		if !ok {
			if len(index) > math.MaxUint16 {
				return fmt.Errorf("found more than %d nodes", len(index))
			}
			node = uint16(len(index))
			index[e.Node] = node
			wholes = append(wholes, nil)
		}
		if e.Slice == "" {
			wholes[node] = append(wholes[node], whole{n, e})
			continue
		}
		th := threads[e.Slice]
		constants := h.Constants
		if th == nil {
			th = &thread{name: e.Slice, begun: n}
			threads[e.Slice] = th
			if len(e.Constants) > 0 {
				constants = maps.Clone(e.Constants)
				for k, v := range h.Constants {
					if _, ok := constants[k]; !ok {
						constants[k] = v
					}
				}
			}
		} else if e.Constants != nil {
			return fmt.Errorf("slice %s: expected constants on its first event only, found them on %s", e.Slice, e)
		}
		if !slices.Contains(th.nodes, node) {
			i := 0
			for i < len(wholes[node]) && wholes[node][i].at < th.begun {
				i++
			}
			th.nodes, th.seen = append(th.nodes, node), append(th.seen, int32(i))
		}
		var due []whole
		for i, node := range th.nodes {
			due = append(due, wholes[node][th.seen[i]:]...)
			th.seen[i] = int32(len(wholes[node]))
		}
		if len(due) > 1 {
			slices.SortFunc(due, func(a, b whole) int { return a.at - b.at })
		}
		for _, w := range due {
			x := w.event
			x.Slice, x.Slices = e.Slice, nil
			x.Local, x.Vars = w.event.Slices[e.Slice].Local, w.event.Slices[e.Slice].Vars
			if err := f(th, nil, x); err != nil {
				return err
			}
		}
		if err := f(th, constants, e); err != nil {
			return err
		}
	}
}
