package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/verify"
)

type checkFlags struct {
	engine, model, config, memory, dump, output string
	sizes, lib                                  []string
	workers, jobs, depth, traces                int
	seed, statesMax, bytesMax                   int64
	timeout                                     time.Duration
	simulate, coverage, deadlock                bool
}

func (a *app) check() *cobra.Command {
	var f checkFlags
	verb := &cobra.Command{
		Use:   "check SPEC...",
		Short: "Model-check a specification",
		Long: `Model-checks a specification, by the Go engine, by TLC, or by both.

SPEC is the path of a .tla file with its .cfg beside it, or the name of a
specification of the catalogue (see lockstep specs), or one of its models
(paxos/smoke), or all. Modules that a file extends are found in its folder, in the
folders of --lib, and built in.

Of a file the verdict is printed, and a counterexample as a table of actions with
what each changed. The models of the catalogue are held against what their
manifest records.

The Go engine checks safety. Of a temporal property it says unknown, by name. In
the catalogue such models are left to TLC, and are unknown where it is not
installed. --engine both asks both and compares verdicts, figures and
counterexamples; that they disagree is an error.

The exit code of a file or of one model is TLC's: 0 ok, 10 assumption, 11 deadlock,
12 safety, 13 liveness (and every other PROPERTY), 75 evaluation error, 150 parse
error; and 2 unknown, 1 the engines disagree, or the model is not as its manifest
records. Of several models it is 0 when all is as recorded, 1 when something
differs, and 2 when something is unknown. An interrupt ends the search with what
was found so far.`,
		Example: "  lockstep check my/Spec.tla --workers 2\n  lockstep check my/Spec.tla --engine both --json\n  lockstep check my/Spec.tla --simulate --traces 1000 --seed 7\n  lockstep check paxos --models smoke\n  lockstep check twophase/blocking",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(cmd.Flags().Changed); err != nil {
				return err
			}
			if len(args) == 1 {
				if path, ok := specFile(args[0]); ok {
					return a.checkFile(cmd.Context(), path, f)
				}
			}
			return a.checkCatalogue(cmd.Context(), args, f)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			families, err := specs.Load(specs.FS)
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			names := []string{everySpec}
			for _, f := range families {
				names = append(names, f.Folder)
				for _, m := range f.Models {
					names = append(names, f.Folder+"/"+m.Name)
				}
			}
			return names, cobra.ShellCompDirectiveDefault
		},
	}
	flags := verb.Flags()
	flags.StringVar(&f.engine, "engine", "go", "model checker: go, tlc or both")
	flags.StringVar(&f.config, "config", "", "the .cfg file (default: the one beside the .tla)")
	flags.StringSliceVar(&f.lib, "lib", nil, "a folder of modules; may be repeated")
	flags.StringVar(&f.model, "model", "", "the model of the manifest to run")
	flags.StringSliceVar(&f.sizes, "models", []string{"smoke", "standard"}, "the sizes of models to run: smoke, standard, long")
	flags.IntVar(&f.workers, "workers", 1, "threads; TLC's figures can vary with more than one, the Go engine's do not")
	flags.IntVar(&f.jobs, "jobs", runtime.NumCPU(), "models of the catalogue checked at the same time")
	flags.BoolVar(&f.simulate, "simulate", false, "random behaviours in place of a search; they prove nothing, so that the verdict is never ok")
	flags.IntVar(&f.depth, "depth", 100, "states in a random behaviour, at most")
	flags.IntVar(&f.traces, "traces", 1000, "random behaviours")
	flags.Int64Var(&f.seed, "seed", 1, "of the random behaviours")
	flags.StringVar(&f.dump, "dump", "", "write the counterexample (itf) or the state graph (json, dot)")
	flags.StringVarP(&f.output, "output", "o", "", "the file for --dump (default: stdout, and the report goes to stderr)")
	flags.BoolVar(&f.coverage, "coverage", false, "tell how often each action was taken and each expression evaluated")
	flags.Int64Var(&f.statesMax, "max-states", 0, "stop after so many distinct states")
	flags.DurationVar(&f.timeout, "timeout", 0, "stop after that time, as in 10m")
	flags.StringVar(&f.memory, "memory", "", "stop when states and values take that much, as in 512m or 2g; of TLC it is Java's largest heap")
	flags.BoolVar(&f.deadlock, "deadlock", true, "a state without a successor is an error; --deadlock=false accepts it")
	return verb
}

const everySpec = "all"

