package linearizability

import "fmt"

// order holds the rules that tie the events of a history together. Reader and
// Writer share it, so that what one writes the other reads.
type order struct {
	open    map[uint64]Event // invoked and not ended
	ended   map[uint64]Event // by operation, the event that ended it
	current map[string]uint64
	last    map[string]int64 // by client, when its last operation ended
}

func newOrder() *order {
	return &order{map[uint64]Event{}, map[uint64]Event{}, map[string]uint64{}, map[string]int64{}}
}

// take adds the event, or says which rule it breaks.
func (o *order) take(e Event) error {
	if e.Time < 0 || e.Time > timeMax {
		return fmt.Errorf("expected a time from 0 to %d, found %d", timeMax, e.Time)
	}
	switch e.Kind {
	case Fault:
		return nil
	case Invoke:
		return o.invoke(e)
	default:
		return o.end(e)
	}
}

func (o *order) invoke(e Event) error {
	if e.Client == "" {
		return fmt.Errorf("expected the client's name, found an empty one")
	}
	if first, ok := o.open[e.ID]; ok {
		return fmt.Errorf("operation %d is invoked twice, first%s; expected a new id", e.ID, at(first))
	}
	if first, ok := o.ended[e.ID]; ok {
		return fmt.Errorf("operation %d is invoked after it ended%s; expected a new id", e.ID, at(first))
	}
	if id, ok := o.current[e.Client]; ok {
		return fmt.Errorf("client %q invokes operation %d while its operation %d is open; expected the end of %d first", e.Client, e.ID, id, id)
	}
	// An equal time would make the two operations of one client concurrent, and
	// silently lose the order between them.
	if last, ok := o.last[e.Client]; ok && e.Time <= last {
		return fmt.Errorf("client %q invokes operation %d at time %d; expected a time after %d, at which its last operation ended", e.Client, e.ID, e.Time, last)
	}
	e.Op = nil // it may be large, and is not needed here
	o.open[e.ID] = e
	o.current[e.Client] = e.ID
	return nil
}

func (o *order) end(e Event) error {
	invoke, ok := o.open[e.ID]
	if !ok {
		if first, ok := o.ended[e.ID]; ok {
			return fmt.Errorf("%s of operation %d, which has ended: expected one end, found %s%s before", e.Kind, e.ID, first.Kind, at(first))
		}
		return fmt.Errorf("%s of operation %d: expected an invocation of it before, found none", e.Kind, e.ID)
	}
	if e.Time < invoke.Time {
		return fmt.Errorf("%s of operation %d at time %d: expected a time from %d, at which it was invoked%s", e.Kind, e.ID, e.Time, invoke.Time, at(invoke))
	}
	delete(o.open, e.ID)
	o.ended[e.ID] = Event{Kind: e.Kind, Line: e.Line}
	delete(o.current, invoke.Client)
	o.last[invoke.Client] = e.Time
	return nil
}

// at says where an event stands, when it was read from a file.
func at(e Event) string {
	if e.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" on line %d", e.Line)
}
