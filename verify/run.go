package verify

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/lockstep-go/lockstep/verify/models"
)

// defaults fills in what the zero value of Options stands for.
func (o *Options) defaults() {
	set := func(p *int, d int) {
		if *p == 0 {
			*p = d
		}
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	set(&o.Seeds, 200)
	set(&o.MutantSeeds, 100)
	set(&o.Parallel, 2)
	if o.Models == nil {
		o.Models = []string{"smoke", "standard"}
	}
	if o.TLC == nil && o.TLCMissing == "" {
		o.TLCMissing = "no TLC was given"
	}
}

// pipeline is one verification that goes on.
type pipeline struct {
	Options
	slots *semaphore.Weighted

	mu   sync.Mutex
	work sync.WaitGroup
	errs []error
}

// Run takes the systems through all stages. The error is about what kept it
// from running at all; what a stage could not find out makes that stage
// unknown. When ctx ends, the stages that have not ended are unknown.
func Run(ctx context.Context, systems []System, o Options) (*Result, error) {
	o.defaults()
	if len(systems) == 0 {
		return nil, errors.New("expected at least one system, found none")
	}
	started := time.Now()
	p := &pipeline{Options: o, slots: semaphore.NewWeighted(int64(o.Parallel))}
	groups := make([][]func() []Stage, 0, len(systems))
	for _, s := range systems {
		groups = append(groups, p.start(ctx, s))
	}
	p.work.Wait()
	r := &Result{
		Started: started.UTC(), Seed: o.Seed, Dir: o.Dir, Verdict: OK,
		Version: fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
	}
	for _, g := range groups {
		for _, stages := range g {
			r.Stages = append(r.Stages, stages()...)
		}
	}
	for i := range r.Stages {
		st := &r.Stages[i]
		r.Verdict = worse(r.Verdict, st.Verdict)
		for j, f := range st.Files {
			if rel, err := filepath.Rel(o.Dir, f); err == nil {
				st.Files[j] = rel
			}
		}
	}
	if len(r.Stages) == 0 {
		r.Verdict = Unknown
	}
	r.Seconds = time.Since(started).Seconds()
	return r, errors.Join(p.errs...)
}

// start begins all stages of a system and returns, in the order of the
// pipeline, what will give their lines when all work is done.
func (p *pipeline) start(ctx context.Context, s System) []func() []Stage {
	var lines []func() []Stage
	one := func(st *Stage) func() []Stage { return func() []Stage { return []Stage{*st} } }

	// The cluster waits more than it works, and takes longest: it comes first,
	// and beside the others.
	var clusterLines []func() []Stage
	if s.Serve != "" && p.Binary != "" && p.ClusterDuration > 0 {
		clusterLines = append(clusterLines, p.startCluster(ctx, s)...)
	}
	if s.Spec != nil {
		lines = append(lines, one(p.stage(ctx, 1, Stage{System: s.Name, Group: "spec", Name: "models"}, func(ctx context.Context, st *Stage) {
			p.models(ctx, s, st)
		})))
		// A file that cannot be read is the stage's to tell.
		if files, err := models.Algorithms(*s.Spec); err != nil || len(files) > 0 {
			lines = append(lines, one(p.stage(ctx, 1, Stage{System: s.Name, Group: "spec", Name: "translation"}, func(ctx context.Context, st *Stage) {
				p.translation(ctx, s, st)
			})))
		}
	}
	lines = append(lines, p.startExploration(ctx, s)...)
	if s.Workload != nil {
		lines = append(lines, p.startSimulation(ctx, s)...)
	}
	lines = append(lines, clusterLines...)
	if p.FailpointBinary != "" {
		for _, m := range s.Mutants {
			lines = append(lines, one(p.stage(ctx, 1, Stage{System: s.Name, Group: "mutants", Name: m.Name}, func(ctx context.Context, st *Stage) {
				p.mutant(ctx, s, m, st)
			})))
		}
	}
	return lines
}

// stage runs body in the background when weight slots are free, and fills in
// the verdict if body finds nothing wrong.
func (p *pipeline) stage(ctx context.Context, weight int64, st Stage, body func(context.Context, *Stage)) *Stage {
	out := &st
	p.work.Go(func() { p.inline(ctx, weight, out, body) })
	return out
}

// inline is stage, in the foreground.
func (p *pipeline) inline(ctx context.Context, weight int64, st *Stage, body func(context.Context, *Stage)) {
	if err := p.slots.Acquire(ctx, min(weight, int64(p.Parallel))); err != nil {
		st.unknown("it was interrupted before it began")
		return
	}
	defer p.slots.Release(min(weight, int64(p.Parallel)))
	p.progress(st, 0, 0, "")
	begun := time.Now()
	body(ctx, st)
	st.Seconds = time.Since(begun).Seconds()
	if ctx.Err() != nil && st.Verdict == OK {
		st.unknown("it was interrupted")
	}
	if st.Verdict == "" {
		st.unknown("it came to no verdict")
	}
	p.progress(st, 1, 1, st.Summary)
}

func (p *pipeline) progress(st *Stage, done, total int64, text string) {
	if p.Progress != nil {
		p.Progress(Progress{Stage: *st, Done: done, Total: total, Text: text})
	}
}

func (st *Stage) unknown(reason string) { st.Verdict, st.Reason = Unknown, reason }

func (st *Stage) violated(reason string) { st.Verdict, st.Reason = Violated, reason }

func (st *Stage) figure(name string, value float64, unit string) {
	st.Figures = append(st.Figures, Figure{name, value, unit})
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// count writes a number with commas: 66,074.
func count[N int | int64 | uint64](n N) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
