package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/models"
)

// catalogued is what was asked of one specification of the catalogue.
type catalogued struct {
	family specs.Family
	models []specs.Model
	whole  bool // all of some sizes, and the translations
}

// checkedAll is the result of several models as JSON.
type checkedAll struct {
	Verdict verify.Verdict `json:"verdict"`

	// Translations tells whether the PlusCal translations are those of the
	// algorithms; it is empty if that was not checked.
	Translations verify.Verdict   `json:"translations,omitempty"`
	Models       []report.Checked `json:"models"`
}

// checkCatalogue checks models against their manifests.
func (a *app) checkCatalogue(ctx context.Context, names []string, f checkFlags) error {
	for _, x := range []struct {
		flag  string
		given bool
	}{
		{"--config", f.config != ""}, {"--lib", len(f.lib) > 0}, {"--simulate", f.simulate}, {"--dump", f.dump != ""},
		{"--max-states", f.statesMax > 0}, {"--deadlock", !f.deadlock},
	} {
		if x.given {
			return wrong("%s is for .tla files; the models of the catalogue are held against what their manifest records", x.flag)
		}
	}
	asked, err := find(names, f)
	if err != nil {
		return err
	}
	runner, why, err := findTLC()
	if err != nil {
		return err
	}
	if runner == nil && f.engine == "tlc" {
		return errors.New(why)
	}
	one := len(asked) == 1 && !asked[0].whole
	all := checkedAll{Verdict: verify.OK, Models: []report.Checked{}}
	lines := os.Stdout // one for each model
	if a.json {
		lines = os.Stderr
	}
	screen, wide := report.ScreenOf(lines), 0
	for _, x := range asked {
		for _, m := range x.models {
			wide = max(wide, len(x.family.Folder)+1+len(m.Name))
		}
	}
	begun := time.Now()
	shown := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
	defer shown.Close()
	ended := f.start(ctx, runner, why, asked, shown)
	for _, x := range asked {
		for range x.models {
			e := <-<-ended
			if e.skipped {
				all.Verdict = worse(all.Verdict, verify.Unknown)
				continue
			}
			all.Models, all.Verdict = append(all.Models, e.checked), worse(all.Verdict, e.verdict)
			if one {
				shown.Close()
				if err := a.writeChecked(e.checked, f.coverage, os.Stdout); err != nil {
					return err
				}
				if e.checked.Exit != 0 {
					return exitCode(e.checked.Exit)
				}
				return exitOf(e.verdict)
			}
			err := shown.Above(func() error { return report.CheckLine(lines, screen, e.checked, wide) })
			if err != nil {
				return err
			}
		}
		if x.whole && runner != nil && f.engine != "go" && ctx.Err() == nil {
			stale, err := translations(ctx, runner, x.family)
			if err != nil {
				return err
			}
			all.Verdict = worse(all.Verdict, stale)
			all.Translations = worse(all.Translations, stale)
		}
	}
	shown.Close()
	if len(all.Models) == 0 {
		all.Verdict = verify.Unknown
		say("there is no model of the sizes %s", strings.Join(f.sizes, ","))
	}
	if ctx.Err() != nil {
		say("interrupted: %d models were checked, and the rest was not", len(all.Models))
	}
	err = a.write(all, func(s report.Screen) error {
		return report.CheckSum(os.Stdout, s, all.Verdict, all.Models, all.Translations, time.Since(begun))
	})
	if err != nil {
		return err
	}
	return exitOf(all.Verdict)
}

