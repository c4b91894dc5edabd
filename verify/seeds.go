package verify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/observe"
	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/linearizability"
)

// SeedsConfig says which simulated runs to make.
type SeedsConfig struct {
	Seed  uint64       // of the first; the others follow it
	Seeds int          // how many
	Plans []fault.Plan // taken in turn; nil is the system's

	// Twice makes each of the first so many runs again, and compares. The
	// second time every step is held to the contract of impl/protocol.
	Twice int

	// Keep writes the files of the first so many runs to Dir, besides those
	// of runs that fail.
	Keep int
	Dir  string

	// StopAtFirst ends at the first failure.
	StopAtFirst bool

	Parallel int // runs at a time; 0 is 2
	Progress func(done int, sum sim.Stats)
}

// SeedsResult is what simulated runs came to.
type SeedsResult struct {
	Runs       int
	Stats      sim.Stats // summed up
	Histories  int       // judged linearizable
	Undecided  []string  // why histories, or whole runs, have no verdict
	Failures   []Failure // by seed
	Slices     refine.Collector
	TraceBytes int64 // of the traces that were written
	TraceCount int   // and their events
	Files      []string
}

// Failure is a simulated run that went wrong.
type Failure struct {
	Seed   uint64
	Plan   string
	Check  string // CheckInvariant or CheckHistory
	Reason string
	Files  []string
}

// seedRun is one run with all that it left.
type seedRun struct {
	result  *sim.Result
	events  []trace.Event
	history *linearizability.History
	strange error  // what the clients saw does not even decode
	text    []byte // the history, as a file holds it
}

// RunSeeds makes simulated runs of the system, and judges each by the
// invariant and its history. The slices of their traces are collected for the
// validation against the specification. The error is about what kept it from
// running; ctx ends it with an error.
func RunSeeds(ctx context.Context, s System, c SeedsConfig) (*SeedsResult, error) {
	if c.Plans == nil {
		c.Plans = s.Plans
	}
	if len(c.Plans) == 0 {
		c.Plans = []fault.Plan{{Name: "none"}}
	}
	out := &SeedsResult{}
	var mu sync.Mutex
	stop := errors.New("stop")
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(c.Parallel, 1))
	if c.Parallel == 0 {
		g.SetLimit(2)
	}
	for i := range c.Seeds {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			seed, plan := c.Seed+uint64(i), c.Plans[i%len(c.Plans)]
			run, err := s.simulate(seed, plan, false)
			if err != nil {
				return err
			}
			again := ""
			if i < c.Twice {
				second, err := s.simulate(seed, plan, true)
				if err != nil {
					return err
				}
				if v := second.result.Violation; v != nil && run.result.Violation == nil {
					again = v.Error()
				} else if second.result.Hash != run.result.Hash {
					again = fmt.Sprintf("two runs of the seed differ: hashes %s and %s", run.result.HashString(), second.result.HashString())
				}
			}
			slices, err := trace.Slices(s.header(seed), run.events)
			if err != nil {
				return fmt.Errorf("seed %d: %w", seed, err)
			}
			for _, x := range slices {
				out.Slices.Add(fmt.Sprintf("seed %d", seed), x)
			}
			verdict := s.judge(ctx, run)
			var files []string
			size, count := int64(0), 0
			if verdict.check != "" || again != "" || i < c.Keep {
				if files, size, count, err = s.keep(ctx, c.Dir, seed, run, verdict.history); err != nil {
					return err
				}
			}
			mu.Lock()
			defer mu.Unlock()
			out.Runs++
			out.Files = append(out.Files, files...)
			out.TraceBytes += size
			out.TraceCount += count
			add(&out.Stats, run.result.Stats)
			if again != "" {
				out.Failures = append(out.Failures, Failure{seed, plan.Name, CheckInvariant, again, files})
			}
			switch {
			case verdict.check != "":
				out.Failures = append(out.Failures, Failure{seed, plan.Name, verdict.check, verdict.reason, files})
			case verdict.unknown != "":
				out.Undecided = append(out.Undecided, fmt.Sprintf("seed %d: %s", seed, verdict.unknown))
			default:
				out.Histories++
			}
			if c.Progress != nil {
				c.Progress(out.Runs, out.Stats)
			}
			if c.StopAtFirst && len(out.Failures) > 0 {
				return stop
			}
			return nil
		})
	}
	err := g.Wait()
	sort.Slice(out.Failures, func(i, j int) bool { return out.Failures[i].Seed < out.Failures[j].Seed })
	sort.Strings(out.Undecided)
	sort.Strings(out.Files)
	if errors.Is(err, stop) {
		err = nil
	}
	return out, err
}

func (s System) header(seed uint64) trace.Header {
	h := trace.Header{Seed: seed, Sliced: s.Sliced, Constants: s.TraceConstants}
	if s.Trace != nil {
		h.Spec = s.Trace.Module
	}
	for _, n := range s.Protocol().Nodes() {
		h.Nodes = append(h.Nodes, string(n))
	}
	return h
}

