package trace

import "fmt"

// Slice is the part of a run that one behaviour of the specification has to
// explain.
type Slice struct {
	Name      string
	Constants map[string]any // of the header, and those that the slice fixes
	Events    []Event
}

// Slices divides a merged trace. A trace that is not sliced is one slice. An
// event of every slice is an event of those in which its node takes part, from
// the slice's first event to its last, with the changes it names for it.
func Slices(h Header, events []Event) ([]Slice, error) {
	for _, e := range events {
		if err := (Header{Sliced: h.Sliced}).check(e); err != nil {
			return nil, fmt.Errorf("event %s: %w", e, err)
		}
	}
	if !h.Sliced {
		return []Slice{{Constants: h.Constants, Events: events}}, nil
	}
	type span struct {
		index, last int
		nodes       map[string]bool
	}
	spans := map[string]*span{}
	var slices []Slice
	for i, e := range events {
		if e.Slice == "" {
			continue
		}
		s := spans[e.Slice]
		if s == nil {
			s = &span{index: len(slices), nodes: map[string]bool{}}
			spans[e.Slice] = s
			slices = append(slices, Slice{Name: e.Slice, Constants: merge(h.Constants, e.Constants)})
		} else if e.Constants != nil {
			return nil, fmt.Errorf("slice %s: expected constants on its first event only, found them on %s", e.Slice, e)
		}
		s.last = i
		s.nodes[e.Node] = true
	}
	open := map[string]*span{} // the slices that have begun and not ended
	for i, e := range events {
		if e.Slice != "" {
			s := spans[e.Slice]
			open[e.Slice] = s
			slices[s.index].Events = append(slices[s.index].Events, e)
			if s.last == i {
				delete(open, e.Slice)
			}
			continue
		}
		for name, s := range open {
			if s.nodes[e.Node] {
				c := e
				c.Slice, c.Slices = name, nil
				c.Local, c.Vars = e.Slices[name].Local, e.Slices[name].Vars
				slices[s.index].Events = append(slices[s.index].Events, c)
			}
		}
	}
	return slices, nil
}

func merge(a, b map[string]any) map[string]any {
	m := make(map[string]any, len(a)+len(b))
	for k, v := range a {
		m[k] = v
	}
	for k, v := range b {
		m[k] = v
	}
	return m
}
