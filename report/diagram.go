package report

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// DiagramOptions say what to draw.
type DiagramOptions struct {
	// RowsMax bounds the rows; the last ones are drawn, since that is where a
	// run went wrong. 0 is 80.
	RowsMax int

	// Failed is the number of the event, from 1, that is wrong; 0 is none.
	Failed int
}

const rowsMax = 80

// Picture is a drawn diagram.
type Picture struct {
	SVG string // an svg element, complete and safe to put into a page
	Cut string // what was left out, in a sentence; empty for nothing
}

// Diagram draws a merged trace as a space-time diagram (Lamport, CACM 1978): a
// lane for each node, time downwards, a row for each event with its action and
// what it changed, and an arrow for each message from the event after which
// it left to the one that received it. A message of which only one end is
// among the events has the half of an arrow. Crashes, recoveries and restarts
// are marked as faults.
//
// A trace says when a message had left by, and not always at which event it
// did. The arrow starts at the last event of the sender that the receiver's
// vector clock knows of: the latest that it can be.
func Diagram(events []trace.Event, o DiagramOptions) Picture {
	var d drawing
	senders := map[string]string{} // of messages
	for _, e := range events {
		d.lane(e.Node)
		for _, id := range e.Sent {
			senders[id] = e.Node
		}
	}
	sort.Strings(d.lanes)
	received := map[string]bool{}
	latest := map[string][]int{} // by node, the rows of its events
	for i, e := range events {
		r := row{lane: d.lane(e.Node), label: call(e), note: strings.Join(changes(e), ", "), kind: stepRow}
		if e.Slice != "" {
			r.label = e.Slice + " " + r.label
		}
		if disrupts(e.Action) {
			r.kind = faultRow
		}
		if i+1 == o.Failed {
			r.kind = failedRow
		}
		d.rows = append(d.rows, r)
		if e.Recv != "" {
			received[e.Recv] = true
			a := arrow{to: end{i, r.lane}, from: end{-1, -1}, label: e.Recv}
			if from, ok := senders[e.Recv]; ok {
				a.from.lane = d.lane(from)
				for _, j := range slices.Backward(latest[from]) {
					if events[j].Clock[from] <= e.Clock[from] {
						a.from.row = j
						break
					}
				}
			}
			d.arrows = append(d.arrows, a)
		}
		latest[e.Node] = append(latest[e.Node], i)
	}
	for i, e := range events {
		for _, id := range e.Sent {
			if !received[id] {
				d.arrows = append(d.arrows, arrow{from: end{i, d.lane(e.Node)}, to: end{-1, -1}, label: id})
			}
		}
	}
	return d.draw(o.RowsMax, "event")
}

// disrupts reports whether an action is a fault, by the names that
// specifications give to them.
func disrupts(action string) bool {
	for _, word := range []string{"Crash", "Recover", "Restart", "Fail"} {
		if strings.HasPrefix(action, word) {
			return true
		}
	}
	return false
}

type rowKind string

const (
	stepRow    rowKind = "step"
	requestRow rowKind = "request"
	faultRow   rowKind = "fault"
	failedRow  rowKind = "failed"
)

// drawing is a diagram before it is drawn: of a trace or of a schedule.
type drawing struct {
	lanes  []string
	rows   []row
	arrows []arrow
}

// row is one thing that happened. A lane of -1 is none in particular.
type row struct {
	lane        int
	at          string // the time, if it is known
	label, note string
	kind        rowKind
}

// end is the end of an arrow; a row of -1 is not known, nor is a lane of -1.
type end struct{ row, lane int }

type arrow struct {
	from, to end
	label    string
	lost     bool // it ends in a cross
}

func (d *drawing) lane(name string) int {
	if i := slices.Index(d.lanes, name); i >= 0 {
		return i
	}
	d.lanes = append(d.lanes, name)
	return len(d.lanes) - 1
}

// cut keeps the last rows.
func (d *drawing) cut(most int, what string) (from int, cut string) {
	if most <= 0 {
		most = rowsMax
	}
	if from = len(d.rows) - most; from <= 0 {
		return 0, ""
	}
	return from, fmt.Sprintf("The last %s of %s are drawn.", number(float64(most)), plural(len(d.rows), what))
}
