package report

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/verify"
)

// Name is "paxos/smoke", or the path of a file.
func (c Checked) Name() string {
	if c.Model == "" {
		return c.Spec
	}
	return c.Spec + "/" + c.Model
}

// Check writes what was found: the verdict, the figures, and the
// counterexample as a table of actions with only what changed.
func Check(w io.Writer, s Screen, c Checked, coverage bool) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  %s  %s\n", s.verdict(c.Verdict, 0), s.paint(bold, printable(c.Name())), printable(c.Engine))
	told := func(indent int, text string) {
		for _, line := range wrap(printable(text), s.room(indent)) {
			fmt.Fprintf(out, "%s%s\n", pad("", indent), line)
		}
	}
	if c.Verdict != verify.OK {
		if c.Error == nil || c.Error.String() != c.Reason {
			told(2, c.Reason)
		}
		for _, e := range c.Errors {
			if c.Error.Line == 0 && c.Verdict == verify.Violated {
				break // the reason says it, and the trace follows
			}
			told(4, e.String())
		}
	}
	if c.Generated > 0 {
		s.figures(out, c)
	}
	switch {
	case c.Differs != "":
		fmt.Fprintf(out, "  %s %s\n", s.paint(red, "the manifest:"), printable(c.Differs))
	case c.Manifest != "":
		fmt.Fprintf(out, "  the manifest: %s\n", printable(c.Manifest))
	}
	if c.Note != "" {
		told(2, c.Note)
	}
	if x := c.Cross; x != nil {
		fmt.Fprintf(out, "  %s\n", s.cross(c))
		if x.Reason != "" {
			told(4, x.Reason)
		}
	}
	for _, text := range c.Warnings {
		fmt.Fprintf(out, "  warning: %s\n", printable(text))
	}
	s.counterexample(out, c)
	if coverage {
		s.coverage(out, c.Actions)
		if c.Verdict == verify.OK {
			s.unreached(out, c.Implications)
		}
		s.costs(out, c.Costs)
	}
	if len(c.Printed) > 0 {
		fmt.Fprintln(out, "\nprinted by the specification")
		for _, line := range c.Printed {
			fmt.Fprintf(out, "  %s\n", printable(line))
		}
		if c.PrintedCut > 0 {
			fmt.Fprintf(out, "  and %s more\n", plural(c.PrintedCut, "line"))
		}
	}
	return out.Flush()
}

func (s Screen) figures(out io.Writer, c Checked) {
	if c.Behaviours > 0 || c.Kind == "simulation" {
		fmt.Fprintf(out, "  %s, %s, seed %d, %s\n", plural(c.Behaviours, "random behaviour"), plural(int(c.Generated), "state"), c.Seed, seconds(c.Seconds))
		return
	}
	fmt.Fprintf(out, "  %s states generated, %s distinct, %s left on the queue, depth %d, %s\n",
		number(float64(c.Generated)), number(float64(c.Distinct)), number(float64(c.Left)), c.Depth, seconds(c.Seconds))
}

// cross is one short line.
func (s Screen) cross(c Checked) string {
	x := c.Cross
	switch x.State {
	case "agrees":
		return fmt.Sprintf("the Go engine and TLC agree (%s more)", seconds(x.Seconds))
	case "disagrees":
		return s.paint(red+";"+bold, "the Go engine and TLC disagree")
	default:
		return s.paint(yellow, "not cross-checked by TLC")
	}
}

