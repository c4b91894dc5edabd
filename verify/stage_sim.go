package verify

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
)

// twice is how many seeds are run a second time, to see that nothing but the
// seed decides.
const twice = 100

// kept is how many runs keep their files although nothing went wrong.
const kept = 3

// startSimulation begins the simulated runs and, behind them, the validation
// of their traces.
func (p *pipeline) startSimulation(ctx context.Context, s System) []func() []Stage {
	runs := &Stage{System: s.Name, Group: "simulation", Name: "seeds"}
	histories := &Stage{System: s.Name, Group: "simulation", Name: "histories"}
	traces := &Stage{System: s.Name, Group: "traces", Name: "simulated"}
	p.work.Go(func() {
		var result *SeedsResult
		p.inline(ctx, 1, runs, func(ctx context.Context, st *Stage) {
			result = p.seeds(ctx, s, runs, histories)
		})
		if s.Trace == nil {
			return
		}
		if result == nil {
			traces.unknown("there are no simulated runs")
			return
		}
		p.inline(ctx, 1, traces, func(ctx context.Context, st *Stage) {
			p.traces(ctx, s, &result.Slices, st)
			if result.TraceCount > 0 {
				st.figure("bytes per event", float64(result.TraceBytes)/float64(result.TraceCount), "B")
			}
		})
	})
	return []func() []Stage{func() []Stage {
		list := []Stage{*runs}
		if s.Model != nil {
			list = append(list, *histories)
		}
		if s.Trace != nil {
			list = append(list, *traces)
		}
		return list
	}}
}

func (p *pipeline) seeds(ctx context.Context, s System, runs, histories *Stage) *SeedsResult {
	begun := time.Now()
	dir := ""
	if p.Dir != "" {
		dir = filepath.Join(p.Dir, s.Name, "simulation")
	}
	r, err := RunSeeds(ctx, s, SeedsConfig{
		Seed: p.Seed, Seeds: p.Seeds, Twice: min(twice, p.Seeds), Keep: kept, Dir: dir, Parallel: 1,
		Progress: func(done int, sum sim.Stats) {
			if done%20 == 0 {
				p.progress(runs, int64(done), int64(p.Seeds), fmt.Sprintf("%s of %s seeds: %s events, %s faults, %.0f simulated seconds",
					count(done), count(p.Seeds), count(sum.Events), count(struck(sum)), sum.Simulated.Seconds()))
			}
		},
	})
	if r == nil || err != nil && ctx.Err() == nil {
		runs.unknown(err.Error())
		histories.unknown(err.Error())
		return nil
	}
	took := time.Since(begun).Seconds()
	faults := struck(r.Stats)
	runs.Verdict, histories.Verdict = OK, OK
	runs.Summary = fmt.Sprintf("seeds %d to %d: %s events, %s faults, %.0f simulated seconds; %d seeds twice, alike",
		p.Seed, p.Seed+uint64(r.Runs)-1, count(r.Stats.Events), count(faults), r.Stats.Simulated.Seconds(), min(twice, r.Runs))
	runs.figure("seeds", float64(r.Runs), "")
	runs.figure("events", float64(r.Stats.Events), "")
	runs.figure("messages", float64(r.Stats.Messages), "")
	runs.figure("simulated", r.Stats.Simulated.Seconds(), "s")
	if took > 0 {
		runs.figure("events per second", float64(r.Stats.Events)/took, "1/s")
		runs.figure("simulated seconds per second", r.Stats.Simulated.Seconds()/took, "")
	}
	for k, n := range r.Stats.Faults {
		runs.figure("faults: "+fault.Kind(k).String(), float64(n), "")
	}
	histories.Seconds = 0
	histories.Summary = fmt.Sprintf("%s histories linearizable (%s), %s operations", count(r.Histories), s.modelName(), count(r.Stats.Invoked))
	histories.figure("operations", float64(r.Stats.Invoked), "")
	histories.figure("answered", float64(r.Stats.Returned), "")
	histories.figure("of unknown outcome", float64(r.Stats.Unknown), "")
	if s.Invariant == nil {
		runs.Evidence = append(runs.Evidence, "the system has no invariant: only panics and the protocol contract were looked for")
	}
	for _, f := range r.Failures {
		st := runs
		if f.Check == CheckHistory {
			st = histories
		}
		if st.Verdict != Violated {
			st.violated(fmt.Sprintf("seed %d, plan %s: %s", f.Seed, f.Plan, f.Reason))
			st.Reproduce = fmt.Sprintf("lockstep chaos %s --seed %d --plan %s", s.Name, f.Seed, f.Plan)
		}
		st.Evidence = append(st.Evidence, fmt.Sprintf("seed %d, plan %s: %s", f.Seed, f.Plan, f.Reason))
		st.Files = append(st.Files, f.Files...)
	}
	if err != nil { // an interrupt: what was found until then is told
		reason := fmt.Sprintf("it was interrupted after %s of %s seeds", count(r.Runs), count(p.Seeds))
		for _, st := range []*Stage{runs, histories} {
			if st.Verdict == OK {
				st.unknown(reason)
			}
		}
	}
	// Without a model there is no line of histories to say it.
	open := histories
	if s.Model == nil {
		open = runs
	}
	if len(r.Undecided) > 0 && open.Verdict == OK {
		open.unknown(fmt.Sprintf("%d runs have no verdict: %s", len(r.Undecided), r.Undecided[0]))
		open.Evidence = append(open.Evidence, r.Undecided...)
	}
	if r.Stats.Returned == 0 && runs.Verdict == OK {
		runs.unknown("no operation was answered in any run: nothing happened that could have gone wrong")
	}
	if runs.Verdict != Violated {
		runs.Files = r.Files
	}
	return r
}

