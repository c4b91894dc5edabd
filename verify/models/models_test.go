package models

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/specs"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// answer is an engine that always gives the same result.
type answer struct {
	result  *engine.Result
	err     error
	request *engine.Request
}

func (a answer) Name() string { return "TLC" }

func (a answer) Check(_ context.Context, q engine.Request) (*engine.Result, error) {
	if a.request != nil {
		*a.request = q
	}
	if a.err != nil {
		return nil, a.err
	}
	r := *a.result
	return &r, nil
}

func okModel() specs.Model {
	return specs.Model{Name: "day", Module: "Clock", Config: "day.cfg", Verdict: "ok",
		Generated: 25, Distinct: 24, Depth: 24,
		Unreached: []specs.Unreached{{Action: "Strike", Why: "never"}}}
}

func okResult() *engine.Result {
	return &engine.Result{Verdict: tlc.OK, Generated: 25, Distinct: 24, Depth: 24, Engine: "TLC 2.18", Workers: 1,
		Actions: []engine.Action{
			{Name: "Init", Initial: true, Taken: 1, Distinct: 1},
			{Name: "Tick", Taken: 24, Distinct: 23},
			{Name: "Strike"},
		}}
}

func badModel() specs.Model {
	return specs.Model{Name: "stopped", Module: "Clock", Config: "day.cfg", Verdict: "violated",
		Kind: "temporal", Property: "Ticks", Generated: 2, Distinct: 1, CounterexampleDepth: 1}
}

func badResult() *engine.Result {
	return &engine.Result{Verdict: tlc.Violated, Kind: tlc.KindTemporal, Property: "Ticks", Reason: "temporal property Ticks is violated",
		Generated: 2, Distinct: 1, Trace: []engine.State{{Number: 1, Action: "Initial predicate"}}, Loop: 1}
}

func family() specs.Family {
	return specs.Family{Folder: "clock", Files: os.DirFS(filepath.Join("testdata", "clock"))}
}

func TestAsRecordedIsOK(t *testing.T) {
	var q engine.Request
	out := Check(context.Background(), answer{result: okResult(), request: &q}, family(), okModel(), Options{BytesMax: 1 << 30})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Empty(t, out.Reason)
	assert.Equal(t, []string{"TLC 2.18: ok", "25 states generated, 24 distinct, 0 left on the queue, depth 24", "2 of 3 actions taken"}, out.Evidence)
	assert.True(t, q.Actions)
	assert.Equal(t, "Clock", q.Module)
	assert.EqualValues(t, 1<<30, q.BytesMax)
	assert.Contains(t, string(q.Config), "SPECIFICATION")

	out = Check(context.Background(), answer{result: badResult()}, family(), badModel(), Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Contains(t, strings.Join(out.Evidence, "\n"), "counterexample of 1 states, then stuttering for ever\n  1: Initial predicate")
}

// Every entry of a manifest that is wrong is found out.
func TestDifferencesAreViolations(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(m *specs.Model, r *engine.Result)
	}{
		{"states generated: recorded 26, found 25", func(m *specs.Model, r *engine.Result) { m.Generated = 26 }},
		{"distinct states: recorded 23, found 24", func(m *specs.Model, r *engine.Result) { m.Distinct = 23 }},
		{"depth: recorded 0, found 24", func(m *specs.Model, r *engine.Result) { m.Depth = 0 }},
		{"action Strike (", func(m *specs.Model, r *engine.Result) { m.Unreached = nil }},
		{"action Strike is listed as unreached, but is taken", func(m *specs.Model, r *engine.Result) { r.Actions[2].Taken = 1 }},
		{"action Ring is listed as unreached, but the model has no such action", func(m *specs.Model, r *engine.Result) {
			m.Unreached = append(m.Unreached, specs.Unreached{Action: "Ring"})
		}},
		{"action InDay is listed as unreached, but the model has no such action", func(m *specs.Model, r *engine.Result) {
			r.Engine = "Go" // TLC leaves some out
			m.Unreached = append(m.Unreached, specs.Unreached{Action: "InDay"})
		}},
		{"action Tick (line 3, col 1 to line 3, col 9 of module Clock) is never taken", func(m *specs.Model, r *engine.Result) {
			r.Actions = append(r.Actions, engine.Action{Name: "Tick", At: "line 3, col 1 to line 3, col 9 of module Clock"})
		}},
		{"no coverage", func(m *specs.Model, r *engine.Result) { r.Actions = nil }},
		{"expected no error, found: temporal property Ticks is violated", func(m *specs.Model, r *engine.Result) { *r = *badResult() }},
		{"expected a violation of temporal Ticks, found no error", func(m *specs.Model, r *engine.Result) { *m = badModel() }},
		{"expected a violation of temporal Ticks, found: deadlock", func(m *specs.Model, r *engine.Result) {
			*m, *r = badModel(), *badResult()
			r.Kind, r.Property, r.Reason = tlc.KindDeadlock, "", "deadlock"
		}},
		{"expected a violation of temporal Tocks", func(m *specs.Model, r *engine.Result) {
			*m, *r = badModel(), *badResult()
			m.Property = "Tocks"
		}},
		{"states in the counterexample: recorded 2, found 1", func(m *specs.Model, r *engine.Result) {
			*m, *r = badModel(), *badResult()
			m.CounterexampleDepth = 2
		}},
	} {
		m, r := okModel(), okResult()
		c.change(&m, r)
		out := Check(context.Background(), answer{result: r}, family(), m, Options{})
		assert.Equal(t, tlc.Violated, out.Verdict, c.want)
		assert.Contains(t, out.Reason, c.want)
		assert.Contains(t, strings.Join(out.Evidence, "\n"), c.want)
	}
}