// find finds what the names stand for.
func find(names []string, f checkFlags) ([]catalogued, error) {
	families, err := specs.Load(specs.FS)
	if err != nil {
		return nil, err
	}
	var asked []catalogued
	sized := func(family specs.Family) catalogued {
		x := catalogued{family: family, whole: true}
		for _, m := range family.Models {
			if slices.Contains(f.sizes, m.Size) {
				x.models = append(x.models, m)
			}
		}
		return x
	}
	for _, name := range names {
		if name == everySpec {
			for _, family := range families {
				asked = append(asked, sized(family))
			}
			continue
		}
		folder, model, both := strings.Cut(name, "/")
		if both && f.model != "" {
			return nil, wrong("the model is named twice: %q and --model %q", model, f.model)
		}
		if f.model != "" {
			model = f.model
		}
		at := slices.IndexFunc(families, func(x specs.Family) bool { return x.Folder == folder })
		if at < 0 {
			return nil, wrong("expected the name of a specification (see `lockstep specs`) or the path of a .tla file, found %q", name)
		}
		if model == "" {
			asked = append(asked, sized(families[at]))
			continue
		}
		m, err := families[at].Model(model)
		if err != nil {
			return nil, wrong("%w", err)
		}
		asked = append(asked, catalogued{family: families[at], models: []specs.Model{m}})
	}
	return asked, nil
}

// checkedOne is what became of one model.
type checkedOne struct {
	checked report.Checked
	verdict verify.Verdict
	skipped bool // it was not begun: there was an interrupt
}

// start begins to check the models, f.jobs at a time. Each sends what became of it
// on a channel of its own; these come in the order of the models.
func (f checkFlags) start(ctx context.Context, runner *tlc.Runner, why string, asked []catalogued, shown *report.Progress) <-chan chan checkedOne {
	n := 0
	for _, x := range asked {
		n += len(x.models)
	}
	ended := make(chan chan checkedOne, n)
	go func() {
		free := make(chan struct{}, f.jobs)
		for _, x := range asked {
			for _, m := range x.models {
				one := make(chan checkedOne, 1)
				free <- struct{}{}
				go func() {
					defer func() { <-free }()
					if ctx.Err() != nil {
						one <- checkedOne{skipped: true}
						return
					}
					c, verdict := f.run(ctx, runner, why, x.family, m, shown)
					one <- checkedOne{checked: c, verdict: verdict}
				}()
				ended <- one
			}
		}
	}()
	return ended
}

// run runs a model; its second result is whether all is as recorded. That
// TLC, which was asked for, is missing, is no pass.
func (f checkFlags) run(ctx context.Context, runner *tlc.Runner, why string, family specs.Family, m specs.Model, shown *report.Progress) (report.Checked, verify.Verdict) {
	stage, progress := showOn(shown, family.Folder, m.Name)
	defer shown.Drop(stage)
	o := models.Options{Workers: f.workers, BytesMax: f.bytesMax, Timeout: f.timeout, Coverage: f.coverage, Progress: progress}
	begun := time.Now()
	var out models.Outcome
	if f.engine == "tlc" {
		out = models.Check(ctx, engine.TLC{Checker: runner}, family, m, o)
	} else {
		e := models.Engines{Missing: why, CrossCheck: f.engine == "both"}
		if runner != nil {
			e.TLC = engine.TLC{Checker: runner}
		}
		out = e.Check(ctx, family, m, o)
	}
	c := report.NewCheckedModel(out, time.Since(begun).Seconds()-out.Cross.Seconds)
	verdict := verify.Verdict(out.Verdict.String())
	switch out.Cross.State {
	case models.NotDone:
		verdict = worse(verdict, verify.Unknown)
		if c.Exit == 0 {
			c.Exit = exitUnknown
		}
	case models.Disagrees:
		c.Exit = exitViolated
	}
	return c, verdict
}

func translations(ctx context.Context, runner *tlc.Runner, family specs.Family) (verify.Verdict, error) {
	_, err := models.Stale(ctx, runner, family)
	var stale *tlc.StaleError
	switch {
	case errors.As(err, &stale):
		say("%v", err)
		return verify.Violated, nil
	case err != nil && ctx.Err() == nil:
		return verify.Unknown, fmt.Errorf("translating %s: %w", family.Folder, err)
	case err != nil:
		return verify.Unknown, nil
	}
	return verify.OK, nil
}
