package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/models"
)

type checkFlags struct {
	engine, model, config, heap string
	sizes                       []string
	workers                     int
	coverage                    bool
}

func (a *app) check() *cobra.Command {
	var f checkFlags
	verb := &cobra.Command{
		Use:   "check SPEC[/MODEL]",
		Short: "Model-check a specification",
		Long: `Model-checks a specification.

SPEC is the name of one in the catalogue (see lockstep specs), or the path of a
.tla file with its .cfg beside it. Of a specification of the catalogue all models
of the given sizes are run and held against the manifest, and the PlusCal
translations too; with a model only that one.

The exit code of one model is TLC's. Of several it is 0 when all is as the
manifest records, 1 when something differs, and 2 when something is unknown.`,
		Example: "  lockstep check twophase\n  lockstep check twophase/blocking\n  lockstep check my/Spec.tla --workers 2",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.engine != "tlc" {
				return wrong("--engine: expected tlc, found %q", f.engine)
			}
			if f.workers < 1 {
				return wrong("--workers: expected at least 1, found %d", f.workers)
			}
			for _, size := range f.sizes {
				if !slices.Contains(specs.Sizes, size) {
					return wrong("--models: expected some of %s, found %q", strings.Join(specs.Sizes, ","), size)
				}
			}
			if strings.HasSuffix(args[0], ".tla") {
				return a.checkFile(cmd.Context(), args[0], f)
			}
			return a.checkFamily(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			families, err := specs.Load(specs.FS)
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var names []string
			for _, f := range families {
				names = append(names, f.Folder)
				for _, m := range f.Models {
					names = append(names, f.Folder+"/"+m.Name)
				}
			}
			return names, cobra.ShellCompDirectiveDefault
		},
	}
	verb.Flags().StringVar(&f.engine, "engine", "tlc", "model checker: tlc")
	verb.Flags().StringVar(&f.model, "model", "", "the model of the manifest to run")
	verb.Flags().StringVar(&f.config, "config", "", "the .cfg file (default: the one beside the .tla)")
	verb.Flags().StringSliceVar(&f.sizes, "models", []string{"smoke", "standard"}, "the sizes of models to run: smoke, standard, long")
	verb.Flags().IntVar(&f.workers, "workers", 1, "threads of TLC; with more than one its figures can vary")
	verb.Flags().StringVar(&f.heap, "heap", "", "Java's largest heap, as in 2g")
	verb.Flags().BoolVar(&f.coverage, "coverage", false, "tell how often each action was taken")
	return verb
}

func (a *app) checkFile(ctx context.Context, path string, f checkFlags) error {
	if f.model != "" {
		return wrong("--model is for specifications of the catalogue, and %s is a file; name its configuration with --config", path)
	}
	if _, err := os.Stat(path); err != nil {
		return wrong("%w", err)
	}
	if f.config == "" {
		f.config = strings.TrimSuffix(path, ".tla") + ".cfg"
	}
	config, err := os.ReadFile(f.config)
	if errors.Is(err, fs.ErrNotExist) {
		return wrong("expected a configuration: %w; name one with --config", err)
	}
	if err != nil {
		return err
	}
	runner, err := needTLC()
	if err != nil {
		return err
	}
	name := filepath.Base(strings.TrimSuffix(path, ".tla"))
	shown, progress := showTLC(path, "")
	started := time.Now()
	r, err := runner.Check(ctx, tlc.Request{
		Modules: os.DirFS(filepath.Dir(path)), Module: name, Config: config,
		Workers: f.workers, Heap: f.heap, Coverage: f.coverage, Progress: progress,
	})
	shown.Close()
	if err != nil {
		return err
	}
	c := report.NewChecked(path, "", r, time.Since(started).Seconds())
	if err := a.write(c, func(s report.Screen) error { return report.Check(os.Stdout, s, c, f.coverage) }); err != nil {
		return err
	}
	return exitCode(c.Exit)
}

func exitCode(code int) error {
	if code == 0 {
		return nil
	}
	return &exit{code: code}
}

// showTLC shows the progress of one model.
func showTLC(spec, model string) (*report.Progress, func(tlc.Progress)) {
	shown := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
	st := verify.Stage{System: spec, Group: "check", Name: model}
	shown.Update(verify.Progress{Stage: st})
	return shown, func(g tlc.Progress) {
		shown.Update(verify.Progress{Stage: st, Done: g.Distinct,
			Text: fmt.Sprintf("%d states, %d distinct, %d queued, depth %d", g.Generated, g.Distinct, g.Queue, g.Depth)})
	}
}