// The action of an instance may be listed by its own name.
func TestUnreachedActionOfAnInstance(t *testing.T) {
	m, r := okModel(), okResult()
	r.Actions[2].Name = "Clock!Strike"
	out := Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	r.Actions[2].Taken = 1
	out = Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Contains(t, out.Reason, "action Strike is listed as unreached, but is taken")
}

func TestUnknown(t *testing.T) {
	for want, c := range map[string]answer{
		"java is not on PATH": {err: &tlc.MissingError{What: "java", Text: "java is not on PATH"}},
		"out of memory":       {result: &engine.Result{Kind: tlc.KindCrash, Reason: "out of memory"}},
	} {
		for _, m := range []specs.Model{okModel(), badModel()} {
			out := Check(context.Background(), c, family(), m, Options{})
			assert.Equal(t, tlc.Unknown, out.Verdict)
			assert.Equal(t, want, out.Reason)
		}
	}
	m := okModel()
	m.Generated, m.Distinct, m.Depth, m.Unreached = 0, 0, 0, nil
	out := Check(context.Background(), answer{result: okResult()}, family(), m, Options{})
	assert.Equal(t, tlc.Unknown, out.Verdict, "without recorded figures there is nothing to compare with")
	assert.Contains(t, out.Reason, "no figures")
	m = okModel()
	m.Config = "missing.cfg"
	out = Check(context.Background(), answer{result: okResult()}, family(), m, Options{})
	assert.Equal(t, tlc.Unknown, out.Verdict)
}

// What varies with several workers is not compared, and the evidence says so.
func TestFiguresThatVary(t *testing.T) {
	m, r := badModel(), badResult()
	r.Generated, r.Workers = 1000, 2
	out := Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Contains(t, out.Evidence[0], "figures not compared")
	r.Workers = 1
	out = Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Equal(t, tlc.Violated, out.Verdict)

	m, r = okModel(), okResult()
	r.Depth, r.Workers = 25, 2
	out = Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Equal(t, tlc.OK, out.Verdict, out.Reason)
	assert.Contains(t, out.Evidence[0], "depth not compared")
	r.Generated++
	out = Check(context.Background(), answer{result: r}, family(), m, Options{})
	assert.Equal(t, tlc.Violated, out.Verdict, "an exhaustive search counts the same with any number of workers")
}

