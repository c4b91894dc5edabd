package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Exit statuses of TLC for what is found before any state is.
const (
	exitParse  = 150
	exitConfig = 151
)

// Go is the Go engine, package check.
type Go struct{}

func (Go) Name() string { return "Go" }

// Load reads and compiles the model of a request. When the specification has
// errors the model is nil and the Result tells them; the error means that a
// file could not be read.
func (q Request) Load() (*check.Model, *Result, error) {
	if _, err := fs.Stat(q.Modules, q.Module+".tla"); err != nil {
		return nil, nil, fmt.Errorf("module %s: %w", q.Module, err)
	}
	c, err := config.Parse(q.configFile(), q.Config)
	if err != nil {
		return nil, failed(tlc.KindConfig, exitConfig, err), nil
	}
	spec, err := q.Spec()
	if err != nil {
		return nil, failed(tlc.KindParse, exitParse, err), nil
	}
	m, err := check.New(spec, c)
	if err != nil {
		return nil, failed(tlc.KindConfig, exitConfig, err), nil
	}
	return m, nil, nil
}

// Spec reads the root module and all that it uses, without the configuration. The
// error is one of package syntax, or means that a file could not be read.
func (q Request) Spec() (*module.Spec, error) {
	file := q.Module + ".tla"
	src, err := fs.ReadFile(q.Modules, file)
	if err != nil {
		return nil, err
	}
	return module.LoadSource(path.Join(q.Folder, file), src, module.Options{
		Lib: q.Lib,
		Read: func(name string) (string, []byte, bool) {
			src, err := fs.ReadFile(q.Modules, name+".tla")
			return path.Join(q.Folder, name+".tla"), src, err == nil
		},
	})
}

func (q Request) configFile() string {
	return cmp.Or(q.ConfigFile, path.Join(q.Folder, q.Module+".cfg"))
}

// failed is the result of a specification that could not be loaded.
func failed(kind tlc.Kind, exit int, err error) *Result {
	r := &Result{Engine: "Go", Kind: kind, Exit: exit, Problems: Problems(err)}
	r.Reason = r.Problems[0].String()
	return r
}

// Problems takes an error of the packages syntax, module, config, check and
// eval apart into its places. It is never empty; of an error without a place it
// has the text.
func Problems(err error) []Problem {
	var list []Problem
	var configs config.Errors
	var fits *check.ConfigError
	if errs, ok := syntax.AsErrors(err); ok {
		for _, e := range errs {
			list = append(list, Problem{e.File, int(e.Start.Line), int(e.Start.Col), e.Msg})
		}
	} else if errors.As(err, &configs) {
		for _, e := range configs {
			list = append(list, Problem{e.File, e.Pos.Line, e.Pos.Col, e.Msg})
		}
	} else if errors.As(err, &fits) {
		list = append(list, Problem{fits.File, fits.Pos.Line, fits.Pos.Col, fits.Msg})
	} else {
		list = append(list, Problem{Message: err.Error()})
	}
	return list
}

// Check runs the model with package check.
func (Go) Check(ctx context.Context, q Request) (*Result, error) {
	m, failed, err := q.Load()
	if m == nil {
		return failed, err
	}
	return Run(ctx, m, q), nil
}

// Run runs a model that is loaded.
func Run(ctx context.Context, m *check.Model, q Request) *Result {
	out := &Result{Engine: "Go", Workers: max(q.Workers, 1)}
	o := check.Options{
		Workers: q.Workers, IgnoreDeadlock: q.IgnoreDeadlock, Simulate: q.Simulate,
		StatesMax: q.StatesMax, BytesMax: q.BytesMax, Timeout: q.Timeout,
		Coverage: q.Coverage, Progress: q.Progress,
		Print: func(line string) {
			if len(out.Printed) < PrintedMax {
				out.Printed = append(out.Printed, line)
			} else {
				out.PrintedCut++
			}
		},
	}
	if q.Graph != nil {
		o.Graph = q.Graph(m)
	}
	out.take(m, m.Run(ctx, o), sources{files: q.Modules, lines: map[string][]string{}})
	return out
}

// sources are the texts of modules, line by line.
type sources struct {
	files fs.FS
	lines map[string][]string
}

// text is what stands at a place, on one line.
func (s sources) text(at check.Position) string {
	lines, ok := s.lines[at.Module]
	if !ok {
		src, _ := fs.ReadFile(s.files, at.Module+".tla") // one that is built in has no text here
		lines = strings.Split(string(src), "\n")
		s.lines[at.Module] = lines
	}
	first, last := int(at.Span.Start.Line), int(at.Span.End.Line)
	if first < 1 || last < first || last > len(lines) {
		return ""
	}
	var parts []string
	for n := first; n <= last; n++ {
		line := []rune(lines[n-1])
		from, to := 0, len(line)
		if n == first {
			from = min(int(at.Span.Start.Col)-1, to)
		}
		if n == last {
			to = min(int(at.Span.End.Col), to)
		}
		parts = append(parts, string(line[max(from, 0):max(from, to)]))
	}
	return oneLine(strings.Join(parts, " "))
}

