package corpus

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
)

// The engine comes to TLC's answer in every case: verdict, what is violated,
// figures, counterexample, and what is printed.
func TestEngineAnswersAsTLC(t *testing.T) {
	cases, err := All()
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.Path(), func(t *testing.T) {
			if c.Answer == nil {
				t.Skip("not recorded; TestAnswersAreCurrent says so")
			}
			for _, d := range differences(c.Answer, engine(c)) {
				t.Error(d)
			}
		})
	}
}

// Every specification with a case that TLC finds no error in has one in which it
// does, and there are enough of them.
func TestEverySpecificationHasABrokenCase(t *testing.T) {
	cases, err := All()
	require.NoError(t, err)
	ok, broken := map[string]string{}, map[string]bool{}
	for _, c := range cases {
		switch spec := c.Folder + "/" + c.Module; {
		case c.Answer == nil:
		case c.Answer.Verdict == "ok":
			ok[spec] = c.Path()
		default:
			broken[spec] = true
		}
	}
	for spec, path := range ok {
		assert.True(t, broken[spec], "%s: TLC finds no error in %s, and there is no case in which it finds one", spec, path)
	}
	assert.Greater(t, len(ok), 60)
}

// The control: an answer of which anything is changed is told from the engine's.
func TestDifferencesAreFound(t *testing.T) {
	cases, err := All()
	require.NoError(t, err)
	changes := map[string]func(*Answer){
		"generated": func(a *Answer) { a.Generated++ },
		"distinct":  func(a *Answer) { a.Distinct-- },
		"queue":     func(a *Answer) { a.Left++ },
		"depth":     func(a *Answer) { a.Depth++ },
		"verdict": func(a *Answer) {
			a.Verdict, a.Exit = "violated", 12
		},
		"property": func(a *Answer) { a.Property = "Other" },
		"kind":     func(a *Answer) { a.Kind = "deadlock" },
		"trace":    func(a *Answer) { a.Trace[len(a.Trace)-1] += "1" },
		"length":   func(a *Answer) { a.Trace = a.Trace[1:] },
		"actions":  func(a *Answer) { a.Actions = a.Actions[1:] },
		"printed":  func(a *Answer) { a.Printed = append(a.Printed, "more") },
		"place":    func(a *Answer) { a.At = []string{"1:1-1:1 Nowhere"} },
	}
	applies := map[string][]string{
		"actions/Layers":        {"generated", "distinct", "queue", "depth", "verdict", "printed", "actions"},
		"actions/Layers-broken": {"generated", "distinct", "queue", "depth", "property", "kind", "trace", "length"},
		"errors/IfNotBoolean":   {"generated", "verdict", "place"},
	}
	seen := 0
	for _, c := range cases {
		for _, name := range applies[c.Path()] {
			seen++
			a := *c.Answer
			a.Trace = slices.Clone(a.Trace)
			require.Empty(t, differences(&a, engine(c)), c.Path())
			changes[name](&a)
			assert.NotEmpty(t, differences(&a, engine(c)), "%s: another %s", c.Path(), name)
		}
	}
	assert.Equal(t, 18, seen)
}

// found is what the engine says: its answer, and the place of an error.
type found struct {
	Answer
	place string // module:line
	at    string // the place of what is violated
}

