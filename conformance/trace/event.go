package trace

import "fmt"

// Version is the version of the format that this package writes and reads.
const Version = 1

// Header is the first line of a trace.
type Header struct {
	Lockstep  string         `json:"lockstep"` // always "trace"
	Version   int            `json:"version"`
	Spec      string         `json:"spec"`                // name of the specification's module
	Constants map[string]any `json:"constants,omitempty"` // as far as the run fixes them
	Nodes     []string       `json:"nodes,omitempty"`     // all nodes of the run
	Node      string         `json:"node,omitempty"`      // the node that wrote the file, if it was one
	Seed      uint64         `json:"seed,omitempty"`
	Sliced    bool           `json:"sliced,omitempty"`
}

// Event is one action that one node took.
type Event struct {
	Node string `json:"node"`

	// Seq counts the events of the node from 1, over all its incarnations.
	Seq uint64 `json:"seq"`

	// Clock is the node's vector clock after the step. The node's own entry
	// grows with every step, from 1; two events of one step share it.
	Clock map[string]uint64 `json:"clock"`

	Slice  string `json:"slice,omitempty"`
	Action string `json:"action"`
	Args   []any  `json:"args,omitempty"`

	// Constants are those that the slice fixes, on its first event.
	Constants map[string]any `json:"constants,omitempty"`

	Local map[string]any `json:"local,omitempty"` // variable -> its value at Node
	Vars  map[string]any `json:"vars,omitempty"`  // variable -> its value

	// Slices gives, on an event of every slice, what it changed in each of
	// those that the node knows.
	Slices map[string]Change `json:"slices,omitempty"`

	Recv string   `json:"recv,omitempty"` // id of the message received
	Sent []string `json:"sent,omitempty"` // ids of the messages that left
}

// Change is the variables that changed, as in Event.
type Change struct {
	Local map[string]any `json:"local,omitempty"`
	Vars  map[string]any `json:"vars,omitempty"`
}

func (e Event) String() string {
	s := e.Action + "("
	for i, a := range e.Args {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprint(a)
	}
	s += ")"
	if e.Slice != "" {
		s = e.Slice + ": " + s
	}
	return fmt.Sprintf("%s #%d %s", e.Node, e.Seq, s)
}

// check says what is missing from an event.
func (e Event) check() error {
	switch {
	case e.Node == "":
		return fmt.Errorf(`expected an event with a "node", found none`)
	case e.Action == "":
		return fmt.Errorf(`expected an event with an "action", found none`)
	case e.Seq == 0:
		return fmt.Errorf(`expected an event with a "seq" from 1, found 0`)
	case e.Clock[e.Node] == 0:
		return fmt.Errorf(`expected a "clock" that counts the steps of node %s from 1, found %v`, e.Node, e.Clock)
	case len(e.Slices) > 0 && e.Slice != "":
		return fmt.Errorf(`expected "slices" only on an event of every slice, found it on one of slice %q`, e.Slice)
	}
	return nil
}

// check says what an event of the trace with this header may not be.
func (h Header) check(e Event) error {
	switch {
	case h.Node != "" && e.Node != h.Node:
		return fmt.Errorf("expected an event of node %s, as the header says, found one of %s", h.Node, e.Node)
	case !h.Sliced && e.Slice != "":
		return fmt.Errorf(`expected no "slice", since the header does not say "sliced", found %q`, e.Slice)
	case !h.Sliced && len(e.Slices) > 0:
		return fmt.Errorf(`expected no "slices", since the header does not say "sliced"`)
	case h.Sliced && e.Slice == "" && (len(e.Local) > 0 || len(e.Vars) > 0 || len(e.Constants) > 0):
		return fmt.Errorf(`expected what an event of every slice changed under "slices", found "local", "vars" or "constants"`)
	}
	return nil
}

// order holds the events of each node to their order: they are numbered from 1
// without a gap, and the node's own entry of the clock does not fall.
type order struct{ seq, clock map[string]uint64 }

func newOrder() order { return order{map[string]uint64{}, map[string]uint64{}} }

func (o order) check(e Event) error {
	if want := o.seq[e.Node] + 1; e.Seq != want {
		return fmt.Errorf("expected event %d of node %s, found event %d: the trace has lost or swapped events", want, e.Node, e.Seq)
	}
	if own := e.Clock[e.Node]; own < o.clock[e.Node] {
		return fmt.Errorf("expected the clock of node %s to be at least %d, found %d", e.Node, o.clock[e.Node], own)
	}
	return nil
}

func (o order) took(e Event) { o.seq[e.Node], o.clock[e.Node] = e.Seq, e.Clock[e.Node] }