// specFile is the path of a .tla file, if that is what is named. The names of
// the catalogue have no file of that name below them.
func specFile(name string) (string, bool) {
	if strings.HasSuffix(name, ".tla") {
		return name, true
	}
	info, err := os.Stat(name + ".tla")
	return name + ".tla", err == nil && info.Mode().IsRegular()
}

// validate finds what is wrong with the flags by themselves, and reads those
// that have a unit.
func (f *checkFlags) validate(changed func(string) bool) error {
	switch {
	case !slices.Contains([]string{"go", "tlc", "both"}, f.engine):
		return wrong("--engine: expected go, tlc or both, found %q", f.engine)
	case f.workers < 1 || f.jobs < 1:
		return wrong("--workers and --jobs: expected at least 1, found %d and %d", f.workers, f.jobs)
	case f.statesMax < 0 || f.timeout < 0:
		return wrong("--max-states and --timeout: expected at least 0, found %d and %v", f.statesMax, f.timeout)
	case f.statesMax > 0 && f.engine != "go":
		return wrong("--max-states: TLC has no such bound; use --timeout, or --engine go")
	case f.simulate && f.engine == "both":
		return wrong("--simulate: the engines draw other behaviours, so that there is nothing to compare; use --engine go or --engine tlc")
	case f.depth < 1 || f.traces < 1:
		return wrong("--depth and --traces: expected at least 1, found %d and %d", f.depth, f.traces)
	case !slices.Contains([]string{"", "itf", "json", "dot"}, f.dump):
		return wrong("--dump: expected itf, json or dot, found %q", f.dump)
	case (f.dump == "json" || f.dump == "dot") && f.engine == "tlc":
		return wrong("--dump %s: the state graph is the Go engine's; use --engine go or both", f.dump)
	case (f.dump == "json" || f.dump == "dot") && f.simulate:
		return wrong("--dump %s: random behaviours make no state graph; use --dump itf", f.dump)
	case f.output != "" && f.dump == "":
		return wrong("--output is the file for --dump, which is not given")
	}
	if !f.simulate {
		for _, name := range []string{"depth", "traces", "seed"} {
			if changed(name) {
				return wrong("--%s is for --simulate, which is not given", name)
			}
		}
	}
	for _, size := range f.sizes {
		if !slices.Contains(specs.Sizes, size) {
			return wrong("--models: expected some of %s, found %q", strings.Join(specs.Sizes, ","), size)
		}
	}
	var err error
	f.bytesMax, err = byteSize(f.memory)
	return err
}

// byteSize reads a size such as 512m.
func byteSize(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	digits := strings.TrimRight(text, "kKmMgG")
	n, err := strconv.ParseInt(digits, 10, 32)
	unit := map[string]int64{"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}[strings.ToLower(text[len(digits):])]
	if err != nil || n < 1 || unit == 0 {
		return 0, wrong("--memory: expected a size such as 512m or 2g, found %q", text)
	}
	return n * unit, nil
}

// simulation is what the flags ask for, nil if it is a search.
func (f checkFlags) simulation() *check.Simulation {
	if !f.simulate {
		return nil
	}
	return &check.Simulation{Behaviours: f.traces, Depth: f.depth, Seed: f.seed}
}

func exitCode(code int) error {
	if code == 0 {
		return nil
	}
	return &exit{code: code}
}

// show shows the progress of one model.
func show(spec, model string) (*report.Progress, func(check.Progress)) {
	shown := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
	_, progress := showOn(shown, spec, model)
	return shown, progress
}

// showOn shows the progress of one of several models. It returns the stage to
// drop when the model has ended.
func showOn(shown *report.Progress, spec, model string) (verify.Stage, func(check.Progress)) {
	st := verify.Stage{System: spec, Group: "check", Name: model}
	shown.Update(verify.Progress{Stage: st})
	return st, func(g check.Progress) {
		text := fmt.Sprintf("%d states, %d distinct, %d queued, depth %d", g.Generated, g.Distinct, g.Queue, g.Depth)
		if g.Behaviours > 0 {
			text = fmt.Sprintf("%d behaviours, %d states", g.Behaviours, g.Generated)
		}
		shown.Update(verify.Progress{Stage: st, Done: cmp.Or(g.Distinct, g.Generated), Text: text})
	}
}

func worse(a, b verify.Verdict) verify.Verdict {
	for _, v := range []verify.Verdict{verify.Violated, verify.Unknown} {
		if a == v || b == v {
			return v
		}
	}
	return verify.OK
}

var errDisagree = errors.New("the Go engine and TLC disagree: one of them is wrong; please report it with the specification")
