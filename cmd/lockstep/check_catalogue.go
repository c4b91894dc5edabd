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
	screen, wide := report.ScreenOf(os.Stdout), 0
	for _, x := range asked {
		for _, m := range x.models {
			wide = max(wide, len(x.family.Folder)+1+len(m.Name))
		}
	}
	begun := time.Now()
	for _, x := range asked {
		for _, m := range x.models {
			if ctx.Err() != nil {
				all.Verdict = worse(all.Verdict, verify.Unknown)
				break
			}
			c, verdict := f.run(ctx, runner, why, x.family, m)
			all.Models, all.Verdict = append(all.Models, c), worse(all.Verdict, verdict)
			if one {
				if err := a.writeChecked(c, f.coverage, os.Stdout); err != nil {
					return err
				}
				if c.Exit != 0 {
					return exitCode(c.Exit)
				}
				return exitOf(verdict)
			}
			if !a.json {
				if err := report.CheckLine(os.Stdout, screen, c, wide); err != nil {
					return err
				}
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

// run runs a model; its second result is whether all is as recorded. That
// TLC, which was asked for, is missing, is no pass.
func (f checkFlags) run(ctx context.Context, runner *tlc.Runner, why string, family specs.Family, m specs.Model) (report.Checked, verify.Verdict) {
	shown, progress := show(family.Folder, m.Name)
	defer shown.Close()
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
