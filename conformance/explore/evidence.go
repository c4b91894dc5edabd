package explore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/lockstep-go/lockstep/impl/world"
	"github.com/lockstep-go/lockstep/linearizability"
)

// path returns the places of the choices that lead to a violation.
func (s *search) path(v violated) []int {
	if v.root {
		return nil
	}
	var places []int
	for a := v.arrival(); ; a = s.arrivals[a.state()] {
		places = append(places, a.choice())
		if a.state() == 0 {
			break
		}
	}
	slices.Reverse(places)
	return places
}

// evidence takes the path to a violation again, in a world that remembers
// nothing, and finds what was found: a check of the search itself.
func (s *search) evidence(v violated) (*Violation, error) {
	w, err := s.cfg.newWorld()
	if err != nil {
		return nil, err
	}
	out := &Violation{Check: v.check}
	var d diagram
	d.begin(w)
	var past *past
	if s.pasts != nil {
		past = s.pasts.first()
	}
	var checker StepChecker
	var tracker StepTracker
	memory := uint32(0)
	if v.check == CheckStep {
		if checker, err = s.cfg.Steps(); err != nil {
			return nil, err
		}
		if tracker, _ = checker.(StepTracker); tracker != nil {
			memory, out.Err = tracker.Start(w)
		}
	}
	places := s.path(v)
	for i, place := range places {
		choices := w.Choices()
		if place >= len(choices) {
			return nil, strange(out, "choice %d is number %d of %d", i+1, place+1, len(choices))
		}
		c := choices[place]
		out.Schedule = append(out.Schedule, c)
		before := w.Clone()
		st, wrong := apply(w, c)
		if wrong != nil {
			d.row(before, c, nil)
			if i < len(places)-1 || v.check != CheckContract {
				return nil, strange(out, "choice %d of %d fails: %v", i+1, len(places), wrong)
			}
			out.Err = wrong
			break
		}
		d.row(before, c, &st)
		if past != nil {
			if past, err = s.pasts.step(past, &st, s.cfg.Final); err != nil {
				return nil, err
			}
		}
		switch {
		case tracker != nil:
			memory, out.Err = tracker.Step(memory, before, w, &st)
		case checker != nil && i == len(places)-1:
			out.Err = checker.Check(before, w, c, &st)
		}
		if out.Err != nil && i < len(places)-1 {
			return nil, strange(out, "choice %d of %d is no step: %v", i+1, len(places), out.Err)
		}
	}
	out.Diagram = d.String()
	switch v.check {
	case CheckInvariant:
		out.Err = s.cfg.Invariant(w)
	case CheckHistory:
		if j := s.pasts.judge(context.Background(), past); j != nil && j.violated != "" {
			out.Err = errors.New(j.violated)
		}
	}
	if past != nil {
		if out.History, err = s.pasts.history(past); err != nil && v.check != CheckHistory {
			return nil, err
		}
	}
	if out.Err == nil {
		return nil, strange(out, "the %s check finds nothing", v.check)
	}
	return out, nil
}

func strange(v *Violation, format string, args ...any) error {
	return fmt.Errorf("a violation (%s) cannot be reproduced: %s; the protocol is not deterministic, or encodes different states alike: see Config.CheckContract",
		v.Check, fmt.Sprintf(format, args...))
}

// Replay applies a schedule and returns the world, and what its clients saw:
// nil without a model. It stops at a choice that is not open, or at which a
// node breaks its contract, with an error.
func Replay(cfg Config, schedule []world.Choice) (*world.World, *linearizability.History, error) {
	w, err := cfg.newWorld()
	if err != nil {
		return nil, nil, fmt.Errorf("explore: %w", err)
	}
	var p *pasts
	var x *past
	if cfg.Model != nil {
		p = newPasts(cfg.Model, cfg.Clients)
		x = p.first()
	}
	for i, c := range schedule {
		st, err := apply(w, c)
		if err == nil && p != nil {
			x, err = p.step(x, &st, cfg.Final)
		}
		if err != nil {
			return w, nil, fmt.Errorf("explore: choice %d of %d: %w", i+1, len(schedule), err)
		}
	}
	if p == nil {
		return w, nil, nil
	}
	h, err := p.history(x)
	return w, h, err
}
