package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

func (a *app) coverage() *cobra.Command {
	var workers int
	var timeout time.Duration
	verb := &cobra.Command{
		Use:   "coverage PROTOCOL",
		Short: "Hold code and specification against each other, in both directions",
		Long: `Explores small worlds of the code, each step of which must be a step of the
specification, and says how much of the specification that reaches, for the same
constants. Then the specification drives the code: for each of its steps, the choices
are looked for by which the code takes it, and after which it is in the same state.

What neither reaches is a failure, unless the protocol explains it.`,
		Example: "  lockstep coverage twophase",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := findSystem(args[0])
			if err != nil {
				return err
			}
			if s.Coverage == nil {
				return wrong("%s has no coverage to look at: its code does not map whole worlds to its specification", s.Name)
			}
			started := time.Now()
			c, err := verify.Cover(cmd.Context(), s, func(c *explore.Config) { c.Workers, c.Timeout = workers, timeout })
			if err != nil {
				return err
			}
			r := report.NewCovered(s, c, time.Since(started).Seconds())
			if err := a.write(r, func(s report.Screen) error { return report.Coverage(os.Stdout, s, r) }); err != nil {
				return err
			}
			return exitOf(r.Verdict)
		},
		ValidArgsFunction: protocols,
	}
	verb.Flags().IntVar(&workers, "workers", 0, "goroutines that explore (default: one for each CPU)")
	verb.Flags().DurationVar(&timeout, "timeout", 0, "end an exploration after so long, which makes the verdict unknown")
	return verb
}
