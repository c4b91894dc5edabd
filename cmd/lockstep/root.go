package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify/systems"
)

// app holds what the verbs share.
type app struct {
	json   bool
	tlcJar string
	began  bool // the command line is right, and the verb runs
	wrote  bool // a result has been written
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "lockstep",
		Short: "Keeps a protocol's TLA+ specification and its Go code in lockstep",
		Long: `Lockstep keeps a consensus protocol's TLA+ specification and its Go code in
lockstep: it model-checks the specification, runs the code under faults in a
simulator and as real processes, and holds what it did against both the
specification and what its clients saw.

Exit codes: 0 ok, 1 violated, 2 unknown, 64 wrong command line; check and eval
exit as TLC does.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			a.began = true
			if a.tlcJar != "" {
				// By the environment, so that it also counts for the processes
				// that a verb starts.
				return os.Setenv(tlc.JarVariable, a.tlcJar)
			}
			return nil
		},
	}
	root.PersistentFlags().BoolVar(&a.json, "json", false, "write the result as JSON")
	root.PersistentFlags().StringVar(&a.tlcJar, "tlc-jar", "", "use this tla2tools.jar (default: $"+tlc.JarVariable+", or what lockstep tlc install fetched)")
	root.AddCommand(a.verify(), a.check(), a.eval(), a.fmt(), a.explore(), a.chaos(), a.replay(), a.coverage(), a.trace(), a.linearize(), a.serve(), a.tlc(), a.specs(), a.version())
	return root
}

// write writes a result to stdout: as JSON, or as text.
func (a *app) write(v any, text func(report.Screen) error) error {
	a.wrote = true
	if a.json {
		return report.JSON(os.Stdout, v)
	}
	return text(report.ScreenOf(os.Stdout))
}

// findTLC returns the runner, or nil and why there is none.
func findTLC() (*tlc.Runner, string, error) {
	runner, err := tlc.Find(tlc.Options{})
	var missing *tlc.MissingError
	if errors.As(err, &missing) {
		return nil, err.Error(), nil
	}
	return runner, "", err
}

// protocols completes the names of the catalogue.
func protocols(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	all, err := systems.All()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name+"\t"+s.Title)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// command is the command line, for a shell to take again.
func command(args []string) string {
	words := []string{"lockstep"}
	for _, w := range args {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_=./,:+@%", r))
		}) {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// say writes a message to the user, off the data.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "lockstep: "+format+"\n", args...) }
