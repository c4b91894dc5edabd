package verify

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/specs"
)

func TestWorse(t *testing.T) {
	assert.Equal(t, OK, worse(OK, OK))
	assert.Equal(t, Unknown, worse(OK, Unknown))
	assert.Equal(t, Violated, worse(Unknown, Violated))
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		assert.Equal(t, want, count(n))
	}
}

func TestAMutantMustBeCaughtByAllThatAreSaidToCatchIt(t *testing.T) {
	m := Mutant{Name: "m", CaughtBy: []string{CheckHistory, CheckTrace}}
	judged := func(r MutantResult) Stage {
		var st Stage
		judgeMutant(m, r, &st)
		return st
	}
	assert.Equal(t, OK, judged(MutantResult{CaughtBy: map[string]string{CheckHistory: "x", CheckTrace: "y"}}).Verdict)
	one := judged(MutantResult{Seeds: 7, CaughtBy: map[string]string{CheckHistory: "x"}})
	assert.Equal(t, Violated, one.Verdict)
	assert.Contains(t, one.Reason, "not caught by trace in 7 seeds")
	assert.Equal(t, Violated, judged(MutantResult{}).Verdict)
	assert.Equal(t, Unknown, judged(MutantResult{Unknown: "no TLC", CaughtBy: map[string]string{CheckHistory: "x"}}).Verdict)
	var st Stage
	judgeMutant(Mutant{Name: "m"}, MutantResult{CaughtBy: map[string]string{CheckHistory: "x"}}, &st)
	assert.Equal(t, Unknown, st.Verdict, "a mutant that nothing must catch shows nothing")
}

func TestFailpointsThatNothingReaches(t *testing.T) {
	for want, hits := range map[Verdict]map[string]uint64{
		OK: {"a": 1, "b": 2}, Violated: {"a": 1, "b": 0}, Unknown: nil,
	} {
		st := Stage{Verdict: OK}
		reached(&st, hits)
		assert.Equal(t, want, st.Verdict)
	}
}

func TestTracesOfAMissingSpecificationAreUnknown(t *testing.T) {
	s := System{Name: "s", Trace: &refine.Spec{Module: "S", Modules: fstest.MapFS{}}}
	var c refine.Collector
	c.Add("", trace.Slice{Events: []trace.Event{{Node: "n", Action: "A"}}})
	p := &pipeline{Options: Options{TLCMissing: "no Java"}}
	var st Stage
	p.traces(t.Context(), s, &c, &st)
	assert.Equal(t, Unknown, st.Verdict)
	assert.NotEmpty(t, st.Reason)
}

// The models of a specification: what the Go engine checks is ok without TLC, and
// the line says that nothing was compared; a temporal property is unknown; a
// figure that is off is violated.
func TestModels(t *testing.T) {
	f, err := specs.LoadFamily(os.DirFS("models/testdata"), "clock")
	require.NoError(t, err)
	all := f.Models
	stage := func(o Options, models ...specs.Model) Stage {
		f.Models = models
		p := &pipeline{Options: o}
		st := Stage{Name: "models"}
		p.models(t.Context(), System{Name: "clock", Spec: &f}, &st)
		return st
	}
	named := func(name string) specs.Model {
		for _, m := range all {
			if m.Name == name {
				return m
			}
		}
		t.Fatalf("no model %s", name)
		return specs.Model{}
	}
	o := Options{Models: []string{"smoke"}, TLCMissing: "no Java"}

	st := stage(o, named("broken"))
	assert.Equal(t, OK, st.Verdict, st.Reason)
	assert.Contains(t, st.Summary, "1 of 1 models as recorded, 1 of them fail as they must")
	assert.Contains(t, st.Summary, "1 not cross-checked: no Java")

	st = stage(o, named("broken"), named("day"))
	assert.Equal(t, Unknown, st.Verdict)
	assert.Contains(t, st.Reason, "day: ")
	assert.Contains(t, st.Reason, "Ticks")
	assert.Equal(t, "lockstep check clock/day --engine both", st.Reproduce)

	wrong := named("broken")
	wrong.Generated++
	st = stage(o, wrong, named("day"))
	assert.Equal(t, Violated, st.Verdict)
	assert.Contains(t, st.Reason, "broken: states generated: recorded")
	assert.Contains(t, strings.Join(st.Evidence, "\n"), "states generated, ")

	assert.Equal(t, Unknown, stage(Options{Models: []string{"long"}}, all...).Verdict, "no model is no pass")
}

func TestNothingToVerify(t *testing.T) {
	_, err := Run(t.Context(), nil, Options{})
	require.Error(t, err)
	r, err := Run(t.Context(), []System{{Name: "empty"}}, Options{})
	require.NoError(t, err)
	assert.Equal(t, Unknown, r.Verdict, "no stage is no pass")
}

func TestAnInterruptIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := &pipeline{Options: Options{Parallel: 1}, slots: semaphore.NewWeighted(1)}
	st := p.stage(ctx, 1, Stage{Name: "x"}, func(_ context.Context, st *Stage) { st.Verdict = OK })
	p.work.Wait()
	assert.Equal(t, Unknown, st.Verdict)
}
