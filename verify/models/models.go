// Package models checks the models of package specs, and compares what a model
// checker finds with what the manifests say that it finds.
//
//	families, err := specs.Load(specs.FS)
//	outcome := models.Engines{}.Check(ctx, family, model, models.Options{})
//
// An outcome is
//
//   - ok when everything is as recorded: the verdict, and for a violation what
//     is violated and how long the counterexample is; the figures; and, for a
//     model that is ok, which actions are never taken;
//   - violated when anything differs: a broken variant in which no error is
//     found, or a figure that is off by one, is as bad as an error in a model
//     that should have none;
//   - unknown when the model checker came to no verdict, or when the manifest
//     holds no figures to compare with.
//
// # Which model checker
//
// [Check] asks the one it is given. [Engines] asks the Go engine, and TLC for
// what the Go engine does not check, which are temporal properties; where TLC is
// not installed those are unknown. With Engines.CrossCheck TLC is asked for
// every model, and what the two say is compared besides, state by state.
//
// # What is compared
//
// The Go engine is deterministic with any number of workers, and TLC with one
// (package tlc sees to it): then every figure counts. With several workers TLC's
// depth is left out, and for a violation all its figures are, since only an
// exhaustive search always counts the same states. The evidence says what was
// left out.
package models

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Options says how to run a model. The zero value runs it with one worker and
// without bounds.
type Options struct {
	Workers  int
	BytesMax int64 // of memory; of TLC Java's heap
	Timeout  time.Duration
	Coverage bool // asks for the cost of expressions too
	Progress func(check.Progress)
}

// Outcome is what the check of one model came to.
type Outcome struct {
	Family, Model string
	Verdict       tlc.Verdict // OK: as recorded

	// Reason is one sentence unless the verdict is OK.
	Reason string

	// Evidence tells what was found, line by line, differences first.
	Evidence []string

	Result *engine.Result // nil when the model checker could not be started

	// Note says why it was not the Go engine that was asked, empty if it was.
	// Cross is what the comparison of the two came to, empty if there was to be
	// none. Only Engines sets them.
	Note  string
	Cross Cross
}

// Cross is the comparison of the Go engine with TLC on one model.
type Cross struct {
	// State is "agrees", "disagrees" or "not done"; Reason says why not.
	State, Reason string
	Result        *engine.Result // TLC's, nil if it was not done
	Seconds       float64
}

// The states of a Cross.
const (
	Agrees    = "agrees"
	Disagrees = "disagrees"
	NotDone   = "not done"
)

// Check runs the model with one model checker and compares with the manifest.
func Check(ctx context.Context, e engine.Engine, f specs.Family, m specs.Model, o Options) Outcome {
	result, err := run(ctx, e, f, m, o)
	return judge(f, m, o, result, err)
}