// CheckLine writes what was found in one of many models on one line: whether it
// is as recorded, the figures, the counterexample if there is to be one, and how
// long it took. What is wrong follows below it.
func CheckLine(w io.Writer, s Screen, c Checked, wide int) error {
	verdict := verify.Unknown
	switch c.Manifest {
	case "as recorded":
		verdict = verify.OK
	case "differs":
		verdict = verify.Violated
	}
	unchecked := c.Cross != nil && c.Cross.State == "not done"
	text := fmt.Sprintf("%s states, %s distinct, depth %d", number(float64(c.Generated)), number(float64(c.Distinct)), c.Depth)
	if verdict == verify.OK && c.Verdict == verify.Violated {
		what := c.Property
		if what == "" {
			what = c.Kind
		}
		text = fmt.Sprintf("fails as it must: %s, after %s of %s", printable(what), plural(len(c.Trace), "state"), number(float64(c.Distinct)))
	}
	if c.Note != "" && verdict != verify.Unknown {
		text += "; by TLC, for its temporal properties"
	}
	if x := c.Cross; x != nil {
		text += "; " + map[string]string{"agrees": "Go and TLC agree", "disagrees": "Go and TLC disagree", "not done": "not cross-checked"}[x.State]
	}
	if unchecked && verdict == verify.OK {
		verdict, c.Reason = verify.Unknown, c.Cross.Reason
	}
	took := c.Seconds
	if c.Cross != nil {
		took += c.Cross.Seconds
	}
	if _, err := fmt.Fprintf(w, "%s  %s  %s  %s\n", s.verdict(verdict, verdictWide), pad(printable(c.Name()), wide), fmt.Sprintf("%*s", timeWide, seconds(took)), text); err != nil {
		return err
	}
	for _, reason := range []string{c.Differs, c.Reason} {
		if verdict == verify.OK || reason == "" {
			continue
		}
		for _, line := range wrap(printable(reason), s.room(10)) {
			if _, err := fmt.Fprintf(w, "%s%s\n", pad("", 10), line); err != nil {
				return err
			}
		}
		break
	}
	return nil
}

func (s Screen) counterexample(out *bufio.Writer, c Checked) {
	if len(c.Steps) == 0 {
		return
	}
	action, variable := len("action"), 0
	for _, st := range c.Steps {
		action = max(action, len([]rune(printable(st.Action))))
		for _, v := range slices.Concat(st.with(), st.Changed) {
			variable = max(variable, len([]rune(printable(v.Name))))
		}
	}
	action = min(action, nameMax)
	indent := 2 + 4 + 2 + action + 2
	fmt.Fprintf(out, "\n%s\n", s.paint(faint, fmt.Sprintf("  %4s  %s  %s", "step", pad("action", action), "what it changed")))
	for _, st := range c.Steps {
		lead := fmt.Sprintf("  %4d  %s  ", st.Number, pad(clip(printable(st.Action), action), action))
		tell := func(v CheckedVariable, style string) {
			for _, l := range v.lines() {
				name := pad(printable(v.Name), variable) + l[0]
				for i, line := range wrap(printable(l[1]), s.room(indent+variable+3)) {
					if i > 0 {
						name = pad("", variable+3)
					}
					text := name + line
					if style != "" {
						text = s.paint(style, text)
					}
					fmt.Fprintln(out, lead+text)
					lead = pad("", indent)
				}
			}
		}
		for _, v := range st.with() {
			tell(v, faint)
		}
		for _, v := range st.Changed {
			tell(v, "")
		}
		if len(st.Changed) == 0 {
			fmt.Fprintln(out, lead+s.paint(faint, "nothing"))
		}
	}
	switch {
	case c.Loop > 0 && c.Loop == len(c.Steps):
		fmt.Fprintln(out, "  and then nothing more happens, for ever")
	case c.Loop > 0 && c.BackStep != nil:
		fmt.Fprintf(out, "  and then, by %s, again from step %d, for ever\n", printable(c.BackStep.Action), c.Loop)
		for _, v := range c.BackStep.with() {
			for _, line := range wrap(printable(v.Name+" = "+v.Value), s.room(6)) {
				fmt.Fprintf(out, "      %s\n", s.paint(faint, line))
			}
		}
	case c.Loop > 0:
		fmt.Fprintf(out, "  and then again from step %d, for ever\n", c.Loop)
	}
}