// simulate makes one run.
func (s System) simulate(seed uint64, plan fault.Plan, contract bool) (*seedRun, error) {
	var events memory
	history := newHistory(s, seed, plan.Name)
	config := sim.Config{
		Protocol: s.Protocol(), Seed: seed, Plan: plan, Workload: s.Workload(),
		Clients: s.Clients, OpsPerClient: s.OpsPerClient, Invariant: s.Invariant, CheckContract: contract,
	}
	if config.OpsPerClient == 0 {
		config.OpsPerClient = 5
	}
	var recorder *observe.Recorder
	if s.Trace != nil {
		recorder = observe.New(&events)
		config.Observer = recorder.Observe
	}
	if s.Model != nil {
		config.History = history
	}
	result, err := sim.Run(config)
	if err != nil {
		return nil, fmt.Errorf("seed %d: %w", seed, err)
	}
	run := &seedRun{result: result, events: events.list}
	if recorder != nil && recorder.Err() != nil {
		return nil, fmt.Errorf("seed %d: the trace: %w", seed, recorder.Err())
	}
	if s.Model != nil {
		run.history, run.strange = history.recorder.History(s.Model)
		run.text = history.text.Bytes()
	}
	return run, nil
}

// judgement is what a run came to: a check that found something, or a reason
// to know nothing, or neither.
type judgement struct {
	check, reason, unknown string
	history                *linearizability.Result
}

func (s System) judge(ctx context.Context, run *seedRun) judgement {
	var j judgement
	if v := run.result.Violation; v != nil {
		j.check, j.reason = CheckInvariant, v.Error()
		return j
	}
	j.unknown = run.result.Incomplete
	if s.Model == nil {
		return j
	}
	if run.strange != nil {
		j.check, j.reason = CheckHistory, run.strange.Error()
		return j
	}
	res := linearizability.Check(ctx, s.Model, run.history, linearizability.Options{})
	j.history = &res
	switch res.Verdict {
	case linearizability.VerdictViolated:
		j.check, j.reason = CheckHistory, res.Reason
	case linearizability.VerdictUnknown:
		if j.unknown == "" {
			j.unknown = res.Reason
		}
	}
	return j
}

// keep writes the files of a run.
func (s System) keep(ctx context.Context, dir string, seed uint64, run *seedRun, res *linearizability.Result) (files []string, size int64, count int, err error) {
	if dir == "" {
		return nil, 0, 0, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, 0, 0, err
	}
	name := func(suffix string) string {
		f := filepath.Join(dir, fmt.Sprintf("seed-%d.%s", seed, suffix))
		files = append(files, f)
		return f
	}
	if err := write(name("schedule"), func(f *os.File) error {
		_, err := run.result.Schedule.WriteTo(f)
		return err
	}); err != nil {
		return nil, 0, 0, err
	}
	if s.Trace != nil {
		err := write(name("trace.ndjson"), func(f *os.File) error {
			w, err := trace.NewWriter(f, s.header(seed))
			if err != nil {
				return err
			}
			for _, e := range run.events {
				if err := w.Write(e); err != nil {
					return err
				}
			}
			count, size = w.Size()
			return nil
		})
		if err != nil {
			return nil, 0, 0, err
		}
	}
	if len(run.text) > 0 {
		if err := write(name("history.ndjson"), func(f *os.File) error {
			_, err := f.Write(run.text)
			return err
		}); err != nil {
			return nil, 0, 0, err
		}
	}
	if res != nil && run.result.Returned > 0 {
		f := filepath.Join(dir, fmt.Sprintf("seed-%d.history.html", seed))
		// A history in which nothing was read or written has no picture.
		if _, err := linearizability.DrawFile(ctx, f, s.Model, run.history, *res, 0); err == nil {
			files = append(files, f)
		}
	}
	return files, size, count, nil
}

// write makes a file, whole or not at all.
func write(name string, body func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(body(f), f.Close()); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o666); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// memory keeps a trace.
type memory struct {
	list []trace.Event
	seq  map[string]uint64
}

func (m *memory) Write(e trace.Event) error {
	if m.seq == nil {
		m.seq = map[string]uint64{}
	}
	m.seq[e.Node]++
	e.Seq = m.seq[e.Node]
	m.list = append(m.list, e)
	return nil
}

func add(sum *sim.Stats, s sim.Stats) {
	sum.Events += s.Events
	for k, n := range s.Choices {
		sum.Choices[k] += n
	}
	for k, n := range s.Faults {
		sum.Faults[k] += n
	}
	sum.Messages += s.Messages
	sum.Simulated += s.Simulated
	sum.Invoked += s.Invoked
	sum.Returned += s.Returned
	sum.Unknown += s.Unknown
}
