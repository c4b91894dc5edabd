package refine

import (
	"context"
	"errors"
	"fmt"

	"github.com/lockstep-go/lockstep/impl/world"
)

// Drive lets the specification drive the code: it goes along every step of the
// specification's state graph, and looks for the choices of a world by which the
// code takes that step. A step is covered when choices are found after which the
// world maps to the step's next state, and to nothing else; until the last of
// them the world is to stay in the state that the step begins in. Every choice
// on the way is checked to be a step of the specification too.
//
// The steps are taken breadth first, so that the choices which lead to a step
// are a schedule that goes along a path of the graph from an initial state.
type Drive struct {
	// Constants are those, as a protocol gives them, that the world's slice
	// will have, if it is to have one.
	Constants map[string]any

	// Worlds make the worlds to be driven. A step that cannot be taken in one
	// may be taken in another: a transaction that one client sees committed,
	// another sees refused.
	Worlds []func() (*world.World, error)

	// StatesMax bounds the states of the specification, StepChoices the
	// choices to a step of it, and Anchors the worlds that are kept for each
	// state of the specification. 0 is 100,000, 3 and 4.
	StatesMax, StepChoices, Anchors int
}

// Driven is what became of a Drive. Its Coverage counts what was taken as it was
// driven; what is Missing was not reached by explorers either, of whose worlds
// the Stepper was told.
type Driven struct {
	Coverage
	Choices int // that were tried
	Depth   int // steps of the specification on the longest path
	Longest int // choices of the longest schedule

	// Violation is a choice of the code that is no step of the specification,
	// at the end of Schedule; nil if there is none.
	Violation *StepError
	Schedule  []world.Choice
}

// anchor is a world that is in a state of the specification, and how it came
// there.
type anchor struct {
	w      *world.World
	ghost  Ghost
	up     *anchor
	via    []world.Choice
	length int // choices from the beginning
	depth  int // steps of the specification
}

func (a *anchor) schedule() []world.Choice {
	if a == nil {
		return nil
	}
	return append(a.up.schedule(), a.via...)
}

// Run drives a world of the stepper's protocol. The error is for what keeps it
// from being told, such as too many states.
func (d Drive) Run(ctx context.Context, s *Stepper) (*Driven, error) {
	d.StatesMax, d.StepChoices, d.Anchors = orElse(d.StatesMax, 100_000), orElse(d.StepChoices, 3), orElse(d.Anchors, 4)
	x, err := s.begin("", d.Constants)
	if err != nil {
		return nil, err
	}
	m := s.machine(&x)
	g, err := graphOf(ctx, m, d.StatesMax)
	if err != nil {
		return nil, err
	}
	r := &driver{Drive: d, s: s, m: m, x: x, g: g, ground: &ground{m: m, states: map[int32]bool{}, steps: map[edge]bool{}}, out: &Driven{}}
	for _, make := range d.Worlds {
		if err := r.drive(ctx, make); err != nil {
			return nil, err
		}
		if r.out.Violation != nil {
			break
		}
	}
	var explored *ground
	if s.coverage != nil {
		s.coverage.mu.Lock()
		defer s.coverage.mu.Unlock()
		explored = s.coverage.of[m.lines]
	}
	r.out.Coverage, err = g.cover(r.ground, explored, m.lines, s.spec.Exceptions)
	return r.out, err
}

func orElse(x, otherwise int) int {
	if x == 0 {
		return otherwise
	}
	return x
}

type driver struct {
	Drive
	s      *Stepper
	m      *machine
	x      slice
	g      *graph
	ground *ground
	out    *Driven
}

// task is a step of the specification to be taken from a world.
type task struct {
	from *anchor
	edge edge
}