// with are the arguments that the action's text names by their parameters.
func (st CheckedState) with() []CheckedVariable {
	var out []CheckedVariable
	for _, v := range st.With {
		out = append(out, CheckedVariable{Name: "with " + v.Name, Value: v.Value})
	}
	return out
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

// unreached are the parts of the properties that claimed nothing. One that was
// not evaluated because what is around it claimed nothing is not told again.
func (s Screen) unreached(out *bufio.Writer, all []CheckedImplication) {
	reached := 0
	var lines []string
	var around CheckedImplication // the last that is told
	for _, i := range all {
		if i.Reached {
			reached++
			continue
		}
		place := fmt.Sprintf("(%s:%d, in %s)", i.File, i.Line, i.Property)
		switch {
		case !i.Evaluated && around.File == i.File && around.Property == i.Property && strings.Contains(around.Text, i.Text):
			continue
		case !i.Evaluated:
			lines = append(lines, fmt.Sprintf("never evaluated: %s %s", i.Text, place))
		case i.ForAll:
			lines = append(lines, fmt.Sprintf("always empty: the set of %s %s", i.Text, place))
		default:
			lines = append(lines, fmt.Sprintf("never reached: the antecedent of %s %s", i.Text, place))
		}
		around = i
	}
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(out, "\n  %d of %s in the properties reached\n", reached, plural(len(all), "implication"))
	for _, text := range lines {
		for i, line := range wrap(printable(text), s.room(4)) {
			lead := "  "
			if i > 0 {
				lead = "    "
			}
			fmt.Fprintln(out, lead+s.paint(yellow, line))
		}
	}
}

// bareName is an expression that is a name: how often it was looked up tells
// nothing that the expression around it does not.
var bareName = regexp.MustCompile(`^[A-Za-z0-9_]+'?$`)

// costs are the expressions of the specification, each with how often it was
// evaluated. One that was evaluated as often as the expression around it is left
// out, and so are names; JSON has them all.
func (s Screen) costs(out *bufio.Writer, costs []CheckedCost) {
	if len(costs) == 0 {
		return
	}
	wide := len("definition")
	for _, k := range costs {
		wide = max(wide, len([]rune(printable(k.Name))))
	}
	fmt.Fprintf(out, "\n%s\n", s.paint(faint, fmt.Sprintf("  %12s  %s  %s", "evaluated", pad("definition", wide), "expression")))
	type told struct {
		CheckedCost
		depth int // on the screen
	}
	var around []told
	for _, k := range costs {
		for len(around) > 0 && (around[len(around)-1].Depth >= k.Depth || around[len(around)-1].Name != k.Name) {
			around = around[:len(around)-1]
		}
		if bareName.MatchString(k.Text) {
			continue
		}
		depth := 0
		if n := len(around); n > 0 {
			if around[n-1].Count == k.Count {
				continue
			}
			depth = around[n-1].depth + 1
		}
		around = append(around, told{k, depth})
		text := printable(k.Text)
		if text == "" {
			text = printable(k.At)
		}
		count := pad("", 12-len(number(float64(k.Count)))) + number(float64(k.Count))
		if k.Count == 0 {
			count = s.paint(yellow, count)
		}
		fmt.Fprintf(out, "  %s  %s  %s%s\n", count, pad(printable(k.Name), wide), strings.Repeat("  ", depth), clip(text, max(s.room(18+wide+2*depth), 60)))
	}
}

// CheckSum writes the last line of many models: how many were as recorded.
func CheckSum(w io.Writer, s Screen, verdict verify.Verdict, all []Checked, translations verify.Verdict, took time.Duration) error {
	recorded, agree, crossed := 0, 0, 0
	for _, c := range all {
		if c.Manifest == "as recorded" {
			recorded++
		}
		if c.Cross != nil {
			crossed++
			if c.Cross.State == "agrees" {
				agree++
			}
		}
	}
	text := fmt.Sprintf("%d of %s as recorded", recorded, plural(len(all), "model"))
	if crossed > 0 {
		text += fmt.Sprintf("; Go and TLC agree on %d", agree)
	}
	if translations != "" {
		text += fmt.Sprintf("; PlusCal translations %s", translations)
	}
	_, err := fmt.Fprintf(w, "\n%s  %s; %s\n", s.verdict(verdict, 0), text, seconds(took.Seconds()))
	return err
}
