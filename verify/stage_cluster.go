package verify

import (
	"context"
	"fmt"
	"path/filepath"
	"sort"
	"time"

	"github.com/lockstep-go/lockstep/chaos/cluster"
	"github.com/lockstep-go/lockstep/linearizability"
)

// startCluster begins the runs as processes: one of the ordinary program, and
// a shorter one of the program with failpoints, in which they strike too.
func (p *pipeline) startCluster(ctx context.Context, s System) []func() []Stage {
	var lines []func() []Stage
	begin := func(name, binary string, d time.Duration, arm []cluster.Failpoint, after *sync1) *sync1 {
		run := &Stage{System: s.Name, Group: "cluster", Name: name}
		histories := &Stage{System: s.Name, Group: "cluster", Name: name + " history"}
		traces := &Stage{System: s.Name, Group: "traces", Name: "cluster " + name}
		done := newSync1()
		p.work.Go(func() {
			after.wait()
			p.progress(run, 0, 0, "")
			begun := time.Now()
			r := p.cluster(ctx, s, binary, d, arm, run, histories)
			run.Seconds = time.Since(begun).Seconds()
			done.close()
			p.progress(run, 1, 1, run.Summary)
			if s.Trace == nil {
				return
			}
			if r == nil {
				traces.unknown("there is no run of processes")
				return
			}
			p.inline(ctx, 1, traces, func(ctx context.Context, st *Stage) {
				p.traces(ctx, s, &r.Slices, st)
				if r.TraceEvents > 0 {
					st.figure("bytes per event", float64(r.TraceBytes)/float64(r.TraceEvents), "B")
				}
			})
		})
		lines = append(lines, func() []Stage {
			list := []Stage{*run, *histories}
			if s.Trace != nil {
				list = append(list, *traces)
			}
			return list
		})
		return done
	}
	first := begin("processes", p.Binary, p.ClusterDuration, nil, nil)
	if p.FailpointBinary != "" {
		begin("failpoints", p.FailpointBinary, p.ClusterDuration/3, s.Arm, first)
	}
	return lines
}

// sync1 lets one run wait for another: two clusters at a time would share two
// cores with all else.
type sync1 struct{ c chan struct{} }

func newSync1() *sync1 { return &sync1{make(chan struct{})} }

func (s *sync1) close() { close(s.c) }

func (s *sync1) wait() {
	if s != nil {
		<-s.c
	}
}

func (p *pipeline) cluster(ctx context.Context, s System, binary string, d time.Duration, arm []cluster.Failpoint, run, histories *Stage) *ClusterResult {
	dir := filepath.Join(p.Dir, s.Name, run.Group+"-"+run.Name)
	r, err := RunCluster(ctx, s, ClusterConfig{Binary: binary, Dir: dir, Seed: p.Seed, Duration: d, Arm: arm})
	if err != nil {
		run.unknown(err.Error())
		histories.unknown(err.Error())
		return nil
	}
	run.Verdict = OK
	faults := 0
	for _, name := range sortedNames(r.Stats.Faults) {
		faults += r.Stats.Faults[name]
		run.figure("faults: "+name, float64(r.Stats.Faults[name]), "")
	}
	operations := 0
	for _, name := range sortedNames(r.Stats.Operations) {
		operations += r.Stats.Operations[name]
		run.figure("operations: "+name, float64(r.Stats.Operations[name]), "")
	}
	run.Summary = fmt.Sprintf("%d processes for %v: %s operations, %d faults, %.0f op/s, p50 %v, p99 %v",
		len(s.Protocol().Nodes()), d.Round(time.Second), count(operations), faults, r.Stats.Throughput,
		r.Stats.Latency.P50.Round(100*time.Microsecond), r.Stats.Latency.P99.Round(time.Millisecond))
	run.figure("throughput", r.Stats.Throughput, "1/s")
	run.figure("latency p50", float64(r.Stats.Latency.P50)/1e6, "ms")
	run.figure("latency p99", float64(r.Stats.Latency.P99)/1e6, "ms")
	run.Files = append(run.Files, r.Plan)
	run.Files = append(run.Files, r.Traces...)
	run.Files = append(run.Files, r.Logs...)
	run.Reproduce = fmt.Sprintf("lockstep chaos %s --real --seed %d --duration %v", s.Name, p.Seed, d)
	if err := r.Problems(); err != nil {
		run.violated(err.Error())
	}
	if faults == 0 && run.Verdict == OK {
		run.unknown("no fault struck")
	}
	if len(arm) > 0 {
		reached(run, r.Hits)
	}
	histories.Files = append(histories.Files, r.Result.History)
	if r.Picture != "" {
		histories.Files = append(histories.Files, r.Picture)
	}
	switch r.History.Verdict {
	case linearizability.VerdictOK:
		histories.Verdict = OK
	case linearizability.VerdictViolated:
		histories.violated(r.History.Reason)
	default:
		histories.unknown(r.History.Reason)
	}
	histories.Summary = fmt.Sprintf("%s operations linearizable (%s): %s answered, %s of unknown outcome, in %s parts",
		count(r.History.Operations), s.modelName(), count(r.History.Returned), count(r.History.Unknown), count(r.History.Partitions))
	if histories.Verdict != OK {
		histories.Summary = fmt.Sprintf("%s operations", count(r.History.Operations))
	}
	return r
}

// reached says whether every declared failpoint was evaluated.
func reached(st *Stage, hits map[string]uint64) {
	var missed []string
	for _, name := range sortedNames(hits) {
		if hits[name] == 0 {
			missed = append(missed, name)
		}
	}
	st.figure("failpoints reached", float64(len(hits)-len(missed)), "")
	st.Summary += fmt.Sprintf("; %d of %d failpoints reached", len(hits)-len(missed), len(hits))
	switch {
	case len(hits) == 0 && st.Verdict == OK:
		st.unknown("the program holds no failpoints")
	case len(missed) > 0 && st.Verdict == OK:
		st.violated(fmt.Sprintf("%d declared failpoints were never reached: %v", len(missed), missed))
	}
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	sort.Strings(names)
	return names
}
