// Lockstep keeps a consensus protocol's TLA+ specification and its Go code in
// lockstep. `lockstep help` tells of its verbs; docs/architecture.md of
// everything else.
//
// Data goes to stdout, progress and messages to stderr. Exit codes:
//
//	0    ok
//	1    violated
//	2    unknown: no verdict, for a reason that is told
//	64   the command line is wrong
//
// check and eval exit as TLC does: 10 assumption, 11 deadlock, 12 safety, 13
// liveness, 75 evaluation error, 150 parse error, and others of TLC's. check exits
// with 1 when the verdict is ok, but not what the specification's manifest
// records, and when the Go engine and TLC disagree.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/lockstep-go/lockstep/report"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/verify"
)

func main() {
	// The first signal ends the work, which then tells what it has found; the
	// second ends the process.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:]))
}

const (
	exitViolated = 1
	exitUnknown  = 2
	exitUsage    = 64
)

// exit ends a verb with a code. A nil err has been told already.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// wrong is an error of the command line.
func wrong(format string, args ...any) error { return &exit{exitUsage, fmt.Errorf(format, args...)} }

// exitOf is how a verb with that verdict ends.
func exitOf(v verify.Verdict) error {
	switch v {
	case verify.OK:
		return nil
	case verify.Violated:
		return &exit{code: exitViolated}
	default:
		return &exit{code: exitUnknown}
	}
}

// failure is the JSON of a verb that came to nothing.
type failure struct {
	Verdict verify.Verdict `json:"verdict"`
	Exit    int            `json:"exit"`
	Error   engine.Problem `json:"error"`
}

func run(ctx context.Context, args []string) int {
	a := &app{}
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	var e *exit
	switch {
	case errors.As(err, &e):
	case !a.began: // cobra found fault with the command line
		e = &exit{exitUsage, err}
	default:
		e = &exit{exitUnknown, err}
	}
	if e.err != nil && !a.wrote && slices.Contains(args, "--json") && slices.Contains([]string{"check", "eval", "fmt"}, cmd.Name()) {
		// Whoever reads JSON reads it of a failure too.
		_ = report.JSON(os.Stdout, failure{verify.Unknown, e.code, engine.Problem{Message: strings.TrimRight(e.err.Error(), "\n")}})
	}
	if e.err != nil {
		fmt.Fprintf(os.Stderr, "lockstep: %s\n", strings.TrimRight(e.err.Error(), "\n"))
		if e.code == exitUsage {
			fmt.Fprintf(os.Stderr, "Run `%s --help` for its usage.\n", cmd.CommandPath())
		}
	}
	return e.code
}