func (a *app) checkFamily(ctx context.Context, name string, f checkFlags) error {
	if f.config != "" {
		return wrong("--config is for .tla files; the models of the catalogue bring their own")
	}
	name, model, both := strings.Cut(name, "/")
	if both && f.model != "" {
		return wrong("the model is named twice: %q and --model %q", model, f.model)
	}
	if f.model != "" {
		model = f.model
	}
	families, err := specs.Load(specs.FS)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(families, func(x specs.Family) bool { return x.Folder == name })
	if at < 0 {
		return wrong("expected the name of a specification (see `lockstep specs`) or the path of a .tla file, found %q", name)
	}
	family := families[at]
	var run []specs.Model
	if model != "" {
		m, err := family.Model(model)
		if err != nil {
			return wrong("%w", err)
		}
		run = append(run, m)
	} else {
		for _, m := range family.Models {
			if slices.Contains(f.sizes, m.Size) {
				run = append(run, m)
			}
		}
	}
	runner, err := needTLC()
	if err != nil {
		return err
	}
	all := []report.Checked{}
	worst := verify.OK
	for _, m := range run {
		c, verdict := checkModel(ctx, runner, family, m, f)
		all = append(all, c)
		worst = worse(worst, verdict)
		if !a.json {
			if err := report.Check(os.Stdout, report.ScreenOf(os.Stdout), c, f.coverage); err != nil {
				return err
			}
		}
	}
	if model != "" {
		if a.json {
			if err := report.JSON(os.Stdout, all[0]); err != nil {
				return err
			}
		}
		if all[0].Exit == 0 {
			return exitOf(worst)
		}
		return exitCode(all[0].Exit)
	}
	stale, err := a.translations(ctx, runner, family)
	if err != nil {
		return err
	}
	worst = worse(worst, stale)
	if len(run) == 0 {
		worst = verify.Unknown
		say("%s has no model of the sizes %s", name, strings.Join(f.sizes, ","))
	}
	if a.json {
		if err := report.JSON(os.Stdout, map[string]any{"verdict": worst, "translations": stale, "models": all}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(os.Stdout, "\n%s  %s: %d models held against the manifest, translations %s\n", worst, name, len(all), stale)
	}
	return exitOf(worst)
}

// checkModel runs a model; its second result is whether all is as recorded.
func checkModel(ctx context.Context, runner *tlc.Runner, family specs.Family, m specs.Model, f checkFlags) (report.Checked, verify.Verdict) {
	shown, progress := showTLC(family.Folder, m.Name)
	defer shown.Close()
	started := time.Now()
	out := models.Check(ctx, runner, family, m, models.Options{Workers: f.workers, Heap: f.heap, Progress: progress})
	took := time.Since(started).Seconds()
	verdict := verify.Verdict(out.Verdict.String())
	if out.Result == nil {
		return report.Checked{Spec: family.Folder, Model: m.Name, Engine: "TLC", Verdict: verify.Unknown, Reason: out.Reason, Exit: exitUnknown, Seconds: took}, verdict
	}
	c := report.NewChecked(family.Folder, m.Name, out.Result, took)
	switch {
	case verdict == verify.OK:
		c.Manifest = "as recorded"
	case verdict == verify.Violated:
		c.Manifest, c.Differs = "differs", out.Reason
	case c.Verdict != verify.Unknown:
		c.Manifest, c.Differs = "not recorded", out.Reason
	}
	return c, verdict
}

func (a *app) translations(ctx context.Context, runner *tlc.Runner, family specs.Family) (verify.Verdict, error) {
	_, err := models.Stale(ctx, runner, family)
	var stale *tlc.StaleError
	switch {
	case errors.As(err, &stale):
		say("%v", err)
		return verify.Violated, nil
	case err != nil && ctx.Err() == nil:
		return verify.Unknown, err
	case err != nil:
		return verify.Unknown, nil
	}
	return verify.OK, nil
}

func worse(a, b verify.Verdict) verify.Verdict {
	for _, v := range []verify.Verdict{verify.Violated, verify.Unknown} {
		if a == v || b == v {
			return v
		}
	}
	return verify.OK
}
