package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// TLC is the model checker that the Go engine is held against.
type TLC struct {
	Checker interface {
		Check(context.Context, tlc.Request) (*tlc.Result, error)
	}
}

func (TLC) Name() string { return "TLC" }

// Check runs TLC. It is an error to ask it for a bound on states or for the
// state graph.
func (t TLC) Check(ctx context.Context, q Request) (*Result, error) {
	if q.StatesMax > 0 || q.Graph != nil {
		return nil, errors.New("TLC has no bound on the number of states and tells no state graph: leave it to the Go engine")
	}
	if q.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, q.Timeout, fmt.Errorf("the time limit of %s was reached", q.Timeout))
		defer cancel()
	}
	request := tlc.Request{
		Modules: q.Modules, Module: q.Module, Config: q.Config, Workers: q.Workers, Short: q.Short,
		IgnoreDeadlock: q.IgnoreDeadlock, Coverage: q.Actions || q.Coverage,
	}
	if len(q.Lib) > 0 {
		folders := searched{q.Modules}
		for _, dir := range q.Lib {
			folders = append(folders, os.DirFS(dir))
		}
		request.Modules = folders
	}
	if q.BytesMax > 0 {
		request.Heap = strconv.FormatInt(max(q.BytesMax>>20, 1), 10) + "m"
	}
	if s := q.Simulate; s != nil {
		request.Simulate = &tlc.Simulation{Behaviours: s.Behaviours, Depth: s.Depth, Seed: s.Seed}
		if s.Depth == 0 {
			request.Simulate.Depth = 100
		}
	}
	if q.Progress != nil {
		request.Progress = func(p tlc.Progress) {
			q.Progress(check.Progress{Depth: p.Depth, Generated: p.Generated, Distinct: p.Distinct, Queue: p.Queue})
		}
	}
	found, err := t.Checker.Check(ctx, request)
	if err != nil {
		return nil, err
	}
	r := fromTLC(found)
	r.Workers = max(q.Workers, 1)
	if q.Simulate != nil {
		r.Seed = q.Simulate.Seed
	}
	q.name(r, found.LoopAction)
	return r, nil
}

// fromTLC takes over what TLC found.
func fromTLC(t *tlc.Result) *Result {
	r := &Result{
		Engine: strings.TrimSpace("TLC " + strings.TrimPrefix(t.Version, "Version ")), Verdict: t.Verdict, Kind: t.Kind, Property: t.Property, Reason: t.Reason, Exit: t.ExitStatus(),
		Generated: t.Generated, Distinct: t.Distinct, Left: t.Queue, Depth: t.Depth, Loop: t.Loop, Printed: t.Printed, PrintedCut: t.PrintedCut,
	}
	for _, m := range t.Errors {
		r.Problems = append(r.Problems, said(m.Text))
	}
	if t.Verdict != tlc.OK && t.Reason != "" && len(r.Problems) == 0 {
		r.Problems = append(r.Problems, said(t.Reason))
	}
	for _, m := range t.Warnings {
		r.Warnings = append(r.Warnings, oneLine(m.Text))
	}
	for _, a := range t.Actions {
		at := a.At
		if !a.Part.IsZero() {
			at = a.Part
		}
		r.Actions = append(r.Actions, Action{a.Name, at.String(), a.Taken, a.Distinct, a.Initial})
	}
	for _, s := range t.Trace {
		state := Call{Action: s.Action}.step(s.Number, s.Action)
		if !s.At.IsZero() {
			state.At = s.At.String()
		}
		for _, v := range s.Variables {
			state.Vars = append(state.Vars, Variable{v.Name, v.Text, v.Value})
		}
		r.Trace = append(r.Trace, state)
	}
	return r
}

// placeOfModule is a place in a message of TLC.
var (
	placeOfModule = regexp.MustCompile(`line (\d{1,9}), col(?:umn)? (\d{1,9})(?: to line \d+, col \d+)? of module (\w+)`)
)

// said finds the place that a message of TLC names, if it does.
func said(text string) Problem {
	p := Problem{Message: oneLine(text)}
	if at := placeOfModule.FindStringSubmatch(text); at != nil {
		p.File = at[3] + ".tla"
		p.Line, _ = strconv.Atoi(at[1]) // nine digits fit
		p.Column, _ = strconv.Atoi(at[2])
	}
	return p
}

// searched are folders, each searched after those before it.
type searched []fs.FS

func (s searched) Open(name string) (fs.File, error) {
	var first error
	for _, folder := range s {
		f, err := folder.Open(name)
		if err == nil {
			return f, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// ReadDir lists the files of all of them, which is what fs.Glob asks for.
func (s searched) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	seen := map[string]bool{}
	for _, folder := range s {
		entries, err := fs.ReadDir(folder, name)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !seen[e.Name()] {
				seen[e.Name()] = true
				all = append(all, e)
			}
		}
	}
	return all, nil
}