// engine runs the engine.
func engine(c Case) (f found) {
	conf, err := config.Parse(c.Name+".cfg", c.Config)
	if err != nil {
		f.Verdict, f.Kind, f.Error, f.Exit = "unknown", "configuration error", err.Error(), 151
		return f
	}
	spec, err := module.LoadSource(c.Module+".tla", c.Source(), module.Options{Read: c.Read})
	if err != nil {
		f.Verdict, f.Kind, f.Error, f.Exit = "unknown", "parse error", err.Error(), 150
		var e syntax.Errors
		if errors.As(err, &e) && len(e) > 0 {
			f.place = fmt.Sprint(e[0].Start.Line)
		}
		return f
	}
	m, err := check.New(spec, conf)
	if err != nil {
		f.Verdict, f.Kind, f.Error, f.Exit = "unknown", "configuration error", err.Error(), 151
		return f
	}
	r := m.Run(context.Background(), check.Options{Print: func(line string) { f.Printed = append(f.Printed, line) }})
	f.Verdict, f.Kind, f.Property, f.Exit = r.Verdict.String(), string(r.Kind), r.Property, r.ExitCode()
	f.Generated, f.Distinct, f.Left, f.Depth = r.Generated, r.Distinct, r.Left, r.Depth
	for _, a := range r.Actions {
		if a.Initial {
			continue
		}
		f.Actions = append(f.Actions, fmt.Sprintf("%s %d:%d", a.Name, a.Distinct, a.Taken))
	}
	for _, s := range r.Trace {
		text := s.Action
		if s.At != (check.Position{}) {
			text += fmt.Sprintf(" line %d", s.At.Span.Start.Line)
		}
		for _, v := range s.Variables {
			text += "\n/\\ " + v.Name + " = " + strings.Join(strings.Fields(v.Text), " ")
		}
		f.Trace = append(f.Trace, text)
	}
	if r.Verdict == check.Unknown {
		f.Error = strings.Join(r.Reasons, "; ")
	}
	f.at = r.PropertyAt.String()
	var e *eval.Error
	if errors.As(r.Err, &e) && e.Site != nil {
		f.place = fmt.Sprintf("%s:%d", e.Site.Module, e.Site.Span.Start.Line)
	}
	return f
}

// differences compares the engine's answer with TLC's.
func differences(want *Answer, got found) (out []string) {
	differ := func(what string, want, got any) {
		out = append(out, fmt.Sprintf("%s: TLC says %v, the engine %v", what, want, got))
	}
	if refusesTemporal(got) {
		// The states are those of TLC all the same.
		got.Verdict, got.Kind, got.Property, got.Exit = want.Verdict, want.Kind, want.Property, want.Exit
		got.Trace, got.Depth = want.Trace, want.Depth
	}
	if want.Verdict != got.Verdict && !assertInInvariant(want, got) || class(want.Exit, want.Kind) != class(got.Exit, got.Kind) {
		differ("verdict", fmt.Sprintf("%s (%s %s, exit %d) %s", want.Verdict, want.Kind, want.Property, want.Exit, want.Error),
			fmt.Sprintf("%s (%s %s, exit %d) %s", got.Verdict, got.Kind, got.Property, got.Exit, got.Error))
		return out
	}
	if want.Verdict == "unknown" {
		if got.Kind == string(check.Unsupported) || want.Generated == 0 {
			return out // refused, or not begun: there is nothing to compare
		}
		// After an error TLC generates the successors once more to find the
		// place, which shows in its other figures.
		if want.Generated != got.Generated {
			differ("states generated", want.Generated, got.Generated)
		}
		if len(want.At) > 0 && !onStack(want.At, got.place) {
			differ("place of the error", want.At, got.place)
		}
		// TLC may show the successor at which it failed, or no trace at all.
		if w, g := states(want.Trace), states(got.Trace); len(w) > 1 && !slices.Equal(w[:min(len(w), len(g))], g) || len(w) > len(g)+1 {
			differ("trace", w, g)
		}
		return out
	}
	if want.Verdict == "violated" {
		if want.Kind != got.Kind {
			differ("kind of violation", want.Kind, got.Kind)
		}
		// TLC tells the place of an assumption, and of a part of a property.
		switch at := strings.HasPrefix(want.Property, "line "); {
		case at && want.Property != got.at:
			differ("place of what is violated", want.Property, got.at)
		case !at && want.Property != "" && want.Property != got.Property:
			differ("property", want.Property, got.Property)
		}
	} else {
		if !slices.Equal(want.Printed, got.Printed) {
			differ("printed", want.Printed, got.Printed)
		}
		// TLC tells of the actions by their places in the text.
		w, g := slices.Sorted(slices.Values(want.Actions)), slices.Sorted(slices.Values(got.Actions))
		if len(w) > 0 && !slices.Equal(w, g) {
			differ("actions", w, g)
		}
	}
	// TLC tells no figures of a violation in the initial states or before.
	if want.Generated > 0 {
		for _, f := range []struct {
			what      string
			want, got int64
		}{
			{"states generated", want.Generated, got.Generated},
			{"distinct states", want.Distinct, got.Distinct},
			{"states left on the queue", want.Left, got.Left},
		} {
			if f.want != f.got {
				differ(f.what, f.want, f.got)
			}
		}
		if want.Depth > 0 && want.Depth != got.Depth {
			differ("depth", want.Depth, got.Depth)
		}
	}
	if w, g := states(want.Trace), states(got.Trace); !slices.Equal(w, g) {
		i := 0
		for i < len(w) && i < len(g) && w[i] == g[i] {
			i++
		}
		differ(fmt.Sprintf("state %d of the trace", i+1), next(w, i), next(g, i))
	}
	return out
}

