package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

func (a *app) replay() *cobra.Command {
	var withTrace bool
	var mutant string
	verb := &cobra.Command{
		Use:   "replay SCHEDULE",
		Short: "Do again what a schedule says, choice by choice",
		Long: `Does again what a schedule says, as lockstep chaos writes one: prints each choice and
what the node made of it, and judges the run by the protocol's invariant and by what
its clients saw; a schedule that lockstep explore wrote by the specification too. (For
that of a run, see lockstep trace.)`,
		Example: "  lockstep replay runs/latest/twophase/simulation/seed-9.schedule",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return wrong("expected a schedule: %w", err)
			}
			defer f.Close()
			var m verify.Mutant
			schedule, s, err := verify.ReadSchedule(args[0], f, func(name string) (verify.System, error) {
				s, err := systems.Find(name)
				if err != nil || mutant == "" {
					return s, err
				}
				if m, err = s.FindMutant(mutant); err != nil {
					return s, wrong("--mutant: %w", err)
				}
				if m.Adjust != nil { // before the schedule says which world it is
					m.Adjust(&s)
				}
				return s, nil
			})
			if err != nil {
				return err
			}
			if mutant != "" {
				if err := failpoint.Enable(m.Failpoint, "return(true)"); err != nil {
					return err
				}
			}
			out := report.Replayed{Schedule: args[0], Protocol: s.Name, Seed: schedule.Seed, Choices: []report.ReplayedChoice{}}
			r, err := verify.Replay(cmd.Context(), s, schedule, func(v world.View, st world.Step) {
				c := report.NewReplayedChoice(v.Now(), st)
				out.Choices = append(out.Choices, c)
				if !a.json {
					report.Choice(os.Stdout, c)
				}
			})
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			out.Verdict, out.Check, out.Reason, out.Hash = r.Verdict, r.Check, r.Reason, r.Result.HashString()
			if withTrace {
				out.Trace = r.Events
			}
			if err := a.write(out, func(s report.Screen) error { return report.Replay(os.Stdout, s, out) }); err != nil {
				return err
			}
			return exitOf(r.Verdict)
		},
	}
	verb.Flags().BoolVar(&withTrace, "trace", false, "tell the run's trace too")
	verb.Flags().StringVar(&mutant, "mutant", "", "arm the seeded bug with which the schedule was written")
	return verb
}
