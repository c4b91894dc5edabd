package sim

import (
	"fmt"

	"github.com/lockstep-go/lockstep/chaos/fault"
)

// Replay applies a schedule's choices, each of which must be open. Of the
// configuration it takes the protocol and its clocks, the observers and the
// checks, and of the workload only Final. The result of a run's schedule has
// the run's hash and tells the run's history. It stops at the first violation.
func Replay(s *fault.Schedule, cfg Config) (*Result, error) {
	rec, err := replayer(s.Header, &cfg)
	if err != nil {
		return nil, err
	}
	for i, e := range s.Events {
		if rec.res.Violation != nil {
			break
		}
		if _, _, err := rec.apply(e.At, e.Choice); err != nil {
			return nil, fmt.Errorf("replay: choice %d of %d: %w", i+1, len(s.Events), err)
		}
	}
	return rec.finish(), nil
}

func replayer(h fault.Header, cfg *Config) (*recorder, error) {
	cfg.Plan = fault.Plan{}
	if err := cfg.defaults(); err != nil {
		return nil, err
	}
	if cfg.Workload == nil {
		cfg.Workload = Resubmit(nil)
	}
	rec, err := newRecorder(cfg)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	rec.res.Schedule.Header = h
	return rec, nil
}

// Shrink looks for a short schedule that still fails. What a failure is,
// failed says; if it is nil, any violation is one. For each trial,
// configure returns the configuration to replay with, and failed, so that a
// history, say, starts afresh. Shrink returns the shortest failing schedule
// that it found and its result, and how many of the trialsMax trials it made;
// or an error if the schedule does not fail.
func Shrink(s *fault.Schedule, configure func() (cfg Config, failed func(*Result) bool), trialsMax int) (*fault.Schedule, *Result, int, error) {
	cfg, _ := configure()
	cfg.Observer = nil
	w, err := cfg.world()
	if err != nil {
		return nil, nil, 0, fmt.Errorf("shrink: %w", err)
	}
	var failure error
	trial := func(steps []fault.Step) ([]fault.Step, bool) {
		applied, _, failed, err := try(s.Header, configure, steps)
		if err != nil {
			failure = err
		}
		return applied, failed
	}
	short, trials := fault.Shrink(fault.Steps(w, s.Events), trial, trialsMax)
	if failure != nil {
		return nil, nil, trials, fmt.Errorf("shrink: %w", failure)
	}
	if short == nil {
		return nil, nil, trials, fmt.Errorf("shrink: expected a schedule that fails, found one that does not")
	}
	_, res, _, err := try(s.Header, configure, short)
	if err != nil {
		return nil, nil, trials, fmt.Errorf("shrink: %w", err)
	}
	return &res.Schedule, res, trials, nil
}

// try applies the steps that fit, and says whether they fail.
func try(h fault.Header, configure func() (Config, func(*Result) bool), steps []fault.Step) (applied []fault.Step, res *Result, failed bool, err error) {
	cfg, judge := configure()
	rec, err := replayer(h, &cfg)
	if err != nil {
		return nil, nil, false, err
	}
	for _, st := range steps {
		if rec.res.Violation != nil {
			break
		}
		fit, ok := st.Fit(rec.w)
		if !ok {
			continue
		}
		if _, _, err := rec.apply(st.At, fit.Choice); err != nil {
			continue // not open
		}
		applied = append(applied, fit)
	}
	res = rec.finish()
	if judge != nil {
		return applied, res, judge(res), nil
	}
	return applied, res, res.Violation != nil, nil
}
