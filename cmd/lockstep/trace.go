package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/systems"
)

func (a *app) trace() *cobra.Command {
	var constants map[string]string
	var parallel int
	var engine, mapping, configuration string
	verb := &cobra.Command{
		Use:   "trace SPEC FILES...",
		Short: "Validate the traces of a run against a specification",
		Long: `Validates the traces of one run against a specification: every slice must be a
behaviour of it, event by event. The files are merged by what happened before what.

SPEC is a protocol of the catalogue, or the path of the .tla file that defines Init
and the actions. A program that has words of its own for actions, variables and values
comes with a mapping: a JSON file that gives the specification's.`,
		Example: "  lockstep trace twophase runs/latest/twophase/cluster-processes/*.trace.ndjson\n" +
			"  lockstep trace Lock.tla node1.ndjson node2.ndjson --mapping lock.json",
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			spec, err := traceSpec(args[0], configuration, constants)
			if err != nil {
				return err
			}
			m := &refine.Mapping{}
			if mapping != "" {
				text, err := os.ReadFile(mapping)
				if err != nil {
					return wrong("%w", err)
				}
				if m, err = refine.ReadMapping(mapping, text); err != nil {
					return wrong("%w", err)
				}
			}
			files := args[1:]
			for _, f := range files {
				if _, err := os.Stat(f); errors.Is(err, fs.ErrNotExist) {
					return wrong("expected a trace: %w", err)
				}
			}
			stream, err := trace.Open(files...)
			if err != nil {
				return err
			}
			header := stream.Header()
			if err := stream.Close(); err != nil {
				return err
			}
			if header.Spec != spec.Module && mapping == "" {
				return wrong("%s:1: expected a trace of %s, found one of %s", files[0], spec.Module, header.Spec)
			}
			var r *refine.Report
			switch engine {
			case "go":
				r, err = goTrace(cmd.Context(), spec, m, files)
			case "tlc":
				r, err = tlcTrace(cmd.Context(), spec, m, files, parallel)
			case "both":
				if r, err = goTrace(cmd.Context(), spec, m, files); err != nil {
					return err
				}
				var other *refine.Report
				if other, err = tlcTrace(cmd.Context(), spec, m, files, parallel); err == nil && other.Verdict != r.Verdict {
					r.Reason = fmt.Sprintf("the engines disagree: the Go engine says %s (%s), TLC %s (%s)", r.Verdict, r.Reason, other.Verdict, other.Reason)
					r.Verdict = refine.Unknown
				}
			default:
				return wrong("expected --engine go, tlc or both, found %q", engine)
			}
			if err != nil {
				return err
			}
			v := report.NewValidated(args[0], files, header.Seed, r)
			if err := a.write(v, func(s report.Screen) error { return report.Trace(os.Stdout, s, v) }); err != nil {
				return err
			}
			return exitOf(v.Verdict)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, to string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				names, _ := protocols(cmd, args, to)
				return names, cobra.ShellCompDirectiveDefault
			}
			return []string{"ndjson"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	verb.Flags().StringToStringVar(&constants, "constants", nil, "constants that the traces do not give, as NAME=TLA+ text, and replacements, as 'NAME=<- OTHER'")
	verb.Flags().StringVar(&configuration, "config", "", "a .cfg file whose constants, replacements, INIT and NEXT hold for the traces")
	verb.Flags().StringVar(&mapping, "mapping", "", "a JSON file that says what the traces' words are in the specification")
	verb.Flags().StringVar(&engine, "engine", "go", "go, tlc, or both, which must agree")
	verb.Flags().IntVar(&parallel, "parallel", 1, "processes of TLC at a time")
	return verb
}

func goTrace(ctx context.Context, spec *refine.Spec, m *refine.Mapping, files []string) (*refine.Report, error) {
	var g refine.Engine
	_, r, err := g.ValidateFiles(ctx, *spec, m, files...)
	return r, err
}

// tlcTrace holds the whole trace in memory.
func tlcTrace(ctx context.Context, spec *refine.Spec, m *refine.Mapping, files []string, parallel int) (*refine.Report, error) {
	runner, err := needTLC()
	if err != nil {
		return nil, err
	}
	header, events, err := trace.ReadFiles(files...)
	if err != nil {
		return nil, err
	}
	var mapped []trace.Event
	for _, e := range events {
		if e, ok := m.Event(e); ok {
			mapped = append(mapped, e)
		}
	}
	slices, err := trace.Slices(header, mapped)
	if err != nil {
		return nil, err
	}
	return (&refine.TLC{Checker: runner, Parallel: parallel}).Validate(ctx, m.Spec(*spec), slices)
}

func traceSpec(name, configuration string, constants map[string]string) (*refine.Spec, error) {
	var spec refine.Spec
	if strings.HasSuffix(name, ".tla") {
		if _, err := os.Stat(name); err != nil {
			return nil, wrong("%w", err)
		}
		spec = refine.Spec{Modules: os.DirFS(filepath.Dir(name)), Module: strings.TrimSuffix(filepath.Base(name), ".tla")}
	} else {
		s, err := findSystem(name)
		if err != nil {
			return nil, err
		}
		if s.Trace == nil {
			return nil, wrong("%s has no specification to hold traces against", name)
		}
		spec = *s.Trace
	}
	if configuration != "" {
		text, err := os.ReadFile(configuration)
		if err != nil {
			return nil, wrong("%w", err)
		}
		c, err := config.Parse(configuration, text)
		if err != nil {
			return nil, wrong("%w", err)
		}
		if spec, err = spec.WithConfig(c); err != nil {
			return nil, wrong("%w", err)
		}
	}
	merged := map[string]string{}
	maps.Copy(merged, spec.Constants)
	maps.Copy(merged, constants)
	spec.Constants = merged
	return &spec, nil
}

// findSystem finds a protocol that the user named.
func findSystem(name string) (verify.System, error) {
	if _, err := systems.All(); err != nil {
		return verify.System{}, err
	}
	s, err := systems.Find(name)
	if err != nil {
		return s, wrong("%w", err)
	}
	return s, nil
}
