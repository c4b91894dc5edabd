package explore

import (
	"context"
	"errors"
	"fmt"

	"github.com/lockstep-go/lockstep/impl/world"
)

// worker looks at the choices of states. It is used by one goroutine.
type worker struct {
	*search
	memo    *world.Memo
	steps   StepChecker
	tracker StepTracker // steps, if it is one
	next    *world.World
	choices []world.Choice
	prints  []world.Footprint
	asleep  []bool

	transitions, pruned, terminal, cutStates int
	met                                      [len(world.BoundNames)]int
	cut                                      [cuts]int
	bad                                      []violated
	undecided                                string // of a history
	cannotTell                               string // of a step: the search ends
}

// expand looks at the choices of a state. It reports whether one of them went
// wrong; those after it are then not looked at.
func (k *worker) expand(ctx context.Context, x *state) (bad bool, err error) {
	x.w.Remember(k.memo)
	k.choices = x.w.AppendChoices(k.choices[:0])
	if len(k.choices) == 0 {
		k.terminal++
	}
	if len(k.choices) >= 1<<choiceBits {
		return false, fmt.Errorf("a state has %d choices, expected fewer than %d; use smaller bounds", len(k.choices), 1<<choiceBits)
	}
	if m := x.w.BoundsMet(); m != 0 {
		for i := range k.met {
			k.met[i] += int(m >> i & 1)
		}
	}
	k.wake(x)
	for i, c := range k.choices {
		if k.prune && k.asleep[i] {
			k.pruned++
			continue
		}
		at := arrivalOf(x.number, i)
		if bad, err = k.transition(ctx, x, at, i, c); bad || err != nil {
			return bad, err
		}
	}
	return false, nil
}

// transition applies a choice, checks what it did, and takes down where it led.
func (k *worker) transition(ctx context.Context, x *state, at arrival, i int, c world.Choice) (bad bool, err error) {
	k.transitions++
	x.w.CopyTo(k.next)
	st, wrong := apply(k.next, c)
	if wrong != nil {
		k.next = new(world.World) // it is not to be used after this
		k.bad = append(k.bad, violated{at: at, check: CheckContract})
		return true, nil
	}
	memory := x.memory
	if k.steps != nil {
		if memory, wrong = k.check(x, c, &st); errors.Is(wrong, ErrUndecided) {
			k.cannotTell = wrong.Error()
			return true, nil
		} else if wrong != nil {
			k.bad = append(k.bad, violated{at: at, check: CheckStep})
			return true, nil
		}
	}
	past := x.past
	if past != nil {
		if past, err = k.pasts.step(past, &st, k.cfg.Final); err != nil {
			return false, err
		}
		if past != x.past {
			if j := k.pasts.judge(ctx, past); j != nil && j.violated != "" {
				k.bad = append(k.bad, violated{at: at, check: CheckHistory})
				bad = true // but an invariant may be violated too, and comes first
			} else if j != nil && j.unknown != "" {
				k.undecided = j.unknown
			}
		}
	}
	if k.prune {
		k.prints[i].Replies = len(st.Replies) > 0
	}
	k.seen.meet(k.hash(k.next, past, memory), func(f *found, isNew bool) {
		switch {
		case f == nil:
		case isNew:
			f.key, f.past, f.memory = at, past, memory
			if k.cfg.Invariant != nil && k.cfg.Invariant(k.next) != nil {
				f.bad, bad = true, true
				k.bad = append(k.bad, violated{check: CheckInvariant, into: f})
				return
			}
			if k.expandable(k.next) {
				f.w = new(world.World)
				k.next.CopyTo(f.w)
				f.sleep = k.sleepers(nil, x, i)
			}
		default:
			bad = bad || f.bad
			if at < f.key {
				f.key = at
				if k.cfg.Symmetry && f.w != nil {
					k.next.CopyTo(f.w) // whose choices are not in the same places
				}
			}
			f.sleep = k.agree(f.sleep, x, i)
		}
	})
	return bad, nil
}

// check checks a step, and returns what is to be remembered of the way to it.
func (k *worker) check(x *state, c world.Choice, st *world.Step) (uint32, error) {
	if k.tracker != nil {
		return k.tracker.Step(x.memory, x.w, k.next, st)
	}
	return 0, k.steps.Check(x.w, k.next, c, st)
}

// apply turns a panic of a node into an error: it is a finding.
func apply(w *world.World, c world.Choice) (st world.Step, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v", c, p)
		}
	}()
	return w.Apply(c)
}

// expandable reports whether no bound on states keeps a state's choices from
// being looked at.
func (k *worker) expandable(w *world.World) bool {
	b := &k.cfg.Bounds
	cut := false
	if b.InFlight > 0 && len(w.InFlight()) > b.InFlight {
		k.cut[cutInFlight]++
		cut = true
	}
	if b.Log > 0 && w.LongestLog() > b.Log {
		k.cut[cutLog]++
		cut = true
	}
	if cut {
		k.cutStates++
	}
	return !cut
}
