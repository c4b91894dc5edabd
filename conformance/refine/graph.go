package refine

import (
	"context"
	"fmt"

	"github.com/lockstep-go/lockstep/tla"
)

// graph is all states and steps of a specification with given constants.
type graph struct {
	m      *machine
	states []int32 // as a breadth-first search meets them
	depth  map[int32]int32
	steps  map[int32][]edge // from each state, each once
	total  int
}

// graphOf explores a specification. It fails if there are more than limit states.
func graphOf(ctx context.Context, m *machine, limit int) (*graph, error) {
	g := &graph{m: m, depth: map[int32]int32{}, steps: map[int32][]edge{}}
	init, err := m.init(noDemand)
	if err != nil {
		return nil, err
	}
	add := func(s, depth int32) {
		if _, ok := g.depth[s]; !ok {
			g.depth[s] = depth
			g.states = append(g.states, s)
		}
	}
	for _, s := range get(m, &m.sets, init) {
		add(s, 0)
	}
	for i := 0; i < len(g.states); i++ {
		if len(g.states) > limit {
			return nil, fmt.Errorf("the specification has more than %d states", limit)
		}
		if i&255 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		from := g.states[i]
		next, err := m.spec.Successors(get(m, &m.states, from))
		if err != nil {
			return nil, err
		}
		seen := map[edge]bool{}
		for _, n := range next {
			c, err := m.call(n.Action, n.Args)
			if err != nil {
				return nil, err
			}
			e := edge{from, c, m.state(tla.State(n.State))}
			if seen[e] {
				continue
			}
			seen[e] = true
			g.steps[from] = append(g.steps[from], e)
			g.total++
			add(e.to, g.depth[from]+1)
		}
	}
	return g, nil
}
