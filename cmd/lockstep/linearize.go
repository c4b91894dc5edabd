package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/linearizability"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

func (a *app) linearize() *cobra.Command {
	var model, html string
	var timeout time.Duration
	verb := &cobra.Command{
		Use:     "linearize FILES...",
		Short:   "Check histories for linearizability",
		Long:    "Checks each history by the model that its header names. A time limit makes a verdict\nunknown, which is never a pass. The exit code is that of the worst.",
		Example: "  lockstep linearize runs/latest/twophase/cluster-processes/clients.history.ndjson --html history.html",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			if html != "" && len(files) > 1 {
				return wrong("--html: expected one history to draw, found %d", len(files))
			}
			models, err := chooseModels(model)
			if err != nil {
				return err
			}
			if timeout < 0 {
				return wrong("--timeout: expected at least 0, found %v", timeout)
			}
			var histories []*linearizability.History
			for _, f := range files { // all are read before any is judged
				h, err := linearizability.ReadFile(f, models...)
				if errors.Is(err, fs.ErrNotExist) {
					return wrong("expected a history: %w", err)
				}
				if err != nil {
					return err
				}
				histories = append(histories, h)
			}
			worst := verify.OK
			results := []report.Linearized{}
			for i, h := range histories {
				m, err := chooseModels(h.Header.Model)
				if err != nil {
					return err
				}
				started := time.Now()
				r := linearizability.Check(cmd.Context(), m[0], h, linearizability.Options{Timeout: timeout})
				l := report.NewLinearized(files[i], m[0], h, r, time.Since(started).Seconds())
				if html != "" {
					cut, err := linearizability.DrawFile(cmd.Context(), html, m[0], h, r, 0)
					if err != nil {
						return err
					}
					if l.Picture = html; cut != "" {
						say("%s: %s", html, cut)
					}
				}
				worst = worse(worst, l.Verdict)
				results = append(results, l)
				if !a.json {
					if err := report.Linearize(os.Stdout, report.ScreenOf(os.Stdout), l); err != nil {
						return err
					}
				}
			}
			if a.json {
				if err := report.JSON(os.Stdout, map[string]any{"verdict": worst, "histories": results}); err != nil {
					return err
				}
			}
			return exitOf(worst)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"ndjson"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	verb.Flags().StringVar(&model, "model", "", "the only model that is accepted (default: the one that the header names)")
	verb.Flags().StringVar(&html, "html", "", "draw the history into this file")
	verb.Flags().DurationVar(&timeout, "timeout", time.Minute, "for the search of each history; 0 is no limit")
	return verb
}

// chooseModels returns the model of that name, or all for no name.
func chooseModels(name string) ([]linearizability.Model, error) {
	all := linearizability.Models()
	if name == "" {
		return all, nil
	}
	var names []string
	for _, m := range all {
		if m.Name() == name {
			return []linearizability.Model{m}, nil
		}
		names = append(names, m.Name())
	}
	return nil, wrong("--model: expected one of %s, found %q", strings.Join(names, ", "), name)
}
