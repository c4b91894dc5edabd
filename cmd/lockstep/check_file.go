package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/models"
)

// checkFile checks a specification that is a file.
func (a *app) checkFile(ctx context.Context, path string, f checkFlags) error {
	q, err := f.request(path)
	if err != nil {
		return err
	}
	out, err := openDump(f, path, a.json)
	if err != nil {
		return err
	}
	q.Graph = out.graph()
	shown, progress := show(path, "")
	q.Progress = progress
	r, c, err := f.ask(ctx, path, q)
	shown.Close()
	if err := errors.Join(err, out.close(r)); err != nil {
		return err
	}
	if err := a.writeChecked(c, f.coverage, out.report); err != nil {
		return err
	}
	if c.Cross != nil && c.Cross.State == models.Disagrees {
		return &exit{exitViolated, errDisagree}
	}
	return exitCode(c.Exit)
}

// writeChecked writes the result as JSON to stdout, or as text to where it is
// to go.
func (a *app) writeChecked(c report.Checked, coverage bool, to *os.File) error {
	return a.write(c, func(report.Screen) error { return report.Check(to, report.ScreenOf(to), c, coverage) })
}

// request is the question that the flags ask of a file.
func (f checkFlags) request(path string) (q engine.Request, err error) {
	if f.model != "" {
		return q, wrong("--model is for specifications of the catalogue, and %s is a file; name its configuration with --config", path)
	}
	if _, err := os.Stat(path); err != nil {
		return q, wrong("%w", err)
	}
	if f.config == "" {
		f.config = strings.TrimSuffix(path, ".tla") + ".cfg"
	}
	config, err := os.ReadFile(f.config)
	if errors.Is(err, fs.ErrNotExist) {
		return q, wrong("expected a configuration: %w; name one with --config", err)
	}
	if err != nil {
		return q, err
	}
	for _, dir := range f.lib {
		if err := isFolder(dir); err != nil {
			return q, wrong("--lib: %w", err)
		}
	}
	folder := filepath.Dir(path)
	return engine.Request{
		Modules: os.DirFS(folder), Folder: filepath.ToSlash(folder), Module: strings.TrimSuffix(filepath.Base(path), ".tla"),
		Config: config, ConfigFile: f.config, Lib: f.lib,
		Workers: f.workers, IgnoreDeadlock: !f.deadlock, Simulate: f.simulation(),
		Actions: f.coverage, Coverage: f.coverage,
		StatesMax: f.statesMax, BytesMax: f.bytesMax, Timeout: f.timeout,
	}, nil
}

// ask asks the engine of the flags. With both, the answer is the Go engine's, or
// TLC's for what that does not check; and no answer if they disagree, or TLC is
// missing.
func (f checkFlags) ask(ctx context.Context, path string, q engine.Request) (*engine.Result, report.Checked, error) {
	begun := time.Now()
	took := func() float64 {
		since := time.Since(begun).Seconds()
		begun = time.Now()
		return since
	}
	if f.engine == "tlc" {
		runner, err := needTLC()
		if err != nil {
			return nil, report.Checked{}, err
		}
		r, err := engine.TLC{Checker: runner}.Check(ctx, q)
		if err != nil {
			return nil, report.Checked{}, err
		}
		return r, report.NewChecked(path, "", r, took()), nil
	}
	own, err := engine.Go{}.Check(ctx, q)
	if err != nil {
		return nil, report.Checked{}, err
	}
	c := report.NewChecked(path, "", own, took())
	if f.engine == "go" {
		return own, c, nil
	}
	incomparable := func(why string) {
		c.Cross = report.NewCheckedCross(models.NotDone, why, nil, 0)
		if c.Verdict == verify.OK {
			c.Verdict, c.Reason, c.Exit = verify.Unknown, "the Go engine found no error; it was to be cross-checked by TLC, and was not", exitUnknown
		}
	}
	runner, why, err := findTLC()
	switch {
	case err != nil:
		return nil, c, err
	case runner == nil:
		incomparable(why)
		return own, c, nil
	case own.Kind == tlc.KindStopped:
		incomparable(own.Reason)
		return own, c, nil
	}
	q.Graph = nil
	oracle, err := engine.TLC{Checker: runner}.Check(ctx, q)
	if err != nil {
		return nil, c, err
	}
	if oracle.Kind == tlc.KindStopped || oracle.Kind == tlc.KindCrash || oracle.Kind == tlc.KindOutput {
		incomparable(oracle.Reason)
		return own, c, nil
	}
	answer, seconds := own, took()
	if own.Unsupporting() && oracle.Verdict != tlc.Unknown {
		answer = oracle
		c = report.NewChecked(path, "", oracle, seconds)
		c.Note = "not checked by the Go engine: " + strings.Join(own.Unsupported, "; ")
	}
	if own.GaveUp() {
		incomparable("the Go engine gave up: " + own.Reason)
	} else if d := engine.Differences(own, oracle); len(d) > 0 {
		c.Cross = report.NewCheckedCross(models.Disagrees, strings.Join(d, "; "), oracle, seconds)
		c.Verdict, c.Exit, c.Reason = verify.Unknown, exitViolated, "the Go engine and TLC disagree"
	} else {
		c.Cross = report.NewCheckedCross(models.Agrees, "", oracle, seconds)
	}
	return answer, c, nil
}

// dump is what --dump writes, and where.
type dump struct {
	format, source string
	file           *os.File
	report         *os.File // for the text of the result
	writer         engine.GraphWriter
}

func openDump(f checkFlags, source string, json bool) (*dump, error) {
	d := &dump{format: f.dump, source: source, report: os.Stdout}
	switch {
	case f.dump == "":
	case f.output != "":
		var err error
		if d.file, err = os.Create(f.output); err != nil {
			return nil, wrong("--output: %w", err)
		}
	case json:
		return nil, wrong("--json and --dump both write to stdout: name a file with --output")
	default:
		d.file, d.report = os.Stdout, os.Stderr
	}
	return d, nil
}

func (d *dump) graph() func(*check.Model) check.Graph {
	makers := map[string]func(io.Writer, *check.Model) engine.GraphWriter{"json": engine.JSONLines, "dot": engine.DOT}
	maker := makers[d.format]
	if maker == nil {
		return nil
	}
	return func(m *check.Model) check.Graph {
		d.writer = maker(d.file, m)
		return d.writer
	}
}

// close ends what was written; a counterexample is written here.
func (d *dump) close(r *engine.Result) error {
	if d.file == nil {
		return nil
	}
	var problems []error
	switch {
	case d.writer != nil:
		if m, ok := d.writer.(engine.Marker); ok && r != nil {
			m.Mark(r)
		}
		problems = append(problems, d.writer.Close())
		if r != nil && r.Left > 0 {
			say("the state graph is not complete: %d states were not explored", r.Left)
		}
	case d.format == "itf" && r != nil && len(r.Trace) > 0:
		problems = append(problems, engine.WriteITF(d.file, d.source, r))
	default:
		say("there is nothing to dump: %s", map[bool]string{true: "no counterexample was found", false: "the specification could not be loaded"}[d.format == "itf"])
	}
	if d.file != os.Stdout {
		problems = append(problems, d.file.Close())
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("writing --dump: %w", err)
	}
	return nil
}
