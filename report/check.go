package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
)

// Checked is what a model checker found in one model: what `lockstep check`
// prints, and what it writes as JSON.
type Checked struct {
	Spec     string         `json:"spec"`            // "twophase" or a path
	Model    string         `json:"model,omitempty"` // of the manifest
	Engine   string         `json:"engine"`          // "TLC 2.18 of 20 March 2023"
	Verdict  verify.Verdict `json:"verdict"`
	Kind     string         `json:"kind,omitempty"`
	Property string         `json:"property,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Exit     int            `json:"exit"`
	Seconds  float64        `json:"seconds"`

	Generated int64 `json:"generated"`
	Distinct  int64 `json:"distinct"`
	Queue     int64 `json:"queue"`
	Depth     int   `json:"depth"`

	// Manifest is "as recorded", "differs" or "not recorded", and empty when
	// there is no manifest to compare with. Differs says what differs.
	Manifest string `json:"manifest,omitempty"`
	Differs  string `json:"differs,omitempty"`

	Actions  []CheckedAction `json:"actions,omitempty"`
	Trace    []CheckedState  `json:"trace,omitempty"`
	Loop     int             `json:"loop,omitempty"` // as tlc.Result.Loop
	Printed  []string        `json:"printed,omitempty"`
	Warnings []string        `json:"warnings,omitempty"`
	Errors   []string        `json:"errors,omitempty"`
}

// CheckedAction is the coverage of an action.
type CheckedAction struct {
	Name     string `json:"name"`
	Taken    int64  `json:"taken"`
	Distinct int64  `json:"distinct"`
}

// CheckedState is a state of a counterexample. Changed are the variables that
// are not as in the state before; in the first state all of them.
type CheckedState struct {
	Number  int               `json:"number"`
	Action  string            `json:"action"`
	At      string            `json:"at,omitempty"`
	Changed []CheckedVariable `json:"changed"`
}

// CheckedVariable is a variable, or one point of it, and its value as TLA+
// text, and what it was. Added and Removed tell how a set changed, where that is
// shorter.
type CheckedVariable struct {
	Name    string   `json:"name"`
	Value   string   `json:"value"`
	Was     string   `json:"was,omitempty"`
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// lines tell the change: a value, or what came and went.
func (v CheckedVariable) lines() (lines [][2]string) {
	if len(v.Added)+len(v.Removed) == 0 {
		return [][2]string{{" = ", v.Value}}
	}
	for _, x := range v.Added {
		lines = append(lines, [2]string{" + ", x})
	}
	for _, x := range v.Removed {
		lines = append(lines, [2]string{" - ", x})
	}
	return lines
}

// NewChecked takes over what TLC found.
func NewChecked(spec, model string, r *tlc.Result, seconds float64) Checked {
	c := Checked{
		Spec: spec, Model: model, Engine: "TLC " + strings.TrimPrefix(r.Version, "Version "), Verdict: verify.Verdict(r.Verdict.String()),
		Kind: string(r.Kind), Property: r.Property, Reason: r.Reason, Exit: r.ExitStatus(), Seconds: seconds,
		Generated: r.Generated, Distinct: r.Distinct, Queue: r.Queue, Depth: r.Depth, Loop: r.Loop, Printed: r.Printed,
	}
	for _, a := range r.Actions {
		c.Actions = append(c.Actions, CheckedAction{a.Name, a.Taken, a.Distinct})
	}
	for i, s := range r.Trace {
		state := CheckedState{Number: s.Number, Action: s.Action, Changed: []CheckedVariable{}}
		if !s.At.IsZero() {
			state.At = s.At.String()
		}
		for _, v := range s.Variables {
			if i == 0 {
				state.Changed = append(state.Changed, CheckedVariable{Name: v.Name, Value: oneLine(v.Text)})
				continue
			}
			state.Changed = append(state.Changed, change(v.Name, variable(r.Trace[i-1], v.Name), v)...)
		}
		c.Trace = append(c.Trace, state)
	}
	for _, m := range r.Warnings {
		c.Warnings = append(c.Warnings, oneLine(m.Text))
	}
	for _, m := range r.Errors {
		c.Errors = append(c.Errors, oneLine(m.Text))
	}
	return c
}

func variable(s tlc.State, name string) tlc.Variable {
	for _, v := range s.Variables {
		if v.Name == name {
			return v
		}
	}
	return tlc.Variable{}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Check writes what was found: the verdict, the figures, and the
// counterexample as a table of actions with only what changed.
func Check(w io.Writer, s Screen, c Checked, coverage bool) error {
	out := bufio.NewWriter(w)
	name := c.Spec
	if c.Model != "" {
		name += "/" + c.Model
	}
	fmt.Fprintf(out, "%s  %s  %s\n", s.verdict(c.Verdict, 0), s.paint(bold, printable(name)), printable(c.Engine))
	if c.Verdict != verify.OK {
		for _, line := range wrap(printable(c.Reason), s.room(2)) {
			fmt.Fprintf(out, "  %s\n", line)
		}
		for _, e := range c.Errors {
			if c.Verdict == verify.Violated {
				break // the reason says it, and the trace follows
			}
			for _, line := range wrap(printable(e), s.room(4)) {
				fmt.Fprintf(out, "    %s\n", line)
			}
		}
	}
	fmt.Fprintf(out, "  %s states generated, %s distinct, %s left on the queue, depth %d, %s\n",
		number(float64(c.Generated)), number(float64(c.Distinct)), number(float64(c.Queue)), c.Depth, seconds(c.Seconds))
	switch {
	case c.Differs != "":
		fmt.Fprintf(out, "  %s %s\n", s.paint(red, "the manifest:"), printable(c.Differs))
	case c.Manifest != "":
		fmt.Fprintf(out, "  the manifest: %s\n", printable(c.Manifest))
	}
	for _, text := range c.Warnings {
		fmt.Fprintf(out, "  warning: %s\n", printable(text))
	}
	s.counterexample(out, c)
	if coverage {
		s.coverage(out, c.Actions)
	}
	if len(c.Printed) > 0 {
		fmt.Fprintln(out, "\nprinted by the specification")
		for _, line := range c.Printed {
			fmt.Fprintf(out, "  %s\n", printable(line))
		}
	}
	return out.Flush()
}

func (s Screen) counterexample(out *bufio.Writer, c Checked) {
	if len(c.Trace) == 0 {
		return
	}
	action, variable := len("action"), 0
	for _, st := range c.Trace {
		action = max(action, len([]rune(printable(st.Action))))
		for _, v := range st.Changed {
			variable = max(variable, len([]rune(printable(v.Name))))
		}
	}
	action = min(action, nameMax)
	indent := 2 + 4 + 2 + action + 2
	fmt.Fprintf(out, "\n%s\n", s.paint(faint, fmt.Sprintf("  %4s  %s  %s", "step", pad("action", action), "what it changed")))
	for _, st := range c.Trace {
		lead := fmt.Sprintf("  %4d  %s  ", st.Number, pad(clip(printable(st.Action), action), action))
		if len(st.Changed) == 0 {
			fmt.Fprintln(out, lead+s.paint(faint, "nothing"))
		}
		for _, v := range st.Changed {
			for _, l := range v.lines() {
				name := pad(printable(v.Name), variable) + l[0]
				for i, line := range wrap(printable(l[1]), s.room(indent+variable+3)) {
					if i > 0 {
						name = pad("", variable+3)
					}
					fmt.Fprintln(out, lead+name+line)
					lead = pad("", indent)
				}
			}
		}
	}
	switch {
	case c.Loop > 0 && c.Loop == len(c.Trace):
		fmt.Fprintln(out, "  and then nothing more happens, for ever")
	case c.Loop > 0:
		fmt.Fprintf(out, "  and then again from step %d, for ever\n", c.Loop)
	}
}

func (s Screen) coverage(out *bufio.Writer, actions []CheckedAction) {
	if len(actions) == 0 {
		return
	}
	wide := len("action")
	for _, a := range actions {
		wide = max(wide, len([]rune(printable(a.Name))))
	}
	fmt.Fprintf(out, "\n%s\n", s.paint(faint, fmt.Sprintf("  %s  %12s  %12s", pad("action", wide), "states", "distinct")))
	for _, a := range actions {
		note := ""
		if a.Taken == 0 {
			note = "  " + s.paint(yellow, "never taken")
		}
		fmt.Fprintf(out, "  %s  %12s  %12s%s\n", pad(printable(a.Name), wide), number(float64(a.Taken)), number(float64(a.Distinct)), note)
	}
}

// Specs writes a table of specifications and their models.
func Specs(w io.Writer, s Screen, families []specs.Family) error {
	out := bufio.NewWriter(w)
	for i, f := range families {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s  %s (%s)\n", s.paint(bold, printable(f.Folder)), printable(f.Title), printable(f.Spec))
		wide := len("model")
		for _, m := range f.Models {
			wide = max(wide, len(m.Name))
		}
		fmt.Fprintln(out, s.paint(faint, fmt.Sprintf("  %s  %-8s  %-8s  %13s  %13s  %5s  %s", pad("model", wide), "size", "verdict", "generated", "distinct", "depth", "what it shows")))
		for _, m := range f.Models {
			text := m.Shows
			if m.Broken != "" {
				text = "broken: " + m.Broken
			}
			if m.Verdict == "violated" && m.Property != "" {
				text = m.Property + ". " + text
			}
			indent := wide + 2 + 10 + 10 + 15 + 15 + 7 + 2
			for j, line := range wrap(printable(text), s.room(indent)) {
				if j > 0 {
					fmt.Fprintln(out, pad("", indent)+line)
					continue
				}
				fmt.Fprintf(out, "  %s  %-8s  %s  %13s  %13s  %5s  %s\n", pad(m.Name, wide), m.Size, pad(m.Verdict, 8), figure(m.Generated), figure(m.Distinct), figure(int64(m.Depth)), line)
			}
		}
	}
	return out.Flush()
}

// figure is a number, or a dash for one that is not recorded.
func figure(n int64) string {
	if n == 0 {
		return "-"
	}
	return number(float64(n))
}
