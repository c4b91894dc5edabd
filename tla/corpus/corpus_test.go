package corpus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

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
	if want.Kind == "nothing checked" && got.Kind == want.Kind {
		got.Exit = want.Exit // 0 in TLC, which does not mind
	}
	if want.Verdict != got.Verdict || class(want.Exit) != class(got.Exit) {
		differ("verdict", fmt.Sprintf("%s (%s %s, exit %d) %s", want.Verdict, want.Kind, want.Property, want.Exit, want.Error),
			fmt.Sprintf("%s (%s %s, exit %d) %s", got.Verdict, got.Kind, got.Property, got.Exit, got.Error))
	} else if want.Verdict == "violated" {
		if want.Kind != got.Kind {
			differ("kind of violation", want.Kind, got.Kind)
		}
		// TLC tells the place of an assumption, and of a part of a property.
		if p := got.Property; strings.HasPrefix(want.Property, "line ") && want.Property != got.at {
			differ("place of what is violated", want.Property, got.at)
		} else if !strings.HasPrefix(want.Property, "line ") && want.Property != p {
			differ("property", want.Property, p)
		}
	}
	// TLC tells no figures of a violation in the initial states or before, and
	// after an error of evaluation it generates the successors once more to find
	// the place, which the other figures show.
	if want.Verdict == "unknown" && want.Generated != got.Generated {
		differ("states generated", want.Generated, got.Generated)
	}
	if want.Verdict != "unknown" && want.Generated > 0 {
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
	w, g := states(want.Trace), states(got.Trace)
	if want.Verdict == "unknown" && len(g) == len(w)-1 {
		w = w[:len(g)] // TLC also shows the successor at which it failed
	}
	if want.Verdict == "unknown" && len(w) == 0 && len(g) == 1 {
		g = nil // TLC tells the initial state in its message
	}
	if !slices.Equal(w, g) {
		differ("trace", "\n"+strings.Join(w, "\n"), "\n"+strings.Join(g, "\n"))
	}
	if !slices.Equal(want.Printed, got.Printed) {
		differ("printed", "\n"+strings.Join(want.Printed, "\n"), "\n"+strings.Join(got.Printed, "\n"))
	}
	if want.Verdict == "unknown" && len(want.At) > 0 && !onStack(want.At, got.place) {
		differ("place of the error", want.At, got.place)
	}
	return out
}

// class makes one of the exit statuses for errors of evaluation: TLC has 75 to
// 77, by what was being evaluated, and 255 where it did not expect one.
func class(exit int) int {
	if exit == 76 || exit == 77 || exit == 255 {
		return 75
	}
	return exit
}

// states returns the states of a trace in a form that can be compared: variables
// by name, no white space, and without the actions.
func states(trace []string) []string {
	var out []string
	for _, s := range trace {
		_, s, _ = strings.Cut(s, "\n")
		vars := strings.Split(strings.Join(strings.Fields(s), ""), `/\`)
		slices.Sort(vars)
		out = append(out, strings.Join(vars, `/\`))
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