// refusesTemporal reports whether the engine leaves the verdict open for the sake
// of nothing but temporal properties.
func refusesTemporal(got found) bool {
	return got.Kind == string(check.Unsupported) && !slices.ContainsFunc(strings.Split(got.Error, "; "),
		func(reason string) bool { return !strings.HasPrefix(reason, "the temporal property ") })
}

// assertInInvariant: an Assert that fails in an invariant or an assumption is an error of
// evaluation for TLC, and a violation for the engine as everywhere else.
func assertInInvariant(want *Answer, got found) bool {
	return (want.Exit == 76 || want.Exit == 10) && got.Kind == string(check.Assert) && strings.Contains(want.Error, "Assert evaluated to FALSE")
}

// next returns the element at i, or that there is none.
func next(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "no more"
}

// class makes one of the exit statuses for errors in evaluation, in the
// configuration and for what is refused: TLC has 75 to 77 and 151, by when it
// notices, and 255 for those that it did not expect.
func class(exit int, kind string) int {
	switch exit {
	case 2, 76, 77, 151, 255:
		return 75
	case 0:
		if kind == "nothing checked" {
			return 75
		}
	case 14:
		return 75 // an Assert
	}
	return exit
}

// interval is how TLC shows a set of integers that it has not enumerated.
var interval = regexp.MustCompile(`(-?\d+)\.\.(-?\d+)`)

func enumerated(text string) string {
	return interval.ReplaceAllStringFunc(text, func(s string) string {
		ends := interval.FindStringSubmatch(s)
		lo, _ := strconv.Atoi(ends[1])
		hi, _ := strconv.Atoi(ends[2])
		var elems []string
		for i := lo; i <= hi; i++ {
			elems = append(elems, strconv.Itoa(i))
		}
		return "{" + strings.Join(elems, ",") + "}"
	})
}

// states returns the states of a trace in a form that can be compared: after the
// action and its line the variables by name, and no white space.
func states(trace []string) []string {
	var out []string
	for _, s := range trace {
		action, s, _ := strings.Cut(s, "\n")
		vars := strings.Split(enumerated(strings.Join(strings.Fields(s), "")), `/\`)
		slices.Sort(vars)
		out = append(out, action+strings.Join(vars, `/\`))
	}
	return out
}

// onStack reports whether the line of place is in one of TLC's regions.
func onStack(at []string, place string) bool {
	module, line, _ := strings.Cut(place, ":")
	n, err := strconv.Atoi(line)
	if err != nil {
		return false
	}
	for _, region := range at {
		var l1, c1, l2, c2 int
		var m string
		if _, err := fmt.Sscanf(region, "%d:%d-%d:%d %s", &l1, &c1, &l2, &c2, &m); err == nil && m == module && l1 <= n && n <= l2 {
			return true
		}
	}
	return false
}
