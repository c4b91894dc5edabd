package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/verify"
)

// formatted is the JSON of the formatting of files.
type formatted struct {
	Verdict verify.Verdict  `json:"verdict"`
	Exit    int             `json:"exit"`
	Changed []string        `json:"changed"` // files that are not formatted, or were not
	Error   *engine.Problem `json:"error,omitempty"`
}

func (a *app) fmt() *cobra.Command {
	var write, showDiff bool
	verb := &cobra.Command{
		Use:   "fmt [FILE...]",
		Short: "Format TLA+ modules",
		Long: `Formats TLA+ modules: spaces instead of tabs, no blanks at the ends of lines, never
more than two empty lines in a row, a newline at the end. Every token stays in its
column and every comment where it is, so that junction lists mean what they meant,
and PlusCal translations stay what they were.

Without files it formats its input. The result goes to stdout; with -w into the
files, with -d the difference goes to stdout. With -d the exit code is 1 if there
is any, and always it is 150 if a file does not parse.`,
		Example: "  lockstep fmt -w specs/*/*.tla\n  lockstep fmt -d Spec.tla",
		RunE: func(_ *cobra.Command, files []string) error {
			switch {
			case write && len(files) == 0:
				return wrong("-w: expected files")
			case a.json && !write && !showDiff:
				return wrong("--json: expected -w or -d, since stdout is the formatted text")
			}
			result := formatted{Verdict: verify.OK, Changed: []string{}}
			if len(files) == 0 {
				files = []string{"-"}
			}
			var problems []error
			for _, file := range files {
				changed, err := a.format(file, write, showDiff)
				if changed {
					result.Changed = append(result.Changed, file)
				}
				var usage *exit
				if errors.As(err, &usage) {
					return err
				}
				if err != nil && result.Error == nil {
					result.Error = &engine.Problems(err)[0]
				}
				problems = append(problems, err)
			}
			err := errors.Join(problems...)
			switch {
			case err != nil:
				result.Verdict, result.Exit = verify.Unknown, exitUnknown
				if _, ok := syntax.AsErrors(err); ok {
					result.Exit = exitParse
				}
			case showDiff && len(result.Changed) > 0:
				result.Verdict, result.Exit = verify.Violated, exitViolated
			}
			if a.json {
				if err := a.write(result, func(report.Screen) error { return nil }); err != nil {
					return err
				}
			}
			if result.Exit != 0 {
				return &exit{result.Exit, err}
			}
			return nil
		},
	}
	verb.Flags().BoolVarP(&write, "write", "w", false, "write the result into the files")
	verb.Flags().BoolVarP(&showDiff, "diff", "d", false, "show what would change")
	return verb
}

const exitParse = 150

// format formats one file and reports whether it was not formatted.
func (a *app) format(file string, write, showDiff bool) (changed bool, err error) {
	var src []byte
	name := file
	if file == "-" {
		name = "stdin"
		src, err = io.ReadAll(os.Stdin)
	} else {
		src, err = os.ReadFile(file)
	}
	if err != nil {
		return false, wrong("%w", err)
	}
	tidy, err := syntax.Tidy(name, src)
	if err != nil {
		return false, err
	}
	changed = !bytes.Equal(src, tidy)
	switch {
	case showDiff && changed && !a.json:
		_, err = os.Stdout.Write(diff.Diff(name, src, name+" formatted", tidy))
	case !showDiff && !write:
		_, err = os.Stdout.Write(tidy)
	}
	if err == nil && write && changed {
		err = report.WriteFile(file, func(w io.Writer) error {
			_, err := w.Write(tidy)
			return err
		})
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return changed, err
}
