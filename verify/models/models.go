// Package models checks the models of package specs with TLC, and compares
// what TLC finds with what the manifests say that it finds.
//
//	families, err := specs.Load(specs.FS)
//	runner, err := tlc.Find(tlc.Options{})
//	outcome := models.Check(ctx, runner, family, model, models.Options{})
//
// An outcome is
//
//   - ok when everything is as recorded: the verdict, and for a violation what
//     is violated and how long the counterexample is; the figures; and, for a
//     model that is ok, which actions are never taken;
//   - violated when anything differs: a broken variant in which TLC finds no
//     error, or a figure that is off by one, is as bad as an error in a model
//     that should have none;
//   - unknown when TLC came to no verdict, or when the manifest holds no
//     figures to compare with.
//
// # What is compared
//
// With one worker TLC is deterministic (package tlc sees to it), and every
// figure counts. With several workers the depth is left out, and for a
// violation all figures are, since only an exhaustive search always counts the
// same states. The evidence says what was left out.
package models

import (
	"context"
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Checker runs TLC; *tlc.Runner is one.
type Checker interface {
	Check(context.Context, tlc.Request) (*tlc.Result, error)
}

// Options says how to run TLC. The zero value runs it with one worker.
type Options struct {
	Workers  int
	Heap     string
	Progress func(tlc.Progress)
}

// Outcome is what the check of one model came to.
type Outcome struct {
	Family, Model string
	Verdict       tlc.Verdict // OK: as recorded

	// Reason is one sentence unless the verdict is OK.
	Reason string

	// Evidence tells what was found, line by line, differences first.
	Evidence []string

	Result *tlc.Result // nil when TLC could not be started
}

// Check runs the model and compares.
func Check(ctx context.Context, c Checker, f specs.Family, m specs.Model, o Options) Outcome {
	out := Outcome{Family: f.Folder, Model: m.Name}
	result, err := run(ctx, c, f, m, o)
	if err != nil {
		out.Reason = err.Error()
		return out
	}
	out.Result = result
	if result.Verdict == tlc.Unknown {
		out.Reason = result.Reason
		out.Evidence = found(result)
		return out
	}
	differences, left := compare(m, result, o.Workers)
	out.Evidence = append(append(differences, left...), found(result)...)
	switch {
	case len(differences) > 0:
		out.Verdict = tlc.Violated
		out.Reason = strings.Join(differences, "; ")
	case !m.Recorded():
		out.Reason = fmt.Sprintf("the manifest of %s has no figures for model %s: record them", f.Folder, m.Name)
	default:
		out.Verdict = tlc.OK
	}
	return out
}

func run(ctx context.Context, c Checker, f specs.Family, m specs.Model, o Options) (*tlc.Result, error) {
	config, err := f.ConfigText(m)
	if err != nil {
		return nil, err
	}
	return c.Check(ctx, tlc.Request{
		Modules:  f.Files,
		Module:   m.Module,
		Config:   config,
		Workers:  o.Workers,
		Heap:     o.Heap,
		Short:    m.Size == "smoke",
		Progress: o.Progress,
		// Coverage of a search that ends early says nothing.
		Coverage: m.Verdict == "ok",
	})
}

// compare returns the differences between the manifest and the result, which
// has a verdict, and in a second list what was not compared, and why.
func compare(m specs.Model, r *tlc.Result, workers int) (differences, left []string) {
	differ := func(format string, args ...any) {
		differences = append(differences, fmt.Sprintf(format, args...))
	}
	if r.Verdict.String() != m.Verdict {
		if r.Verdict == tlc.OK {
			differ("expected %s, found no error", expected(m))
		} else {
			differ("expected %s, found: %s", expected(m), r.Reason)
		}
		return differences, left
	}
	if r.Verdict == tlc.Violated {
		if string(r.Kind) != m.Kind || named(m.Kind) && r.Property != m.Property {
			differ("expected %s, found: %s", expected(m), r.Reason)
			return differences, left
		}
	}
	if !m.Recorded() {
		return differences, left
	}
	if workers > 1 && r.Verdict == tlc.Violated {
		left = append(left, fmt.Sprintf("figures not compared: with %d workers they vary", workers))
		return differences, left
	}
	figure := func(name string, recorded, found int64) {
		if recorded != found {
			differ("%s: recorded %d, found %d", name, recorded, found)
		}
	}
	figure("states generated", m.Generated, r.Generated)
	figure("distinct states", m.Distinct, r.Distinct)
	if workers > 1 {
		left = append(left, fmt.Sprintf("depth not compared: with %d workers it varies", workers))
	} else {
		figure("depth", int64(m.Depth), int64(r.Depth))
	}
	figure("states in the counterexample", int64(m.CounterexampleDepth), int64(len(r.Trace)))
	if r.Verdict == tlc.OK {
		differences = append(differences, compareActions(m, r)...)
	}
	return differences, left
}

// compareActions holds the coverage against the list of unreached actions. An
// action that TLC splits into several disjuncts must be taken by each of them,
// or be listed.
func compareActions(m specs.Model, r *tlc.Result) (differences []string) {
	if len(r.Actions) == 0 {
		return []string{"TLC reported no coverage of actions"}
	}
	listed := map[string]bool{}
	for _, u := range m.Unreached {
		listed[u.Action] = true
	}
	exists, missed := map[string]bool{}, map[string]bool{}
	for _, a := range r.Actions {
		exists[a.Name] = true
		if a.Taken > 0 {
			continue
		}
		missed[a.Name] = true
		if !listed[a.Name] {
			at := a.At
			if !a.Part.IsZero() {
				at = a.Part
			}
			differences = append(differences, fmt.Sprintf("action %s (%s) is never taken, and not listed as unreached", a.Name, at))
		}
	}
	for _, u := range m.Unreached {
		switch {
		case !exists[u.Action]:
			differences = append(differences, fmt.Sprintf("action %s is listed as unreached, but the model has no such action", u.Action))
		case !missed[u.Action]:
			differences = append(differences, fmt.Sprintf("action %s is listed as unreached, but is taken", u.Action))
		}
	}
	return differences
}

// named reports whether violations of that kind name a property.
func named(kind string) bool {
	switch tlc.Kind(kind) {
	case tlc.KindInvariant, tlc.KindInitialProperty, tlc.KindActionProperty, tlc.KindTemporal:
		return true
	}
	return false
}

func expected(m specs.Model) string {
	switch {
	case m.Verdict == "ok":
		return "no error"
	case named(m.Kind):
		return fmt.Sprintf("a violation of %s %s", m.Kind, m.Property)
	default:
		return fmt.Sprintf("a violation of kind %s", m.Kind)
	}
}

// found tells the result in lines.
func found(r *tlc.Result) []string {
	line := fmt.Sprintf("TLC %s: %s", strings.TrimPrefix(r.Version, "Version "), r.Verdict)
	if r.Reason != "" {
		line += ": " + r.Reason
	}
	lines := []string{line, fmt.Sprintf("%d states generated, %d distinct, %d left on the queue, depth %d",
		r.Generated, r.Distinct, r.Queue, r.Depth)}
	if n := len(r.Trace); n > 0 {
		line := fmt.Sprintf("counterexample of %d states", n)
		switch {
		case r.Stuttering():
			line += ", then stuttering for ever"
		case r.Loop > 0:
			line += fmt.Sprintf(", then back to state %d", r.Loop)
		}
		lines = append(lines, line)
		for _, s := range r.Trace {
			lines = append(lines, fmt.Sprintf("  %d: %s", s.Number, s.Action))
		}
	}
	if len(r.Actions) > 0 && r.Verdict == tlc.OK {
		taken := 0
		for _, a := range r.Actions {
			if a.Taken > 0 {
				taken++
			}
		}
		lines = append(lines, fmt.Sprintf("%d of %d actions taken", taken, len(r.Actions)))
	}
	for _, w := range r.Warnings {
		lines = append(lines, "warning: "+w.String())
	}
	return lines
}
