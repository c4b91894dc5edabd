package main

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

func (a *app) verify() *cobra.Command {
	o := verify.Options{}
	var runs, failpoints string
	var quick bool
	verb := &cobra.Command{
		Use:   "verify [PROTOCOL...]",
		Short: "Take protocols from their specification to a verdict on real processes",
		Long: `Takes protocols, all of them if none is named, through every stage: the models of
the specification by the Go engine and by TLC, simulated runs under faults, their traces and histories, real
processes under faults, and the seeded bugs, each of which must be caught.

It writes runs/<time>-verify/ with report.html, junit.xml, summary.md, result.json
and all evidence, and the link runs/latest. The summary is also appended to
$GITHUB_STEP_SUMMARY if that is set. An interrupt ends it with what was found.`,
		Example: "  lockstep verify\n  lockstep verify twophase --quick --seed 42",
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := systems.WithSpecs()
			if err != nil {
				return err
			}
			var list []verify.System
			for _, name := range args {
				at := slices.IndexFunc(all, func(s verify.System) bool { return s.Name == name })
				if at < 0 {
					var names []string
					for _, s := range all {
						names = append(names, s.Name)
					}
					return wrong("expected a protocol of the catalogue (%s), found %q", strings.Join(names, ", "), name)
				}
				list = append(list, all[at])
			}
			if len(args) == 0 {
				list = all
			}
			changed := cmd.Flags().Changed
			if quick {
				for _, f := range []struct {
					name string
					set  func()
				}{
					{"seeds", func() { o.Seeds = 100 }},
					{"duration", func() { o.ClusterDuration = 5 * time.Second }},
					{"models", func() { o.Models = []string{"smoke"} }},
				} {
					if !changed(f.name) {
						f.set()
					}
				}
			}
			switch {
			case o.Seeds < 1 || o.MutantSeeds < 1:
				return wrong("--seeds and --mutant-seeds: expected at least 1, found %d and %d", o.Seeds, o.MutantSeeds)
			case o.Seed < 1:
				return wrong("--seed: expected at least 1, found 0")
			case o.ClusterDuration < time.Second:
				return wrong("--duration: expected at least 1s, found %v", o.ClusterDuration)
			case o.Parallel < 1:
				return wrong("--parallel: expected at least 1, found %d", o.Parallel)
			}
			for _, size := range o.Models {
				if !slices.Contains(specs.Sizes, size) {
					return wrong("--models: expected some of %s, found %q", strings.Join(specs.Sizes, ","), size)
				}
			}
			if o.Binary, err = os.Executable(); err != nil {
				return err
			}
			o.FailpointBinary = failpointBinary(cmd.Context(), failpoints)
			return a.pipeline(cmd.Context(), "verify", runs, list, o)
		},
		ValidArgsFunction: protocols,
	}
	verb.Flags().Uint64Var(&o.Seed, "seed", 1, "of the first simulated run, and of the processes")
	verb.Flags().IntVar(&o.Seeds, "seeds", 2000, "simulated runs")
	verb.Flags().DurationVar(&o.ClusterDuration, "duration", time.Minute, "of the run of real processes")
	verb.Flags().BoolVar(&quick, "quick", false, "less of everything but the seeded bugs: 100 seeds, 5 s, smoke models")
	verb.Flags().StringSliceVar(&o.Models, "models", []string{"smoke"}, "the sizes of models to check: smoke, standard, long")
	verb.Flags().IntVar(&o.MutantSeeds, "mutant-seeds", 100, "simulated runs of each seeded bug")
	verb.Flags().IntVar(&o.Parallel, "parallel", 2, "stages at a time")
	verb.Flags().StringVar(&failpoints, "failpoint-binary", "", "lockstep built with failpoints (default: bin/lockstep-failpoints)")
	verb.Flags().StringVar(&runs, "runs", "runs", "the folder for the folders of runs")
	return verb
}
