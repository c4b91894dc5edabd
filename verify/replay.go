package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/lockstep-go/lockstep/chaos/fault"
	"github.com/lockstep-go/lockstep/chaos/sim"
	"github.com/lockstep-go/lockstep/conformance/explore"
	"github.com/lockstep-go/lockstep/conformance/observe"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// ReplayResult is what the replay of a schedule came to.
type ReplayResult struct {
	Verdict Verdict
	Check   string // that is violated: CheckInvariant, CheckHistory or explore.CheckStep
	Reason  string // unless the verdict is ok

	Result *sim.Result
	Header trace.Header
	Events []trace.Event

	// History is nil when there is none, or when an invariant is violated.
	History *linearizability.Result
}

// ReadSchedule reads a schedule of a system that find knows by its name.
// Errors begin with the file's name and the line.
func ReadSchedule(file string, r io.Reader, find func(name string) (System, error)) (*fault.Schedule, System, error) {
	var s System
	schedule, _, err := fault.ReadSchedule(file, r, func(h fault.Header) (p protocol.Protocol, err error) {
		if s, err = find(h.Protocol); err != nil {
			return nil, err
		}
		for _, o := range h.Options {
			if o.Name != worldOption {
				return nil, fmt.Errorf("%s takes the option %s alone, found option %s", s.Name, worldOption, o.Name)
			}
			w, err := s.FindWorld(o.Value)
			if err != nil {
				return nil, err
			}
			if w.Protocol != nil {
				s.Protocol = w.Protocol
			}
		}
		return s.Protocol(), nil
	})
	return schedule, s, err
}

// Replay does what the schedule says, choice by choice, and judges it as a
// simulated run is judged, the specification left out; but a schedule of a
// World is held against that too, as its exploration is. watch, if set, is told
// of every choice. A choice that is not open is an error.
func Replay(ctx context.Context, s System, schedule *fault.Schedule, watch func(world.View, world.Step)) (*ReplayResult, error) {
	var events memory
	history := newHistory(s, schedule.Seed, schedule.Plan)
	config := sim.Config{Protocol: s.Protocol(), Invariant: s.Invariant, Watch: watch}
	if s.Workload != nil {
		config.Workload = s.Workload()
	}
	var recorder *observe.Recorder
	if s.Trace != nil {
		recorder = observe.New(&events)
		config.Observer = recorder.Observe
	}
	if s.Model != nil {
		config.History = history
	}
	result, err := sim.Replay(schedule, config)
	if err != nil {
		return nil, err
	}
	run := &seedRun{result: result, events: events.list}
	if recorder != nil && recorder.Err() != nil {
		return nil, fmt.Errorf("the trace: %w", recorder.Err())
	}
	if s.Model != nil {
		if run.history, err = history.recorder.History(s.Model); err != nil {
			return nil, fmt.Errorf("the history: %w", err)
		}
	}
	j := s.judge(ctx, run)
	out := &ReplayResult{Verdict: OK, Check: j.check, Result: result, Header: s.header(schedule.Seed), Events: run.events, History: j.history}
	switch {
	case j.check != "":
		out.Verdict, out.Reason = Violated, j.reason
	case j.unknown != "":
		out.Verdict, out.Reason = Unknown, j.unknown
	}
	if out.Verdict != Violated && slices.ContainsFunc(schedule.Options, func(o fault.Option) bool { return o.Name == worldOption }) {
		if err := s.replaySteps(schedule); err != nil {
			out.Verdict, out.Check, out.Reason = Violated, explore.CheckStep, err.Error()
			if errors.Is(err, explore.ErrUndecided) {
				out.Verdict, out.Check = Unknown, ""
			}
		}
	}
	if err := ctx.Err(); err != nil && out.Verdict == OK {
		return nil, err
	}
	return out, nil
}

// replaySteps holds each choice of a schedule against the specification, if the
// protocol maps worlds to it.
func (s System) replaySteps(schedule *fault.Schedule) error {
	p := s.Protocol()
	if _, maps := p.(protocol.WorldMapped); !maps || s.Trace == nil {
		return nil
	}
	undecided := func(err error) error { return fmt.Errorf("%w: %w", explore.ErrUndecided, err) }
	checkers, err := s.refining(p)
	if err != nil {
		return undecided(err)
	}
	checker, err := checkers()
	if err != nil {
		return undecided(err)
	}
	tracker, ok := checker.(explore.StepTracker)
	if !ok {
		return undecided(fmt.Errorf("expected a checker of steps that remembers the way to a state, found %T", checker))
	}
	w, err := world.New(p, world.Options{})
	if err != nil {
		return undecided(err)
	}
	memory, err := tracker.Start(w)
	for i, e := range schedule.Events {
		if err != nil {
			return err
		}
		before := w.Clone()
		w.SetNow(e.At)
		st, failed := w.Apply(e.Choice)
		if failed != nil {
			return undecided(fmt.Errorf("choice %d: %w", i+1, failed))
		}
		if memory, err = tracker.Step(memory, before, w, &st); err != nil {
			return fmt.Errorf("choice %d of %d: %w", i+1, len(schedule.Events), err)
		}
	}
	return err
}
