package models

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// traceSpec is the specification of a model, with the model's constants and
// replacements, as traces are held against it.
func traceSpec(t *testing.T, f specs.Family, m specs.Model) refine.Spec {
	t.Helper()
	text, err := f.ConfigText(m)
	require.NoError(t, err)
	c, err := config.Parse(m.Config, text)
	require.NoError(t, err)
	s, err := refine.Spec{Modules: f.Files, Module: m.Module}.WithConfig(c)
	require.NoError(t, err)
	if c.Specification.Given() {
		s.Init, s.Next = behaviour(t, f, m, c.Specification.Name)
	}
	return s
}

// behaviour returns the names that stand in a specification, Init /\ [][Next]_vars and
// more, for the first two.
func behaviour(t *testing.T, f specs.Family, m specs.Model, name string) (init, next string) {
	t.Helper()
	q, err := request(f, m, Options{})
	require.NoError(t, err)
	spec, err := q.Spec()
	require.NoError(t, err)
	of := func(name string) []syntax.Expr {
		d, ok := spec.Root.Lookup(name).Object.(*module.Definition)
		require.True(t, ok, name)
		return conjuncts(d.Body)
	}
	parts := of(name)
	for len(parts) > 0 {
		a, ok := parts[0].(*syntax.Apply)
		require.True(t, ok && len(a.Qualifiers) == 0 && len(a.Args) == 0, "%s does not begin with the name of a predicate", name)
		if !strings.HasSuffix(a.Name, "Spec") {
			init = a.Name
			break
		}
		parts = append(of(a.Name), parts[1:]...) // FairSpec == Spec /\ WF_vars(Next)
	}
	always, ok := parts[1].(*syntax.Apply)
	require.True(t, ok && always.Name == "[]", "%s is not Init /\\ [][Next]_vars", name)
	step, ok := always.Args[0].(*syntax.Box)
	require.True(t, ok, name)
	a, ok := step.Action.(*syntax.Apply)
	require.True(t, ok && len(a.Qualifiers) == 0 && len(a.Args) == 0, name)
	return init, a.Name
}

// traceEvents writes a counterexample as the events of a trace: each step by its
// action, its arguments and all variables after it.
func traceEvents(t *testing.T, r *engine.Result) (events []trace.Event) {
	t.Helper()
	for _, s := range r.Trace[1:] {
		e := trace.Event{Node: "model", Action: s.Action, Vars: map[string]any{}}
		for _, a := range s.Args {
			v, err := tlc.ParseValue(a)
			require.NoError(t, err)
			e.Args = append(e.Args, traceValue(v))
		}
		for _, v := range s.Vars {
			e.Vars[v.Name] = traceValue(v.Value)
		}
		events = append(events, e)
	}
	return events
}

// traceValue writes a value, as tlc.ParseValue returns it, as a trace does.
func traceValue(v any) any {
	list := func(vs []any) []any {
		out := make([]any, len(vs))
		for i, x := range vs {
			out[i] = traceValue(x)
		}
		return out
	}
	switch v := v.(type) {
	case tlc.ModelValue:
		return string(v)
	case tlc.Set:
		return trace.Set(list(v))
	case tlc.Tuple:
		return trace.Tuple(list(v))
	case tlc.Record:
		out := map[string]any{}
		for _, field := range v {
			out[field.Name] = traceValue(field.Value)
		}
		return out
	case tlc.Function:
		out := make(trace.Func, len(v))
		for i, p := range v {
			out[i] = [2]any{traceValue(p.Argument), traceValue(p.Value)}
		}
		return out
	}
	return v // bool, int64, string
}

// tracedBy asserts that a trace can log the behaviour that a model checker has
// found, and that the specification then recognises it: every step has the name of
// an action, and arguments.
func tracedBy(t *testing.T, v refine.Validator, f specs.Family, m specs.Model, r *engine.Result) {
	t.Helper()
	if len(r.Trace) < 2 || r.Loop > 0 {
		return
	}
	spec, events := traceSpec(t, f, m), traceEvents(t, r)
	judge := func(events []trace.Event) *refine.Report {
		report, err := v.Validate(t.Context(), spec, []trace.Slice{{Name: m.Name, Events: events}})
		require.NoError(t, err)
		return report
	}
	report := judge(events)
	reason := report.Reason
	for _, x := range report.Rejected {
		reason += "\n" + x.Event.Action + ": " + x.Reason
	}
	assert.Equal(t, refine.OK, report.Verdict, "%s", reason)

	// Not with another value of what the last step changes.
	last := &events[len(events)-1]
	before := r.Trace[len(r.Trace)-2].Vars
	for i, x := range r.Trace[len(r.Trace)-1].Vars {
		if x.Text != before[i].Text {
			last.Vars = maps.Clone(last.Vars)
			last.Vars[x.Name] = "no such value"
			assert.Equal(t, refine.Violated, judge(events).Verdict, x.Name)
			return
		}
	}
}
