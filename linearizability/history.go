package linearizability

import (
	"cmp"
	"fmt"
	"slices"
)

// Operation is what a history tells of one operation.
type Operation struct {
	ID     uint64
	Client string
	Op     any // as the model decoded it

	// Outcome is Return, Unknown or Fail; Result is the model's, for Return
	// only, and Reason is for the other two, or says what Violation.Core has
	// changed about the operation.
	Outcome Kind
	Result  any
	Reason  string

	// Invoked and Ended are in nanoseconds. Ended of an unknown outcome is when
	// the client gave up, which constrains nothing; it is the time of the
	// history's last event if the client never did.
	Invoked, Ended int64

	// Line is that of the invocation in the file, 0 if there is none.
	Line int
}

// Annotation is a fault, or anything else worth seeing beside the operations.
type Annotation struct {
	Time       int64 // nanoseconds
	Node, Text string
}

// History is what the clients of one run saw, and what was done to the system
// meanwhile. Operations are in the order of their invocations.
type History struct {
	Header     Header
	Operations []Operation
	Faults     []Annotation
}

// builder makes a history of events that order has accepted.
type builder struct {
	model Model
	h     *History
	index map[uint64]int
	last  int64
}

func newBuilder(header Header, m Model) *builder {
	return &builder{model: m, h: &History{Header: header}, index: map[uint64]int{}}
}

func (b *builder) add(e Event) error {
	b.last = max(b.last, e.Time)
	switch e.Kind {
	case Fault:
		b.h.Faults = append(b.h.Faults, Annotation{e.Time, e.Node, e.Text})
		return nil
	case Invoke:
		op, err := b.model.DecodeOp(e.Op)
		if err != nil {
			return fmt.Errorf("%s op: %w", b.model.Name(), err)
		}
		b.index[e.ID] = len(b.h.Operations)
		b.h.Operations = append(b.h.Operations, Operation{
			ID: e.ID, Client: e.Client, Op: op, Outcome: Unknown, Invoked: e.Time, Ended: -1, Line: e.Line,
		})
		return nil
	}
	o := &b.h.Operations[b.index[e.ID]]
	o.Outcome, o.Ended, o.Reason = e.Kind, e.Time, e.Reason
	if e.Kind == Return {
		result, err := b.model.DecodeResult(o.Op, e.Result)
		if err != nil {
			return fmt.Errorf("%s result of operation %d%s: %w", b.model.Name(), e.ID, at(Event{Line: o.Line}), err)
		}
		if result == nil {
			return fmt.Errorf("%s result of operation %d: model decoded it as nil, which stands for an unknown outcome", b.model.Name(), e.ID)
		}
		o.Result = result
	}
	return nil
}

// history ends the operations that are still open, and sorts.
func (b *builder) history() *History {
	for i := range b.h.Operations {
		if o := &b.h.Operations[i]; o.Ended < 0 {
			o.Ended, o.Reason = b.last, "open at the end of the history"
		}
	}
	slices.SortStableFunc(b.h.Operations, func(x, y Operation) int { return cmp.Compare(x.Invoked, y.Invoked) })
	slices.SortStableFunc(b.h.Faults, func(x, y Annotation) int { return cmp.Compare(x.Time, y.Time) })
	return b.h
}
