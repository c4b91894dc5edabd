package refine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/lockstep-go/lockstep/tla/value"
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
	r := c.of[m.lines]
	if r == nil {
		r = &ground{m: m.clone(), states: map[int32]bool{}, steps: map[edge]bool{}}
		c.of[m.lines] = r
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

// Exception says why the code need not reach some states or steps of its
// specification: what the code is, that the specification is not.
type Exception struct {
	// Action names the action whose steps are meant; empty means states.
	Action string

	// When is a TLA+ formula about the state, or about the step with the
	// next state's variables primed. The constants and definitions of the
	// specification are at hand.
	When string

	Why string
}

// Coverage is how much of a specification with given constants the code has
// reached.
type Coverage struct {
	Constants string // as the lines of a configuration

	States, StatesReached int
	Steps, StepsReached   int // a step is a state, an action with arguments, and a next state
	Actions               []ActionCoverage

	// Excused counts, for each exception of the specification in turn, what
	// was not reached and is explained by it. One that explains nothing is
	// stale.
	Excused []int

	// Missing lists states and steps that were not reached and that nothing
	// explains, those of least depth first, at most MissingMax of them;
	// MissingCut counts the others.
	Missing    []Missing
	MissingCut int
}

// MissingMax bounds Coverage.Missing.
const MissingMax = 20

// ActionCoverage is how many of an action's steps the code has taken.
type ActionCoverage struct {
	Action         string
	Steps, Reached int
}

// Missing is a state, or a step from it, that the code has not reached.
type Missing struct {
	Step  string // the action with its arguments; empty for a state
	State []Binding
	Next  []Binding // what the step changes
}

func (m Missing) String() string {
	var b strings.Builder
	if m.Step == "" {
		b.WriteString("state")
	} else {
		b.WriteString(m.Step + " from")
	}
	for _, x := range m.State {
		fmt.Fprintf(&b, " %s=%s", x.Variable, x.Value)
	}
	if m.Step != "" {
		b.WriteString(" to")
	}
	for _, x := range m.Next {
		fmt.Fprintf(&b, " %s=%s", x.Variable, x.Value)
	}
	return b.String()
}

// Whole reports whether all that was not reached is explained, and every
// exception explains something.
func (c Coverage) Whole() bool {
	return len(c.Missing) == 0 && !slices.Contains(c.Excused, 0)
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
		c, err := g.cover(r, nil, lines, s.spec.Exceptions)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// cover counts what is in r, and lists what is neither in r nor in other, which
// may be nil.
func (g *graph) cover(r, other *ground, lines string, exceptions []Exception) (Coverage, error) {
	if other == nil {
		other = &ground{}
	}
	c := Coverage{Constants: lines, States: len(g.states), Steps: g.total, Excused: make([]int, len(exceptions))}
	actions := map[string]*ActionCoverage{}
	miss := func(e edge) error {
		action := ""
		if e.call >= 0 {
			action = get(g.m, &g.m.calls, e.call).name
		}
		from := get(g.m, &g.m.states, e.from)
		to := from
		if action != "" {
			to = get(g.m, &g.m.states, e.to)
		}
		excused := false
		for i, x := range exceptions {
			if x.Action != action {
				continue
			}
			v, err := g.m.spec.Eval(exceptionName(i), from, to)
			if err != nil {
				return fmt.Errorf("exception %q: %w", x.When, err)
			}
			if v == value.True {
				c.Excused[i]++
				excused = true
				break
			}
		}
		switch {
		case excused:
		case len(c.Missing) >= MissingMax:
			c.MissingCut++
		default:
			m := Missing{State: g.m.bindings(from)}
			if action != "" {
				m.Step = g.m.callText(e.call)
				for i, b := range g.m.bindings(to) {
					if from[i] != to[i] {
						m.Next = append(m.Next, b)
					}
				}
			}
			c.Missing = append(c.Missing, m)
		}
		return nil
	}
	for _, s := range g.states {
		if r.states[s] {
			c.StatesReached++
		} else if !other.states[s] {
			if err := miss(edge{s, -1, s}); err != nil {
				return c, err
			}
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
			} else if (r.states[s] || other.states[s]) && !other.steps[e] { // of a state that was not reached, no step was
				if err := miss(e); err != nil {
					return c, err
				}
			}
		}
	}
	for _, name := range sortedKeys(actions) {
		c.Actions = append(c.Actions, *actions[name])
	}
	return c, nil
}

// withExceptions returns a module that extends the specification by a
// definition for each exception.
func (s Spec) withExceptions() (name string, src []byte) {
	var b strings.Builder
	name = s.Module + "LockstepExceptions"
	fmt.Fprintf(&b, "---- MODULE %s ----\nEXTENDS %s\n", name, s.Module)
	for i, x := range s.Exceptions {
		fmt.Fprintf(&b, "%s ==\n    (%s)\n", exceptionName(i), strings.ReplaceAll(strings.TrimSpace(x.When), "\n", "\n     "))
	}
	b.WriteString("====\n")
	return name, []byte(b.String())
}

func exceptionName(i int) string { return fmt.Sprint("LockstepException", i+1) }
