package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/chaos/failpoints/overlay"
	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/verify"
)

// pipeline runs the systems through verify.Run, in a folder of its own below
// runs, and reports: the table or JSON on stdout, the files in the folder.
func (a *app) pipeline(ctx context.Context, verb, runs string, list []verify.System, o verify.Options) error {
	runner, why, err := findTLC()
	if err != nil {
		return err
	}
	if o.TLCMissing = why; runner != nil {
		o.TLC = runner
	}
	if o.Dir, err = report.NewDir(runs, verb, time.Now()); err != nil {
		return err
	}
	say("seed %d, files in %s", o.Seed, o.Dir)
	shown := report.NewProgress(os.Stderr, report.ScreenOf(os.Stderr))
	o.Progress = shown.Update
	r, err := verify.Run(ctx, list, o)
	shown.Close()
	if r == nil {
		return err
	}
	r.Command = command(os.Args[1:])
	r.Version = build().String()
	if runner != nil {
		if v, err := runner.Version(context.WithoutCancel(ctx)); err == nil {
			r.Version += ", TLC " + strings.TrimPrefix(v, "Version ")
		}
	}
	problems := errors.Join(err, report.Write(o.Dir, r, os.Getenv("GITHUB_STEP_SUMMARY")), report.Latest(o.Dir))
	if err := a.write(r, func(s report.Screen) error { return report.Table(os.Stdout, s, r) }); err != nil {
		return err
	}
	say("report: %s", filepath.Join(o.Dir, report.PageFile))
	if problems != nil {
		return problems
	}
	return exitOf(r.Verdict)
}

// failpointBinary finds the program that holds failpoints. In lockstep's own
// source it is built if it is not there.
func failpointBinary(ctx context.Context, named string) string {
	const usual = "bin/lockstep-failpoints"
	if named != "" {
		return named
	}
	if info, err := os.Stat(usual); err == nil && info.Mode().IsRegular() {
		return usual
	}
	if text, err := os.ReadFile("go.mod"); err != nil || !strings.HasPrefix(string(text), "module github.com/lockstep-go/lockstep\n") {
		say("there is no %s, and this is not lockstep's source to build it from: what needs failpoints is unknown; name one with --failpoint-binary", usual)
		return usual
	}
	if err := buildFailpoints(ctx, usual); err != nil {
		say("%s could not be built: what needs failpoints is unknown: %v", usual, err)
	}
	return usual
}

func buildFailpoints(ctx context.Context, out string) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	o, err := overlay.Write(filepath.Join(cache, "lockstep", "failpoints"), ".")
	if err != nil {
		return err
	}
	say("building %s", out)
	args := append(append([]string{"build", "-o", out}, o.Flags()...), "./cmd/lockstep")
	if text, err := exec.CommandContext(ctx, "go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, text)
	}
	return nil
}
