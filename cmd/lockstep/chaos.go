package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

type chaosFlags struct {
	seed         uint64
	seeds        int
	plan, mutant string
	real         bool
	duration     time.Duration
	runs         string
}

func (a *app) chaos() *cobra.Command {
	var f chaosFlags
	verb := &cobra.Command{
		Use:   "chaos PROTOCOL",
		Short: "Run a protocol under faults, simulated or as real processes",
		Long: `Runs a protocol under faults and judges what it did: by its invariant, by what its
clients saw, and by its specification. Simulated runs follow from their seed alone,
byte for byte; with --real the nodes are processes on loopback.

It writes runs/<time>-chaos/ with schedules (see lockstep replay), traces, histories
and a report, and the link runs/latest.

With --mutant it arms a seeded bug, for which it must have been built with
failpoints, and tells which checks catch it: it exits with 1 when all that must do.`,
		Example: "  lockstep chaos twophase --seeds 500\n  lockstep chaos twophase --seed 42 --plan crashes\n  lockstep chaos twophase --real --duration 30s",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := findSystem(args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("seed") && !cmd.Flags().Changed("seeds") && f.mutant == "" {
				f.seeds = 1
			}
			changed := cmd.Flags().Changed
			switch {
			case f.seed < 1 || f.seeds < 1:
				return wrong("--seed and --seeds: expected at least 1, found %d and %d", f.seed, f.seeds)
			case f.real && (f.plan != "" || f.mutant != "" || changed("seeds")):
				return wrong("--real runs processes once, under all faults that processes can suffer: it goes with --seed and --duration, not with --seeds, --plan and --mutant")
			case !f.real && changed("duration"):
				return wrong("--duration is for --real; the length of simulated runs is --seeds")
			case f.duration < time.Second:
				return wrong("--duration: expected at least 1s, found %v", f.duration)
			case f.real && s.Serve == "":
				return wrong("--real: %s does not run as processes", s.Name)
			}
			if f.plan != "" {
				plan, err := fault.Named(f.plan)
				if err != nil {
					return wrong("--plan: %w", err)
				}
				s.Plans = []fault.Plan{plan}
			}
			if f.mutant != "" {
				return a.chaosMutant(cmd, s, f)
			}
			// The other stages are left out.
			s.Spec, s.Worlds, s.Coverage, s.Mutants = nil, nil, nil, nil
			o := verify.Options{Seed: f.seed, Seeds: f.seeds}
			if f.real {
				if o.Binary, err = os.Executable(); err != nil {
					return err
				}
				o.ClusterDuration = f.duration
				if s.ClusterLoad == nil {
					s.ClusterLoad = s.Workload
				}
				s.Workload = nil
			}
			return a.pipeline(cmd.Context(), "chaos", f.runs, []verify.System{s}, o)
		},
		ValidArgsFunction: protocols,
	}
	verb.Flags().Uint64Var(&f.seed, "seed", 1, "the first seed; alone it is the only one")
	verb.Flags().IntVar(&f.seeds, "seeds", 200, "simulated runs")
	verb.Flags().StringVar(&f.plan, "plan", "", "the plan of all runs (default: the protocol's plans in turn)")
	verb.Flags().StringVar(&f.mutant, "mutant", "", "arm this seeded bug")
	verb.Flags().BoolVar(&f.real, "real", false, "run processes on loopback")
	verb.Flags().DurationVar(&f.duration, "duration", time.Minute, "of the run of real processes")
	verb.Flags().StringVar(&f.runs, "runs", "runs", "the folder for the folders of runs")
	_ = verb.RegisterFlagCompletionFunc("plan", cobra.FixedCompletions(fault.Names(), cobra.ShellCompDirectiveNoFileComp))
	return verb
}

func (a *app) chaosMutant(cmd *cobra.Command, s verify.System, f chaosFlags) error {
	m, err := s.FindMutant(f.mutant)
	if err != nil {
		return wrong("--mutant: %w", err)
	}
	if !failpoint.Compiled {
		return fmt.Errorf("%s: %w", m.Name, failpoint.ErrNotCompiled)
	}
	c := verify.SeedsConfig{Seed: f.seed, Seeds: f.seeds}
	if !a.json { // who asks for JSON, as the pipeline does, keeps its own files
		if c.Dir, err = report.NewDir(f.runs, "chaos", time.Now().UTC()); err != nil {
			return err
		}
		if err := report.Latest(c.Dir); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "lockstep: files of the first run that each check fails in %s\n", c.Dir)
	}
	r, err := verify.RunMutant(cmd.Context(), s, m, c)
	if err != nil {
		return err
	}
	if err := a.write(r, func(report.Screen) error {
		fmt.Fprintf(os.Stdout, "%s: %s\n%d runs from seed %d, failpoint evaluated %d times\n", m.Name, m.Shows, r.Seeds, f.seed, r.Hits)
		for _, check := range []string{verify.CheckInvariant, verify.CheckHistory, verify.CheckTrace} {
			found := r.CaughtBy[check]
			if found == "" {
				found = "nothing found"
			}
			fmt.Fprintf(os.Stdout, "  %-16s %s\n", check, found)
		}
		if r.Unknown != "" {
			fmt.Fprintf(os.Stdout, "  unknown: %s\n", r.Unknown)
		}
		return nil
	}); err != nil {
		return err
	}
	switch {
	case r.Caught(m):
		return exitOf(verify.Violated)
	case r.Unknown != "":
		return exitOf(verify.Unknown)
	}
	return nil
}