func (r *Result) take(m *check.Model, c *check.Result, src sources) {
	r.Verdict = map[check.Verdict]tlc.Verdict{check.OK: tlc.OK, check.Violated: tlc.Violated}[c.Verdict]
	r.Kind, r.Property, r.Exit = tlc.Kind(c.Kind), c.Property, c.ExitCode()
	r.Generated, r.Distinct, r.Left, r.Depth = c.Generated, c.Distinct, c.Left, c.Depth
	r.Behaviours, r.Seed = c.Behaviours, c.Seed
	r.Unsupported = m.Refused
	// Of what is not supported some comes up only when it is evaluated; that ends
	// the search.
	r.whole = c.Kind == check.Unsupported && len(c.Reasons) == len(m.Refused)
	if c.Kind == check.Unsupported {
		r.Unsupported = c.Reasons
	}
	if c.Err != nil {
		r.Problems = append(r.Problems, evaluation(m, c.Err))
	}
	r.Reason = reason(c)
	if r.Verdict == tlc.Violated && len(m.Refused) > 0 {
		r.Warnings = append(r.Warnings, m.Refused...)
	}
	for _, a := range c.Actions {
		r.Actions = append(r.Actions, Action{a.Name, a.At.String(), a.Taken, a.Distinct, a.Initial})
	}
	for _, k := range c.Costs {
		r.Costs = append(r.Costs, Cost{k.At.String(), k.Name, src.text(k.At), k.Depth, k.Count})
	}
	for _, i := range c.Implications {
		r.Implications = append(r.Implications, Implication{
			Property: i.Property, Definition: i.Definition, Module: i.At.Module, Line: int(i.At.Span.Start.Line), Column: int(i.At.Span.Start.Col),
			Text: i.Text, Antecedent: i.Antecedent, ForAll: i.ForAll, Evaluated: i.Evaluated, Reached: i.Reached,
		})
	}
	for _, s := range c.Trace {
		state := newCall(m, s.Call).step(s.Number, s.Action)
		if !s.At.IsZero() {
			state.At = s.At.String()
		} else if s.Number == 1 {
			state.Action, state.Disjunct = initialAction, initialAction
		}
		for _, v := range s.Variables {
			state.Vars = append(state.Vars, newVariable(v.Name, v.Text))
		}
		r.Trace = append(r.Trace, state)
	}
}

// step is a step of this action, which TLC calls disjunct, to the state with that
// number.
func (c Call) step(number int, disjunct string) State {
	return State{Number: number, Disjunct: disjunct}.by(c)
}

func (s State) by(c Call) State {
	s.Action, s.Params, s.Args, s.Picked, s.Picks = c.Action, c.Params, c.Args, c.Picked, c.Picks
	return s
}

func newCall(m *check.Model, c check.Call) Call {
	out := Call{Action: c.Name, Params: c.Params, Picked: c.Picked}
	for _, v := range c.Picks {
		out.Picks = append(out.Picks, m.Store.PrintValue(v))
	}
	for _, a := range c.Args {
		out.Args = append(out.Args, m.Store.PrintValue(a))
	}
	if len(out.Params) != len(out.Args) {
		out.Params = nil // some are operators
	}
	return out
}

// reason is one sentence about a result that is not OK.
func reason(c *check.Result) string {
	if c.Verdict == check.OK {
		return ""
	}
	switch c.Kind {
	case check.Deadlock:
		return fmt.Sprintf("deadlock after %d states", len(c.Trace))
	case check.Assert, check.Evaluation:
		if c.Err == nil {
			break
		}
		text := oneLine(c.Err.Error())
		var e *eval.Error
		if errors.As(c.Err, &e) {
			text = oneLine(e.Msg)
		}
		if c.Property != "" && c.Kind == check.Evaluation {
			text = "evaluating " + c.Property + ": " + text
		}
		return text
	}
	if c.Verdict == check.Violated {
		return fmt.Sprintf("%s %s is violated", c.Kind, c.Property)
	}
	if len(c.Reasons) > 0 {
		return strings.Join(c.Reasons, "; ")
	}
	return string(c.Kind)
}

// evaluation gives an error of evaluation its place.
func evaluation(m *check.Model, err error) Problem {
	var e *eval.Error
	if !errors.As(err, &e) || e.Site == nil {
		return Problems(err)[0]
	}
	p := Problem{e.Site.Module + ".tla", int(e.Site.Span.Start.Line), int(e.Site.Span.Start.Col), oneLine(e.Msg)}
	for _, known := range m.Spec.Modules {
		if known.Name == e.Site.Module {
			p.File = known.File
		}
	}
	return p
}
