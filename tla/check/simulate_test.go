package check

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// A simulation with the same seed is the same with any number of workers, proves
// nothing, and finds what is broken.
func TestSimulation(t *testing.T) {
	for _, f := range corpus(t) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			m := corpusModel(t, f, true)
			opts := Options{Simulate: &Simulation{Behaviours: 500, Depth: 60, Seed: 7}}
			want := m.Run(context.Background(), opts)
			if want.Property != "Broken" || want.Verdict != Violated || len(want.Trace) == 0 || want.Generated == 0 && len(want.Trace) > 1 {
				t.Fatalf("found %s, expected the broken invariant", summary(want))
			}
			for workers := 2; workers <= 3; workers++ {
				opts.Workers = workers
				if got := m.Run(context.Background(), opts); summary(got) != summary(want) || got.Behaviours != want.Behaviours {
					t.Fatalf("with %d workers found\n%s\nwith one\n%s", workers, summary(got), summary(want))
				}
			}
		})
	}
	m := corpusModel(t, "testdata/TwoPhase", false)
	lengths := map[int64]bool{}
	for seed := range int64(3) {
		r := m.Run(context.Background(), Options{Simulate: &Simulation{Behaviours: 100, Depth: 20, Seed: seed}, Workers: 2})
		if r.Verdict != Unknown || r.Kind != Sampled || r.Behaviours != 100 || r.Seed != seed || r.Generated < 1000 || r.Distinct != -1 || r.ExitCode() != 2 {
			t.Errorf("found %s, %d behaviours", summary(r), r.Behaviours)
		}
		lengths[r.Generated] = true
	}
	if len(lengths) < 2 {
		t.Error("different seeds walk the same behaviours")
	}
}

// A simulation ends at deadlocks, errors of evaluation and bounds.
func TestSimulationEnds(t *testing.T) {
	run := func(cfg string, opts Options) *Result {
		return load(t, counter, "SPECIFICATION Spec "+cfg).Run(context.Background(), opts)
	}
	sim := &Simulation{Behaviours: 1000, Depth: 50, Seed: 1}
	for cfg, want := range map[string]Kind{
		"INVARIANT Small": Invariant, "PROPERTY Steps": ActionProperty, "INVARIANT Fails": Evaluation,
		"INVARIANT Checked": Assert, "CONSTRAINT Bounded": Sampled, "CONSTRAINT Fails": Evaluation, "PROPERTY Never": InitialProperty,
	} {
		r := run(cfg, Options{Simulate: sim})
		if r.Kind != want || len(r.Trace) == 0 && want != Sampled {
			t.Errorf("%s: found %s", cfg, summary(r))
		}
	}
	m := corpusModel(t, "testdata/Dead", false)
	if r := m.Run(context.Background(), Options{Simulate: sim}); r.Kind != Deadlock {
		t.Errorf("found %s, expected the deadlock", summary(r))
	}
	if r := run("", Options{Simulate: &Simulation{Seed: 1}, Timeout: 1}); r.Kind != Stopped || !strings.Contains(r.Reasons[0], "time limit") {
		t.Errorf("found %s, expected the time limit", summary(r))
	}
}
