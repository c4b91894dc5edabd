package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/verify"
)

// Covered is how code and specification cover each other: what `lockstep
// coverage` prints, and what it writes as JSON.
type Covered struct {
	System    string         `json:"system"`
	Spec      string         `json:"spec"`
	Constants string         `json:"constants"`
	Verdict   verify.Verdict `json:"verdict"`
	Reason    string         `json:"reason,omitempty"`
	Seconds   float64        `json:"seconds"`

	Transitions int             `json:"transitions"` // of the code, explored
	States      CoveredCount    `json:"states"`
	Steps       CoveredCount    `json:"steps"`
	Actions     []CoveredAction `json:"actions"`

	Exceptions []CoveredException `json:"exceptions,omitempty"`
	Missing    []string           `json:"missing,omitempty"`
	MissingCut int                `json:"missing_cut,omitempty"`

	// Schedule leads to a step of the code that the specification does not allow.
	Schedule []string `json:"schedule,omitempty"`
}

// CoveredCount is how many of the specification's states or steps the code
// reaches as it is explored, and as the specification drives it.
type CoveredCount struct {
	All      int `json:"all"`
	Explored int `json:"explored"`
	Driven   int `json:"driven"`
}

// CoveredAction is that of one action.
type CoveredAction struct {
	Action string `json:"action"`
	CoveredCount
}

// CoveredException is what an exception explains.
type CoveredException struct {
	Why       string `json:"why"`
	Explained int    `json:"explained"`
}

// NewCovered takes over what verify.Cover returned.
func NewCovered(s verify.System, c *verify.Covered, seconds float64) Covered {
	out := Covered{System: s.Name, Spec: s.Trace.Module, Verdict: verify.OK, Transitions: c.Transitions, Seconds: seconds}
	switch {
	case c.Violation != "":
		out.Verdict, out.Reason = verify.Violated, c.Violation
	case c.Limit != "":
		out.Verdict, out.Reason = verify.Unknown, c.Limit
	case !c.Whole():
		out.Verdict, out.Reason = verify.Violated, c.Gap(s)
	}
	if c.Schedule != nil {
		for _, e := range c.Schedule.Events {
			out.Schedule = append(out.Schedule, e.Choice.String())
		}
	}
	d := c.Driven
	if d == nil {
		return out
	}
	out.Constants = oneLine(d.Constants)
	out.States = CoveredCount{d.States, c.Explored.StatesReached, d.StatesReached}
	out.Steps = CoveredCount{d.Steps, c.Explored.StepsReached, d.StepsReached}
	explored := map[string]refine.ActionCoverage{}
	for _, a := range c.Explored.Actions {
		explored[a.Action] = a
	}
	for _, a := range d.Actions {
		out.Actions = append(out.Actions, CoveredAction{a.Action, CoveredCount{a.Steps, explored[a.Action].Reached, a.Reached}})
	}
	for i, x := range s.Trace.Exceptions {
		out.Exceptions = append(out.Exceptions, CoveredException{x.Why, d.Excused[i]})
	}
	for _, m := range d.Missing {
		out.Missing = append(out.Missing, m.String())
	}
	out.MissingCut = d.MissingCut
	return out
}

// Coverage writes how code and specification cover each other.
func Coverage(w io.Writer, s Screen, c Covered) error {
	out := bufio.NewWriter(w)
	if len(c.Actions) > 0 {
		fmt.Fprintf(out, "%-14s %10s %10s %10s\n", "action", "steps", "explored", "driven")
		row := func(name string, n CoveredCount) {
			fmt.Fprintf(out, "%-14s %10s %10s %10s\n", printable(name), number(float64(n.All)), number(float64(n.Explored)), number(float64(n.Driven)))
		}
		for _, a := range c.Actions {
			row(a.Action, a.CoveredCount)
		}
		row("all", c.Steps)
		row("states", c.States)
	}
	for _, x := range c.Exceptions {
		fmt.Fprintf(out, "not reached: %s, since %s\n", number(float64(x.Explained)), printable(x.Why))
	}
	for _, m := range c.Missing {
		for i, line := range wrap("not reached: "+printable(m), s.room(2)) {
			if i > 0 {
				line = "  " + line
			}
			fmt.Fprintln(out, line)
		}
	}
	if c.MissingCut > 0 {
		fmt.Fprintf(out, "and %s more\n", number(float64(c.MissingCut)))
	}
	for i, line := range c.Schedule {
		fmt.Fprintf(out, "%4d  %s\n", i+1, printable(line))
	}
	fmt.Fprintf(out, "%s  %s: %s explored, each a step of %s\n", s.verdict(c.Verdict, 0), printable(c.System), plural(c.Transitions, "transition"), printable(c.Spec))
	if c.Reason != "" {
		for _, line := range wrap(printable(c.Reason), s.room(2)) {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	return out.Flush()
}
