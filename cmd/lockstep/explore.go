package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

type exploreFlags struct {
	bounds                  explore.Bounds
	por, contract, noRefine bool
	workers, statesMax      int
	memoryMax               int64 // MiB
	timeout                 time.Duration
	mutant, dir             string
}

// bound is a flag that changes a bound of a world.
type bound struct {
	flag, usage string
	of          func(*explore.Bounds) *int
}

var bounds = []bound{
	{"timeouts", "time-outs", func(b *explore.Bounds) *int { return &b.Timeouts }},
	{"crashes", "crashes", func(b *explore.Bounds) *int { return &b.Crashes }},
	{"partial-syncs", "fsyncs of a part of what was written", func(b *explore.Bounds) *int { return &b.PartialSyncs }},
	{"drops", "lost messages", func(b *explore.Bounds) *int { return &b.Drops }},
	{"duplicates", "duplicated messages", func(b *explore.Bounds) *int { return &b.Duplicates }},
	{"retries", "requests that are sent again", func(b *explore.Bounds) *int { return &b.Retries }},
	{"hangups", "clients that hang up", func(b *explore.Bounds) *int { return &b.Hangups }},
	{"cuts", "links that are cut", func(b *explore.Bounds) *int { return &b.Cuts }},
	{"copies", "identical messages in flight", func(b *explore.Bounds) *int { return &b.Copies }},
	{"in-flight", "messages in flight", func(b *explore.Bounds) *int { return &b.InFlight }},
	{"log", "records in a node's log", func(b *explore.Bounds) *int { return &b.Log }},
	{"depth", "choices", func(b *explore.Bounds) *int { return &b.Depth }},
}

// change gives a world the bounds that the command line names.
func (f *exploreFlags) change(cmd *cobra.Command, w *verify.World) error {
	for _, b := range bounds {
		if !cmd.Flags().Changed(b.flag) {
			continue
		}
		n := *b.of(&f.bounds)
		if n < -1 {
			return wrong("--%s: expected a number of at least 0, or -1 for any, found %d", b.flag, n)
		}
		switch b.flag {
		case "copies", "in-flight", "log", "depth": // of which 0 is any, and none makes sense
			if n == 0 {
				return wrong("--%s: expected at least 1, or -1 for any, found 0", b.flag)
			}
			n = max(n, 0)
		}
		*b.of(&w.Bounds) = n
	}
	return nil
}

func (a *app) explore() *cobra.Command {
	var f exploreFlags
	verb := &cobra.Command{
		Use:   "explore PROTOCOL [WORLD...]",
		Short: "Take every interleaving of small worlds of the code",
		Long: `Visits every interleaving of small worlds of a protocol's nodes: all orders of
deliveries, time-outs, fsyncs, crashes and requests within bounds. It checks the
protocol's invariant in every state, holds every transition of the code against the
specification, and every history of the clients against the sequential model.

The bounds are part of the question: each world has its own, and the flags change
them (-1 is any number). Limits on states, memory and time are not: what they cut off
makes the verdict unknown.

A violation comes with a shortest schedule that shows it, for lockstep replay.`,
		Example: "  lockstep explore twophase\n  lockstep explore twophase one-transaction --crashes 2 --no-refine",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runExplore(cmd, args, &f)
		},
		ValidArgsFunction: protocols,
	}
	flags := verb.Flags()
	for _, b := range bounds {
		flags.IntVar(b.of(&f.bounds), b.flag, -1, "at most so many "+b.usage+" (default: as the world says)")
	}
	flags.BoolVar(&f.por, "por", true, "leave out transitions that only change the order of independent choices, where that is sound")
	flags.BoolVar(&f.contract, "check-contract", false, "hold every step against the contract of protocols too: slow")
	flags.BoolVar(&f.noRefine, "no-refine", false, "leave the specification out")
	flags.IntVar(&f.workers, "workers", 0, "goroutines (default: one for each CPU)")
	flags.IntVar(&f.statesMax, "max-states", 100_000_000, "stop at so many states")
	flags.Int64Var(&f.memoryMax, "max-memory", 4096, "stop at so many MiB")
	flags.DurationVar(&f.timeout, "timeout", 0, "stop after so long (default: never)")
	flags.StringVar(&f.mutant, "mutant", "", "arm this seeded bug")
	flags.StringVar(&f.dir, "dir", ".", "the folder for schedules that show a violation")
	return verb
}

func (a *app) runExplore(cmd *cobra.Command, args []string, f *exploreFlags) error {
	s, err := findSystem(args[0])
	if err != nil {
		return err
	}
	if len(s.Worlds) == 0 {
		return wrong("%s has no worlds to explore", s.Name)
	}
	if f.workers < 0 || f.statesMax < 1 || f.memoryMax < 1 || f.timeout < 0 {
		return wrong("--workers, --max-states, --max-memory, --timeout: expected at least 0, 1, 1 and 0, found %d, %d, %d and %v",
			f.workers, f.statesMax, f.memoryMax, f.timeout)
	}
	worlds := s.Worlds
	if len(args) > 1 {
		worlds = nil
		for _, name := range args[1:] {
			w, err := s.FindWorld(name)
			if err != nil {
				return wrong("%w", err)
			}
			worlds = append(worlds, w)
		}
	}
	for i := range worlds {
		if err := f.change(cmd, &worlds[i]); err != nil {
			return err
		}
	}
	if f.mutant != "" {
		m, err := s.FindMutant(f.mutant)
		if err != nil {
			return wrong("--mutant: %w", err)
		}
		if err := failpoint.Enable(m.Failpoint, "return(true)"); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	shown := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
	defer shown.Close()
	out := report.Explored{System: s.Name}
	for _, w := range worlds {
		st := verify.Stage{System: s.Name, Group: "exploration", Name: w.Name}
		shown.Update(verify.Progress{Stage: st})
		r, err := verify.Explore(cmd.Context(), s, w, verify.ExploreConfig{NoSteps: f.noRefine, Adjust: func(c *explore.Config) {
			c.Full, c.CheckContract, c.Workers, c.Timeout = !f.por, f.contract, f.workers, f.timeout
			c.StatesMax, c.MemoryMax = f.statesMax, f.memoryMax<<20
			c.Progress = func(p explore.Progress) {
				shown.Update(verify.Progress{Stage: st, Done: int64(p.States),
					Text: fmt.Sprintf("depth %d: %d states, %d transitions", p.Depth, p.States, p.Transitions)})
			}
		}})
		if err != nil {
			return err
		}
		st.Verdict, st.Reason, st.Seconds = verify.Verdict(r.Verdict), r.Reason, r.Seconds.Seconds()
		shown.Update(verify.Progress{Stage: st, Done: int64(r.States)})
		file, again := "", ""
		if r.Schedule != nil {
			file = filepath.Join(f.dir, strings.Join([]string{s.Name, w.Name}, "-")+".schedule")
			if err := os.WriteFile(file, []byte(r.Schedule.String()), 0o666); err != nil {
				return err
			}
			words := []string{"replay", file}
			if f.mutant != "" {
				words = append(words, "--mutant", f.mutant)
			}
			again = command(words)
		}
		out.Add(r, file, again)
	}
	shown.Close()
	if err := a.write(out, func(s report.Screen) error { return report.ExploredText(os.Stdout, s, out) }); err != nil {
		return err
	}
	return exitOf(out.Verdict)
}