// clock copies the folder of testdata to where it can be written.
func clock(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "clock")
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "clock"))))
	return dir
}

func TestRecordChangesFiguresOnly(t *testing.T) {
	dir := clock(t)
	before, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	r := okResult()
	r.Actions[2].Name = "Strike"
	r.Generated, r.Distinct, r.Depth = 49, 48, 7
	var told []string
	require.NoError(t, Record(context.Background(), []engine.Engine{answer{result: r}}, dir, []string{"day"}, Options{},
		func(model string, _ *engine.Result) { told = append(told, model) }))
	assert.Equal(t, []string{"day"}, told)
	after, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	want := before.Models[0]
	want.Generated, want.Distinct, want.Depth = 49, 48, 7
	assert.Equal(t, want, after.Models[0])
	assert.Equal(t, before.Models[1:], after.Models[1:])
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 5, "no other file is written")
}

func TestRecordRefuses(t *testing.T) {
	for want, c := range map[string]answer{
		"expected no error, found: temporal property": {result: badResult()},
		"out of memory":   {result: &engine.Result{Reason: "out of memory"}},
		"no Java":         {err: errors.New("no Java")},
		"is never taken":  {result: &engine.Result{Verdict: tlc.OK, Generated: 3, Distinct: 2, Depth: 1, Actions: []engine.Action{{Name: "Tick"}, {Name: "Strike"}}}},
		"gives no figure": {result: &engine.Result{Verdict: tlc.OK}},
	} {
		dir := clock(t)
		before, err := os.ReadFile(filepath.Join(dir, specs.ManifestName))
		require.NoError(t, err)
		assert.ErrorContains(t, Record(context.Background(), []engine.Engine{c}, dir, []string{"day"}, Options{}, nil), want)
		after, err := os.ReadFile(filepath.Join(dir, specs.ManifestName))
		require.NoError(t, err)
		assert.Equal(t, string(before), string(after))
	}
	assert.ErrorContains(t, Record(context.Background(), nil, clock(t), []string{"night"}, Options{}, nil), `no model "night"`)
}

// meddling is an engine while which somebody edits the manifest.
type meddling struct {
	answer
	file, from, to string
}

func (e meddling) Check(ctx context.Context, q engine.Request) (*engine.Result, error) {
	text, err := os.ReadFile(e.file)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(e.file, []byte(strings.Replace(string(text), e.from, e.to, 1)), 0o644); err != nil {
		return nil, err
	}
	return e.answer.Check(ctx, q)
}

// What is edited while a model runs is not lost, and a model that was edited itself
// is not recorded.
func TestRecordKeepsEdits(t *testing.T) {
	dir := clock(t)
	file := filepath.Join(dir, specs.ManifestName)
	r := okResult()
	r.Actions[2].Name = "Strike"
	r.Generated, r.Distinct, r.Depth = 49, 48, 7
	before, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)

	other := meddling{answer{result: r}, file, before.Models[2].Shows, "Something else."}
	require.NoError(t, Record(t.Context(), []engine.Engine{other}, dir, []string{"day"}, Options{}, nil))
	after, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	assert.EqualValues(t, 48, after.Models[0].Distinct)
	assert.Equal(t, "Something else.", after.Models[2].Shows)

	r.Distinct = 47
	same := meddling{answer{result: r}, file, before.Models[0].Shows, "Something else again."}
	assert.ErrorContains(t, Record(t.Context(), []engine.Engine{same}, dir, []string{"day"}, Options{}, nil), "something else of it")
	after, err = specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	assert.EqualValues(t, 48, after.Models[0].Distinct)
}