// struck counts the faults of all kinds.
func struck(s sim.Stats) int {
	n := 0
	for _, k := range s.Faults {
		n += k
	}
	return n
}

func (s System) modelName() string {
	if s.Model == nil {
		return "no model"
	}
	return s.Model.Name()
}

// traces validates the collected slices against the specification.
func (p *pipeline) traces(ctx context.Context, s System, c *refine.Collector, st *Stage) {
	r, err := (&refine.Engine{}).Validate(ctx, *s.Trace, c.Distinct())
	if err != nil {
		st.unknown(err.Error())
		return
	}
	slices, events := c.Total()
	st.Verdict, st.Reason = Verdict(r.Verdict), r.Reason
	st.Summary = fmt.Sprintf("%s slices of %s events, %s distinct: behaviours of %s", count(slices), count(events), count(r.Distinct), s.Trace.Module)
	st.figure("slices", float64(slices), "")
	st.figure("distinct slices", float64(r.Distinct), "")
	st.figure("events", float64(events), "")
	st.figure("states searched", float64(r.States), "")
	if r.Verdict != refine.OK {
		st.Summary = fmt.Sprintf("%s slices of %s events, %s distinct", count(slices), count(events), count(r.Distinct))
	}
	p.crossCheck(ctx, s, c, r, st)
	for _, x := range r.Rejected {
		st.Evidence = append(st.Evidence, x.String())
		for i, e := range x.Slice.Events[:min(x.Explained+1, len(x.Slice.Events))] {
			st.Evidence = append(st.Evidence, fmt.Sprintf("  %d. %s %v %v", i+1, e, e.Local, e.Vars))
		}
		for _, b := range x.State {
			st.Evidence = append(st.Evidence, fmt.Sprintf("  before it, %s = %s", b.Variable, b.Value))
		}
	}
}

// crossSlices bounds the slices that TLC judges after the Go engine.
const crossSlices = 300

// crossCheck lets TLC judge the first slices too, if it is there: it must come
// to the same.
func (p *pipeline) crossCheck(ctx context.Context, s System, c *refine.Collector, r *refine.Report, st *Stage) {
	if p.TLC == nil || r.Verdict == refine.Unknown {
		st.Summary += "; not cross-checked by TLC"
		if p.TLC == nil {
			st.Evidence = append(st.Evidence, "TLC has not judged them too: "+p.TLCMissing)
		}
		return
	}
	sample := sampleOf(c.Distinct(), crossSlices)
	mine, err := (&refine.Engine{}).Validate(ctx, *s.Trace, sample)
	if err != nil {
		st.unknown(err.Error())
		return
	}
	theirs, err := (&refine.TLC{Checker: p.TLC}).Validate(ctx, *s.Trace, sample)
	switch {
	case err != nil:
		st.unknown("TLC: " + err.Error())
	case theirs.Verdict == refine.Unknown:
		st.unknown("TLC: " + theirs.Reason)
	case theirs.Verdict != mine.Verdict:
		st.unknown(fmt.Sprintf("the engines disagree about %d slices: the Go engine says %s (%s), TLC %s (%s)",
			len(sample), mine.Verdict, mine.Reason, theirs.Verdict, theirs.Reason))
	default:
		st.Summary += fmt.Sprintf("; TLC says the same of %s", count(len(sample)))
	}
}

// sampleOf takes the first slices of those that share the constants that most
// have: TLC is started anew for each kind of constants.
func sampleOf(list []trace.Slice, limit int) []trace.Slice {
	kinds := map[string][]trace.Slice{}
	most := ""
	for _, s := range list {
		k := fmt.Sprint(s.Constants) // fmt sorts the keys of maps
		kinds[k] = append(kinds[k], s)
		if len(kinds[k]) > len(kinds[most]) {
			most = k
		}
	}
	return kinds[most][:min(len(kinds[most]), limit)]
}
