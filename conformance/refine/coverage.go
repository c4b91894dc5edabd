package refine

import (
	"context"
	"errors"
	"sync"
)

// coverage is what the code has reached of a specification.
type coverage struct {
	mu sync.Mutex
	of map[string]*ground // by the constants
}

// ground is the states and steps of the specification with given constants
// that the code has reached.
type ground struct {
	m      *machine
	states map[int32]bool
	steps  map[edge]bool
}

// edge is a step of the specification.
type edge struct{ from, call, to int32 }

func newCoverage() *coverage { return &coverage{of: map[string]*ground{}} }

// took notes the steps on the ways along a path that end in a set of states.
func (c *coverage) took(m *machine, x *slice, p path, to int32) {
	// The sets along the path, forwards without what is to hold at its end,
	// and then backwards to those from which its end is reached.
	sets := []int32{x.set}
	var work int64
	for _, l := range p {
		next, err := m.fire(sets[len(sets)-1], get(m, &m.calls, l.call), l.optional, &work)
		if err != nil {
			return
		}
		sets = append(sets, next)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.of[x.lines]
	if r == nil {
		r = &ground{m: m.clone(), states: map[int32]bool{}, steps: map[edge]bool{}}
		c.of[x.lines] = r
	}
	goal := map[int32]bool{}
	for _, s := range get(m, &m.sets, to) {
		goal[s] = true
		r.states[s] = true
	}
	for i := len(p) - 1; i >= 0; i-- {
		from := map[int32]bool{}
		for _, s := range get(m, &m.sets, sets[i]) {
			if p[i].optional && goal[s] {
				from[s] = true
			}
			one := m.intern([]int32{s})
			next, err := m.fire(one, get(m, &m.calls, p[i].call), false, &work)
			if err != nil {
				continue
			}
			for _, n := range get(m, &m.sets, next) {
				if goal[n] {
					from[s] = true
					r.states[s] = true
					r.steps[edge{s, p[i].call, n}] = true
				}
			}
		}
		goal = from
	}
}

// Coverage is how much of a specification with given constants the code has
// reached.
type Coverage struct {
	Constants string // as the lines of a configuration

	States, StatesReached int
	Steps, StepsReached   int // a step is a state, an action with arguments, and a next state
	Actions               []ActionCoverage
}

// ActionCoverage is how many of an action's steps the code has taken.
type ActionCoverage struct {
	Action         string
	Steps, Reached int
}

// Coverage compares what the code has reached, in all worlds that this Stepper
// and its clones have been told of, with all that the specification allows. It
// fails if the specification has more than limit states.
func (s *Stepper) Coverage(ctx context.Context, limit int) ([]Coverage, error) {
	if s.coverage == nil {
		return nil, errors.New("expected a Stepper that keeps coverage")
	}
	s.coverage.mu.Lock()
	defer s.coverage.mu.Unlock()
	var out []Coverage
	for _, lines := range sortedKeys(s.coverage.of) {
		r := s.coverage.of[lines]
		g, err := graphOf(ctx, r.m, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, g.cover(r, lines))
	}
	return out, nil
}

func (g *graph) cover(r *ground, lines string) Coverage {
	c := Coverage{Constants: lines, States: len(g.states), Steps: g.total}
	actions := map[string]*ActionCoverage{}
	for _, s := range g.states {
		if r.states[s] {
			c.StatesReached++
		}
		for _, e := range g.steps[s] {
			name := get(g.m, &g.m.calls, e.call).name
			a := actions[name]
			if a == nil {
				a = &ActionCoverage{Action: name}
				actions[name] = a
			}
			a.Steps++
			if r.steps[e] {
				a.Reached++
				c.StepsReached++
			}
		}
	}
	for _, name := range sortedKeys(actions) {
		c.Actions = append(c.Actions, *actions[name])
	}
	return c
}