// A second model checker has to agree with the first, and the time of each is
// written down.
func TestRecordByBoth(t *testing.T) {
	dir := clock(t)
	own := &engine.Result{Engine: "Go", Verdict: tlc.OK, Generated: 49, Distinct: 48, Depth: 7,
		Actions: []engine.Action{{Name: "Tick", Taken: 48}, {Name: "Strike"}}}
	other := *own
	other.Engine = "TLC"
	both := []engine.Engine{as{"Go", answer{result: own}}, as{"TLC", answer{result: &other}}}
	before, err := os.ReadFile(filepath.Join(dir, specs.ManifestName))
	require.NoError(t, err)

	other.Distinct = 47
	assert.ErrorContains(t, Record(context.Background(), both, dir, []string{"day"}, Options{}, nil), "distinct states: Go 48, TLC 47")
	after, err := os.ReadFile(filepath.Join(dir, specs.ManifestName))
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))

	other.Distinct = 48
	require.NoError(t, Record(context.Background(), both, dir, []string{"day"}, Options{}, nil))
	f, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	assert.EqualValues(t, 48, f.Models[0].Distinct)

	refusing := &engine.Result{Engine: "Go", Kind: tlc.Kind(check.Unsupported), Reason: "temporal", Unsupported: []string{"temporal"}}
	both[0] = as{"Go", answer{result: refusing}}
	other.Distinct = 47
	require.NoError(t, Record(context.Background(), both, dir, []string{"day"}, Options{}, nil), "TLC alone counts")
	assert.ErrorContains(t, Record(context.Background(), both[:1], dir, []string{"day"}, Options{}, nil), "temporal")
}

// as is a model checker under another name.
type as struct {
	name string
	answer
}

func (a as) Name() string { return a.name }

func TestTwoDigits(t *testing.T) {
	for seconds, want := range map[float64]float64{0: 0, 0.04: 0, 0.26: 0.3, 9.94: 9.9, 9.96: 10, 12.4: 12, 99.4: 99, 104: 100, 1234: 1200} {
		assert.Equal(t, want, twoDigits(seconds), "%v", seconds)
	}
}

// What claims nothing is recorded, and held against the manifest; TLC knows
// nothing of it.
func TestVacuous(t *testing.T) {
	dir := clock(t)
	own := &engine.Result{Engine: "Go", Verdict: tlc.OK, Generated: 49, Distinct: 48, Depth: 7,
		Actions: []engine.Action{{Name: "Tick", Taken: 48}, {Name: "Strike"}},
		Implications: []engine.Implication{
			{Property: "Safe", Definition: "Day", Antecedent: "hour > 24"},
			{Property: "Safe", Definition: "Day", Antecedent: "hour > 24", Line: 9},
			{Property: "Safe", Definition: "Night", Antecedent: "hour < 6", Evaluated: true},
			{Property: "Safe", Definition: "Noon", Antecedent: "hour = 12", Evaluated: true, Reached: true},
		}}
	require.NoError(t, Record(context.Background(), []engine.Engine{answer{result: own}}, dir, []string{"day"}, Options{}, nil))
	f, err := specs.LoadFamily(os.DirFS(filepath.Dir(dir)), "clock")
	require.NoError(t, err)
	assert.Equal(t, []string{"Safe: Day: hour > 24", "Safe: Night: hour < 6"}, f.Models[0].Vacuous)

	check := func(r *engine.Result) Outcome {
		return Check(context.Background(), answer{result: r}, f, f.Models[0], Options{})
	}
	assert.Equal(t, tlc.OK, check(own).Verdict)
	more, fewer, oracle := *own, *own, *own
	more.Implications = append(slices.Clone(own.Implications), engine.Implication{Property: "Safe", Definition: "Dusk", Antecedent: "hour = 20"})
	assert.Contains(t, check(&more).Reason, "claims nothing of this model, and is not recorded as vacuous: Safe: Dusk: hour = 20")
	fewer.Implications = own.Implications[:2]
	assert.Contains(t, check(&fewer).Reason, "is recorded as vacuous, but claims something: Safe: Night: hour < 6")
	oracle.Engine, oracle.Implications = "TLC 2", nil
	assert.Equal(t, tlc.OK, check(&oracle).Verdict)
}
