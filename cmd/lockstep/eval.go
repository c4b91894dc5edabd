package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/verify"
)

// evaluated is the JSON of an evaluation.
type evaluated struct {
	Verdict verify.Verdict  `json:"verdict"` // ok if there is a value, else unknown
	Exit    int             `json:"exit"`
	Value   string          `json:"value,omitempty"` // as TLA+ text
	ITF     any             `json:"itf,omitempty"`
	Error   *engine.Problem `json:"error,omitempty"`
	Printed []string        `json:"printed,omitempty"`
}

func (a *app) eval() *cobra.Command {
	var mod, configFile string
	var lib []string
	verb := &cobra.Command{
		Use:   "eval EXPRESSION",
		Short: "Evaluate a constant TLA+ expression",
		Long: `Evaluates a constant TLA+ expression and prints its value as TLC would.

The expression may use the definitions of --module: the path of a .tla file, or
the name of a module in a folder of --lib or of a built-in one. If that has
constants, --config names the .cfg file that gives them values; for a file it is
the one beside it, if there is one. Without --module the expression knows
` + engine.Standard + `.

Exit codes: 0 it has a value, 75 evaluation error, 150 parse error, 151 the
configuration does not fit, 64 usage.`,
		Example: "  lockstep eval '{x \\in 1..9 : x % 2 = 0}'\n  lockstep eval 'SafeAt(1, {})' --module my/Spec.tla",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			q, err := evalRequest(mod, configFile, lib)
			if err != nil {
				return err
			}
			e := engine.Eval(q, args[0])
			result := evaluated{Verdict: verify.OK, Exit: e.Exit, Value: e.Text, ITF: e.ITF(), Error: e.Problem, Printed: e.Printed}
			if e.Problem != nil {
				result.Verdict = verify.Unknown
			}
			for _, line := range e.Printed {
				if !a.json {
					fmt.Fprintln(os.Stderr, line)
				}
			}
			if e.Problem == nil || a.json {
				if err := a.write(result, func(report.Screen) error {
					_, err := fmt.Fprintln(os.Stdout, e.Text)
					return err
				}); err != nil {
					return err
				}
			}
			if e.Problem != nil {
				return &exit{e.Exit, errors.New(e.Problem.String())}
			}
			return nil
		},
	}
	verb.Flags().StringVar(&mod, "module", "", "the module whose definitions the expression may use")
	verb.Flags().StringVar(&configFile, "config", "", "the .cfg file that gives the module's constants values")
	verb.Flags().StringSliceVar(&lib, "lib", nil, "a folder of modules; may be repeated")
	return verb
}

// evalRequest says where the module and its configuration are.
func evalRequest(mod, configFile string, lib []string) (q engine.Request, err error) {
	for _, dir := range lib {
		if err := isFolder(dir); err != nil {
			return q, wrong("--lib: %w", err)
		}
	}
	q = engine.Request{Module: mod, Lib: lib}
	if strings.HasSuffix(mod, ".tla") {
		if _, err := os.Stat(mod); err != nil {
			return q, wrong("--module: %w", err)
		}
		folder := filepath.Dir(mod)
		q.Modules, q.Folder, q.Module = os.DirFS(folder), filepath.ToSlash(folder), strings.TrimSuffix(filepath.Base(mod), ".tla")
		if beside := strings.TrimSuffix(mod, ".tla") + ".cfg"; configFile == "" {
			if _, err := os.Stat(beside); !errors.Is(err, fs.ErrNotExist) {
				configFile = beside
			}
		}
	} else if strings.ContainsAny(mod, `/\. `) {
		return q, wrong("--module: expected the path of a .tla file or the name of a module, found %q", mod)
	}
	if configFile == "" {
		return q, nil
	}
	q.ConfigFile = configFile
	if q.Config, err = os.ReadFile(configFile); err != nil {
		return q, wrong("--config: %w", err)
	}
	return q, nil
}