// judge holds a result against the manifest.
func judge(f specs.Family, m specs.Model, o Options, result *engine.Result, err error) Outcome {
	out := Outcome{Family: f.Folder, Model: m.Name}
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
	differences, left := compare(f, m, result)
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

func request(f specs.Family, m specs.Model, o Options) (engine.Request, error) {
	folder := path.Join("specs", f.Folder)
	config, err := f.ConfigText(m)
	return engine.Request{
		Modules: f.Files, Folder: folder, Module: m.Module,
		Config: config, ConfigFile: path.Join(folder, m.Config),
		Workers: o.Workers, BytesMax: o.BytesMax, Timeout: o.Timeout,
		Short: m.Size == "smoke",
		// Coverage of a search that ends early says nothing.
		Actions: m.Verdict == "ok", Coverage: o.Coverage,
		Progress: o.Progress,
	}, err
}

func run(ctx context.Context, e engine.Engine, f specs.Family, m specs.Model, o Options) (*engine.Result, error) {
	q, err := request(f, m, o)
	if err != nil {
		return nil, err
	}
	return e.Check(ctx, q)
}

// varies reports whether figures of the result depend on how its workers were
// scheduled.
func varies(r *engine.Result) bool { return r.Workers > 1 && r.Engine != engine.Go{}.Name() }

// compare returns the differences between the manifest and the result, which
// has a verdict, and in a second list what was not compared, and why.
func compare(f specs.Family, m specs.Model, r *engine.Result) (differences, left []string) {
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
	if varies(r) && r.Verdict == tlc.Violated {
		left = append(left, fmt.Sprintf("figures not compared: with %d workers of TLC they vary", r.Workers))
		return differences, left
	}
	figure := func(name string, recorded, found int64) {
		if recorded != found {
			differ("%s: recorded %d, found %d", name, recorded, found)
		}
	}
	figure("states generated", m.Generated, r.Generated)
	figure("distinct states", m.Distinct, r.Distinct)
	if varies(r) {
		left = append(left, fmt.Sprintf("depth not compared: with %d workers of TLC it varies", r.Workers))
	} else {
		figure("depth", int64(m.Depth), int64(r.Depth))
	}
	figure("states in the counterexample", int64(m.CounterexampleDepth), int64(len(r.Trace)))
	if r.Verdict == tlc.OK {
		differences = append(differences, compareActions(f, m, r)...)
		if r.Engine == (engine.Go{}).Name() {
			differences = append(differences, compareClaims(m, r)...)
		}
	}
	return differences, left
}

// compareClaims holds what claims nothing against the list of what is vacuous.
func compareClaims(m specs.Model, r *engine.Result) (differences []string) {
	found := vacuous(r)
	for _, v := range found {
		if !slices.Contains(m.Vacuous, v) {
			differences = append(differences, fmt.Sprintf("claims nothing of this model, and is not recorded as vacuous: %s", v))
		}
	}
	for _, v := range m.Vacuous {
		if !slices.Contains(found, v) {
			differences = append(differences, fmt.Sprintf("is recorded as vacuous, but claims something: %s", v))
		}
	}
	return differences
}

// vacuous returns the parts of the properties that claim nothing, as
// specs.Model.Vacuous has them.
func vacuous(r *engine.Result) []string {
	var list []string
	for _, i := range r.Implications {
		if !i.Reached {
			list = append(list, fmt.Sprintf("%s: %s: %s", i.Property, i.Definition, i.Antecedent))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// compareActions holds the coverage against the list of unreached actions. An
// action that is split into several disjuncts must be taken by each of them, or
// be listed. The action A of an instance, which is called I!A, may be listed as A.
// TLC tells of only one of the actions that it reaches through the same INSTANCE;
// the name of another must at least be that of a definition.
func compareActions(f specs.Family, m specs.Model, r *engine.Result) (differences []string) {
	if len(r.Actions) == 0 {
		return []string{r.Engine + " reported no coverage of actions"}
	}
	listed := map[string]bool{}
	for _, u := range m.Unreached {
		listed[u.Action] = true
	}
	exists, missed := map[string]bool{}, map[string]bool{}
	for _, a := range r.Actions {
		_, plain, instance := strings.Cut(a.Name, "!")
		if !instance {
			plain = a.Name
		}
		exists[a.Name], exists[plain] = true, true
		if a.Taken > 0 {
			continue
		}
		missed[a.Name], missed[plain] = true, true
		if !listed[a.Name] && !listed[plain] {
			differences = append(differences, fmt.Sprintf("action %s (%s) is never taken, and not listed as unreached", a.Name, a.At))
		}
	}
	for _, u := range m.Unreached {
		switch {
		case !exists[u.Action] && (r.Engine == engine.Go{}.Name() || !defines(f, u.Action)):
			differences = append(differences, fmt.Sprintf("action %s is listed as unreached, but the model has no such action", u.Action))
		case exists[u.Action] && !missed[u.Action]:
			differences = append(differences, fmt.Sprintf("action %s is listed as unreached, but is taken", u.Action))
		}
	}
	return differences
}

// defines reports whether a module of the family defines an action of that name.
func defines(f specs.Family, name string) bool {
	definition := regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(name) + `\s*(\(.*\)\s*)?==`)
	modules, err := fs.Glob(f.Files, "*.tla")
	for _, file := range modules {
		text, readErr := fs.ReadFile(f.Files, file)
		if err == nil && readErr == nil && definition.Match(text) {
			return true
		}
	}
	return false
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
func found(r *engine.Result) []string {
	line := fmt.Sprintf("%s: %s", r.Engine, r.Verdict)
	if r.Reason != "" {
		line += ": " + r.Reason
	}
	lines := []string{line, fmt.Sprintf("%d states generated, %d distinct, %d left on the queue, depth %d",
		r.Generated, r.Distinct, r.Left, r.Depth)}
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
			lines = append(lines, fmt.Sprintf("  %d: %s", s.Number, s.Title()))
			names, texts := s.Call().With()
			for i, name := range names {
				lines = append(lines, fmt.Sprintf("     with %s = %s", name, strings.Join(strings.Fields(texts[i]), " ")))
			}
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
		lines = append(lines, "warning: "+w)
	}
	return lines
}
