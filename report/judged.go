package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/linearizability"
	"github.com/lockstep-go/lockstep/verify"
)

// Validated is what the validation of traces came to: what `lockstep trace`
// prints, and what it writes as JSON.
type Validated struct {
	Spec    string         `json:"spec"`
	Files   []string       `json:"files"`
	Seed    uint64         `json:"seed"` // of the run that wrote them
	Verdict verify.Verdict `json:"verdict"`
	Reason  string         `json:"reason,omitempty"`

	Slices   int   `json:"slices"`
	Distinct int   `json:"distinct"`
	Events   int   `json:"events"`
	States   int64 `json:"states"`

	Rejected    []Rejected `json:"rejected,omitempty"`
	RejectedCut int        `json:"rejected_cut,omitempty"` // not listed
}

// Rejected is a slice that is not a behaviour of the specification.
type Rejected struct {
	Slice     string            `json:"slice"`
	Events    int               `json:"events"`
	Explained []string          `json:"explained"` // the longest explained prefix
	Event     string            `json:"event"`     // that cannot follow it
	Reason    string            `json:"reason"`
	State     []CheckedVariable `json:"state,omitempty"` // before the event
}

// NewValidated takes over a report of package refine.
func NewValidated(spec string, files []string, seed uint64, r *refine.Report) Validated {
	v := Validated{Spec: spec, Files: files, Seed: seed, Verdict: verify.Verdict(r.Verdict), Reason: r.Reason,
		Slices: r.Slices, Distinct: r.Distinct, Events: r.Events, States: r.States, RejectedCut: r.RejectedCut}
	for _, x := range r.Rejected {
		j := Rejected{Slice: x.Slice.Name, Events: len(x.Slice.Events), Event: x.Event.String(), Reason: x.Reason}
		for _, e := range x.Slice.Events[:min(max(x.Explained, 0), len(x.Slice.Events))] {
			j.Explained = append(j.Explained, e.String())
		}
		for _, b := range x.State {
			j.State = append(j.State, CheckedVariable{Name: b.Variable, Value: oneLine(b.Value)})
		}
		v.Rejected = append(v.Rejected, j)
	}
	return v
}

// Trace writes what the validation of traces came to.
func Trace(w io.Writer, s Screen, v Validated) error {
	out := bufio.NewWriter(w)
	for _, r := range v.Rejected {
		name := "slice " + printable(r.Slice)
		if r.Slice == "" {
			name = "the trace"
		}
		fmt.Fprintf(out, "%s: %s explained, then\n", name, plural(len(r.Explained), "event"))
		for i, e := range r.Explained {
			fmt.Fprintf(out, "  %4d  %s\n", i+1, printable(e))
		}
		fmt.Fprintf(out, "  %s\n", s.paint(red, fmt.Sprintf("%4d  %s", len(r.Explained)+1, printable(r.Event))))
		for _, line := range wrap(printable(r.Reason), s.room(8)) {
			fmt.Fprintf(out, "        %s\n", line)
		}
		for _, b := range r.State {
			fmt.Fprintf(out, "        before it, %s = %s\n", printable(b.Name), printable(b.Value))
		}
	}
	if v.RejectedCut > 0 {
		fmt.Fprintf(out, "and %s more\n", plural(v.RejectedCut, "slice"))
	}
	fmt.Fprintf(out, "%s  %s: %s of %s, %s distinct, %s; seed %d\n", s.verdict(v.Verdict, 0), printable(v.Spec),
		plural(v.Slices, "slice"), plural(v.Events, "event"), number(float64(v.Distinct)), plural(int(v.States), "state"), v.Seed)
	if v.Reason != "" {
		for _, line := range wrap(printable(v.Reason), s.room(2)) {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	return out.Flush()
}

// Linearized is what the check of a history came to: what `lockstep linearize`
// prints, and what it writes as JSON.
type Linearized struct {
	File    string         `json:"file"`
	Model   string         `json:"model"`
	Seed    uint64         `json:"seed"`
	Verdict verify.Verdict `json:"verdict"`
	Reason  string         `json:"reason,omitempty"`
	Seconds float64        `json:"seconds"`

	Operations int `json:"operations"`
	Returned   int `json:"returned"`
	Unknown    int `json:"unknown"`
	Failed     int `json:"failed"`
	Pruned     int `json:"pruned"`
	Partitions int `json:"partitions"`

	// Core is a small part of the history that is violated already.
	Core    []LinearizedOp `json:"core,omitempty"`
	Limited string         `json:"limited,omitempty"`
	Picture string         `json:"picture,omitempty"`
}

// LinearizedOp is an operation of a history.
type LinearizedOp struct {
	ID      uint64 `json:"id"`
	Client  string `json:"client"`
	Text    string `json:"text"`
	Invoked int64  `json:"invoked"`
	Ended   int64  `json:"ended"`
	Line    int    `json:"line,omitempty"`
}

// NewLinearized takes over a result of package linearizability.
func NewLinearized(file string, m linearizability.Model, h *linearizability.History, r linearizability.Result, seconds float64) Linearized {
	l := Linearized{File: file, Model: m.Name(), Seed: h.Header.Seed, Verdict: verify.Verdict(r.Verdict), Reason: r.Reason, Seconds: seconds,
		Operations: r.Operations, Returned: r.Returned, Unknown: r.Unknown, Failed: r.Failed, Pruned: r.Pruned, Partitions: r.Partitions}
	if r.Violation == nil {
		return l
	}
	l.Limited = r.Violation.Limited
	for _, o := range r.Violation.Core {
		result := o.Result
		if o.Outcome != linearizability.Return {
			result = nil
		}
		l.Core = append(l.Core, LinearizedOp{o.ID, o.Client, m.DescribeOp(o.Op, result), o.Invoked, o.Ended, o.Line})
	}
	return l
}

const coreMax = 60 // operations told

// Linearize writes what the check of a history came to.
func Linearize(w io.Writer, s Screen, l Linearized) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  %s  %s: %s (%s answered, %s of unknown outcome, %s failed) in %s, %s; seed %d\n", s.verdict(l.Verdict, 0), printable(l.File), l.Model,
		plural(l.Operations, "operation"), number(float64(l.Returned)), number(float64(l.Unknown)), number(float64(l.Failed)), plural(l.Partitions, "part"), seconds(l.Seconds), l.Seed)
	if l.Reason != "" {
		for _, line := range wrap(printable(l.Reason), s.room(2)) {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	if len(l.Core) > 0 {
		fmt.Fprintln(out, "  no order explains these operations:")
		for i, o := range l.Core {
			if i == coreMax {
				fmt.Fprintf(out, "    and %s more\n", plural(len(l.Core)-i, "operation"))
				break
			}
			fmt.Fprintf(out, "    line %-5d %-8s %s\n", o.Line, printable(o.Client), printable(o.Text))
		}
	}
	if l.Limited != "" {
		fmt.Fprintf(out, "  they may be more than need be: %s\n", printable(l.Limited))
	}
	if l.Picture != "" {
		fmt.Fprintf(out, "  picture: %s\n", printable(l.Picture))
	}
	return out.Flush()
}
