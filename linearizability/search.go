package linearizability

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/anishathalye/porcupine"
)

// finding is the outcome of one search.
type finding struct {
	verdict Verdict
	reason  string // of an unknown one
}

// search decides one partition with Porcupine.
func search(ctx context.Context, m Model, ops []Operation, opts Options) finding {
	g, done := newGuard(ctx, len(ops), opts)
	defer done()
	return g.finding(porcupine.CheckOperationsTimeout(g.model(m), porcupineOps(ops), 0))
}

// searchVerbose is search that also returns Porcupine's partial
// linearizations, as far as it got.
func searchVerbose(ctx context.Context, m Model, ops []Operation, opts Options) (finding, porcupine.LinearizationInfo) {
	g, done := newGuard(ctx, len(ops), opts)
	defer done()
	r, info := porcupine.CheckOperationsVerbose(g.model(m), porcupineOps(ops), 0)
	return g.finding(r), info
}

// porcupineOps gives the operations of unknown outcome an end after all else.
func porcupineOps(ops []Operation) []porcupine.Operation {
	end := lastTime(ops) + 1
	lanes := lanesOf(ops)
	out := make([]porcupine.Operation, len(ops))
	for i, o := range ops {
		out[i] = porcupine.Operation{ClientId: lanes[i], Input: o.Op, Call: o.Invoked, Output: o.Result, Return: o.Ended, Metadata: i}
		if o.Outcome != Return {
			out[i].Output, out[i].Return = nil, end
		}
	}
	return out
}

// lastTime returns the last instant that constrains the operations.
func lastTime(ops []Operation) int64 {
	var last int64
	for _, o := range ops {
		last = max(last, o.Invoked)
		if o.Outcome == Return {
			last = max(last, o.Ended)
		}
	}
	return last
}

// lanesOf gives each operation a line to be drawn on: those of one client are
// adjacent, and a client gets a further line where an operation of unknown
// outcome, which lasts for ever, would lie under its next one.
func lanesOf(ops []Operation) []int {
	used := map[string][]int64{} // by client: when each of its lanes is free
	lane := make([]int, len(ops))
	var clients []string
	for i, o := range ops {
		ends, ok := used[o.Client]
		if !ok {
			clients = append(clients, o.Client)
		}
		free := slices.IndexFunc(ends, func(t int64) bool { return t < o.Invoked })
		if free < 0 {
			free = len(ends)
			ends = append(ends, 0)
		}
		ends[free] = timeMax
		if o.Outcome == Return {
			ends[free] = o.Ended
		}
		used[o.Client], lane[i] = ends, free
	}
	slices.SortFunc(clients, func(a, b string) int { // c2 before c10
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	base, next := map[string]int{}, 0
	for _, c := range clients {
		base[c] = next
		next += len(used[c])
	}
	for i, o := range ops {
		lane[i] += base[o.Client]
	}
	return lane
}

// guard ends a search when its context or its memory does. Porcupine has no
// such limits; but a step that refuses everything makes it unwind at once. Its
// "illegal" then means nothing, while an "ok" still holds.
type guard struct {
	ctx      context.Context
	stop     atomic.Bool
	stopped  bool // a step was refused because of stop
	visited  int64
	stateMax int64
	memory   int64
}

func newGuard(ctx context.Context, n int, opts Options) (*guard, func()) {
	g := &guard{ctx: ctx, memory: opts.memoryMax()}
	// An entry of Porcupine's cache: a bit set of n, a state, a map's share.
	g.stateMax = g.memory / (int64(n)/8 + 128)
	g.stop.Store(ctx.Err() != nil)
	off := context.AfterFunc(ctx, func() { g.stop.Store(true) })
	return g, func() { off() }
}

func (g *guard) model(m Model) porcupine.Model {
	pm := porcupineModel(m)
	step, equal := pm.Step, pm.Equal
	pm.Step = func(state, op, result any) (bool, any) {
		if g.visited >= g.stateMax || g.stop.Load() {
			g.stopped = true
			return false, state
		}
		legal, next := step(state, op, result)
		if legal {
			g.visited++
		}
		return legal, next
	}
	// Porcupine compares states to find one that it has visited with the same
	// operations done: equal ones take no room.
	pm.Equal = func(a, b any) bool {
		same := equal(a, b)
		if same {
			g.visited--
		}
		return same
	}
	return pm
}

func (g *guard) finding(r porcupine.CheckResult) finding {
	switch {
	case r == porcupine.Ok:
		return finding{verdict: VerdictOK}
	case r == porcupine.Illegal && !g.stopped:
		return finding{verdict: VerdictViolated}
	case g.ctx.Err() != nil:
		return finding{VerdictUnknown, context.Cause(g.ctx).Error()}
	}
	return finding{VerdictUnknown, fmt.Sprintf("memory limit of %d bytes reached", g.memory)}
}

// porcupineModel is the model as Porcupine has it, for one partition.
func porcupineModel(m Model) porcupine.Model {
	return porcupine.Model{Init: m.Init, Step: m.Step, Equal: m.Equal, Hash: m.Hash}
}

// prefixes returns the longest of the partial linearizations, longest first.
func prefixes(ops []Operation, info porcupine.LinearizationInfo) [][]Operation {
	var orders [][]int
	for _, partition := range info.PartialLinearizations() {
		orders = append(orders, partition...)
	}
	// Porcupine collects them in a map: sort, so that equal runs say the same.
	slices.SortFunc(orders, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), slices.Compare(a, b))
	})
	orders = slices.CompactFunc(orders, slices.Equal)
	orders = orders[:min(len(orders), prefixesMax)]
	out := make([][]Operation, len(orders))
	for i, order := range orders {
		for _, k := range order {
			out[i] = append(out[i], ops[k])
		}
	}
	return out
}