func (r *driver) drive(ctx context.Context, newWorld func() (*world.World, error)) error {
	w, err := newWorld()
	if err != nil {
		return err
	}
	ghost, err := r.s.Start(w)
	if err != nil {
		return err
	}
	first := &anchor{w: w, ghost: ghost}
	state, ok, err := r.state(w, ghost)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("the world does not begin in one state of the specification")
	}
	anchors := map[int32]int{}
	var queue []task
	arrive := func(state int32, a *anchor) {
		r.ground.states[state] = true
		if anchors[state] >= r.Anchors {
			return
		}
		anchors[state]++
		for _, e := range r.g.steps[state] {
			queue = append(queue, task{a, e})
		}
	}
	arrive(state, first)
	for len(queue) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		t := queue[0]
		queue = queue[1:]
		// A step that another world has taken already is of use only if it
		// leads to a state of which more worlds are wanted.
		if r.ground.steps[t.edge] && anchors[t.edge.to] >= r.Anchors {
			continue
		}
		next, err := r.take(t)
		if err != nil || r.out.Violation != nil {
			return err
		}
		if next == nil {
			continue
		}
		r.ground.steps[t.edge] = true
		r.out.Depth, r.out.Longest = max(r.out.Depth, next.depth), max(r.out.Longest, next.length)
		if t.edge.to != t.edge.from {
			arrive(t.edge.to, next)
		}
	}
	return nil
}

// state returns the state of the specification that a world is in, if it is
// one. A slice that nobody has begun is in an initial state, but for the nodes
// that are down.
func (r *driver) state(w *world.World, g Ghost) (int32, bool, error) {
	r.s.mu.RLock()
	list := r.s.list[g]
	r.s.mu.RUnlock()
	var set int32
	switch {
	case len(list) > 1:
		return 0, false, fmt.Errorf("found %d slices in a world to be driven, expected one", len(list))
	case len(list) == 1:
		if list[0].constants != r.x.constants {
			return 0, false, fmt.Errorf("found a slice with the constants\n%sexpected\n%s", r.s.machine(&list[0]).lines, r.m.lines)
		}
		set = list[0].set
	default:
		var err error
		if set, err = r.m.init(noDemand); err != nil {
			return 0, false, err
		}
		for _, id := range r.s.ids {
			if w.Up(id) {
				continue
			}
			a := r.s.proto.Crashed(id)
			args, err := r.m.values(a.Args)
			if err != nil {
				return 0, false, err
			}
			c, err := r.m.call(a.Name, args)
			if err != nil {
				return 0, false, err
			}
			if set, _, err = r.m.advance(set, path{{c, false}}, noDemand); err != nil {
				return 0, false, err
			}
		}
	}
	states := get(r.m, &r.m.sets, set)
	if len(states) != 1 {
		return 0, false, nil
	}
	return states[0], true, nil
}

// take looks for the choices that take a step from a world: nil if there are
// none.
func (r *driver) take(t task) (*anchor, error) {
	type try struct {
		w     *world.World
		ghost Ghost
		via   []world.Choice
	}
	level := []try{{t.from.w, t.from.ghost, nil}}
	seen := map[world.Hash]bool{t.from.w.Hash(): true}
	for range r.StepChoices {
		var next []try
		for _, at := range level {
			for _, c := range at.w.Choices() {
				w := at.w.Clone()
				st, err := w.Apply(c)
				if err != nil {
					return nil, err
				}
				r.out.Choices++
				via := append(at.via[:len(at.via):len(at.via)], c)
				ghost, err := r.s.Step(at.ghost, at.w, w, &st)
				var wrong *StepError
				if errors.As(err, &wrong) {
					r.out.Violation, r.out.Schedule = wrong, append(t.from.schedule(), via...)
					return nil, nil
				}
				if err != nil {
					return nil, err
				}
				state, one, err := r.state(w, ghost)
				switch {
				case err != nil:
					return nil, err
				case !one:
				case state == t.edge.to && r.took(t.edge, at.w, &st, ghost):
					return &anchor{w, ghost, t.from, via, t.from.length + len(via), t.from.depth + 1}, nil
				case state == t.edge.from && !seen[w.Hash()]:
					seen[w.Hash()] = true
					next = append(next, try{w, ghost, via})
				}
			}
		}
		level = next
	}
	return nil, nil
}

// took reports whether a choice that leads from one state to another can have
// been the action of a step: whether the action is among those that the code
// says it took, or that the protocol gives its surroundings.
func (r *driver) took(e edge, before *world.World, st *world.Step, g Ghost) bool {
	name := get(r.m, &r.m.calls, e.call).name
	for _, a := range st.Output.Actions {
		if a.Name == name {
			return true
		}
	}
	if st.Choice.Kind == world.Crash && r.s.proto.Crashed(st.Choice.Node).Name == name {
		return true
	}
	for _, m := range r.s.lost(before, st) {
		if st.Choice.Kind != world.Crash && len(st.Output.Actions) == 0 && r.s.proto.Lost(m).Name == name {
			return true
		}
	}
	return false
}
