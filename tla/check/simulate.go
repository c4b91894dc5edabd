package check

import (
	"fmt"
	"math/rand/v2"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// A simulation walks at random: from an initial state, to a successor by one of
// the actions that can be taken, each as likely as the others, and of that
// action's successors each as likely as the others. All successors on the way
// are checked, not only the one taken. Every behaviour draws from a generator of
// its own, so that it does not matter who walks it.

// simulated is one behaviour.
type simulated struct {
	generated int64
	taken     []int64
	depth     int
	path      [][]value.Value // the states, if the walk ends the search
	end       event
	printed   []string
}

// walkers is how many behaviours are walked before the bounds are looked at.
const walkersRound = 64

func (s *search) simulate() {
	n, first := s.opts.Simulate.Behaviours, 0
	starts := s.found
	s.res.Seed = s.opts.Simulate.Seed
	s.queue, s.res.Distinct, s.res.Left = -1, -1, -1
	if starts.count == 0 || s.next == nil {
		s.unknown(Vacuous, "there is no initial state, so nothing was checked")
		return
	}
	for !s.stop && (n == 0 || first < n) && s.within() {
		round := walkersRound
		if n > 0 {
			round = min(round, n-first)
		}
		walks := make([]simulated, round)
		blocks := make([]*block, round)
		for i := range blocks {
			blocks[i] = &block{first: i}
		}
		s.inOrder(blocks, func(w *worker, b *block) {
			w.walk(&starts, uint64(first+b.first), &walks[b.first])
			b.end.kind = walks[b.first].end.kind
		})
		for i := range walks {
			if s.walked(&walks[i]); s.stop {
				return
			}
		}
		first += round
	}
	if !s.stop {
		s.unknown(Sampled, fmt.Sprintf("no error in the %d states that the simulation generated, which proves nothing about others", s.res.Generated))
	}
}

// walked adds a behaviour to the result.
func (s *search) walked(b *simulated) {
	r := &s.res
	if b.end.kind == Stopped {
		s.stopped()
		return
	}
	r.Behaviours++
	r.Generated += b.generated
	r.Depth = max(r.Depth, b.depth)
	leaves := r.Actions[len(r.Actions)-len(b.taken):]
	for i, n := range b.taken {
		leaves[i].Taken += n
	}
	if s.opts.Print != nil {
		for _, l := range b.printed {
			s.opts.Print(l)
		}
	}
	if b.end.kind == "" {
		return
	}
	if b.end.err != nil {
		s.errored(b.end.err, b.end.what)
	} else {
		s.violated(b.end.kind, b.end.what)
	}
	w := s.workers[0]
	w.mute = true
	for i, st := range b.path {
		if i == 0 {
			r.Trace = append(r.Trace, s.traceState(w.m, st, nil))
			continue
		}
		r.Trace = append(r.Trace, s.step(w.m, b.path[i-1], st, nil))
	}
	if e := b.end.step; e != nil {
		r.Trace = append(r.Trace, s.step(w.m, b.path[len(b.path)-1], e.state, e.leaf))
	}
}

// walk walks behaviour number i.
func (w *worker) walk(starts *states, i uint64, out *simulated) {
	s := w.s
	rng := rand.New(rand.NewPCG(uint64(s.opts.Simulate.Seed), i))
	depth := s.opts.Simulate.Depth
	if depth <= 0 {
		depth = 100
	}
	b := &block{}
	b.reset(len(s.next.Leaves))
	w.b = b
	picks := make([]pick, len(s.next.Leaves))
	st := append([]value.Value(nil), starts.at(rng.IntN(starts.count))...)
	for w.level = 1; ; w.level++ {
		out.path = append(out.path, st)
		if w.level >= depth {
			break
		}
		for k := range picks {
			picks[k].count = 0
		}
		w.look(st, rng, picks)
		if b.end.kind != "" {
			break
		}
		if st = choose(picks, rng); st == nil {
			break // the constraints exclude every successor
		}
	}
	for _, n := range b.taken {
		out.generated += n
	}
	out.taken, out.depth, out.end = b.taken, len(out.path), b.end
	for _, l := range b.printed {
		out.printed = append(out.printed, l.text)
	}
	if b.end.kind == "" {
		out.path = nil
	}
}

// pick is one of an action's successors, each as likely as the others.
type pick struct {
	count int
	state []value.Value
}

// choose returns the pick of one of the actions that have one, nil if none has.
func choose(picks []pick, rng *rand.Rand) []value.Value {
	enabled := 0
	for _, p := range picks {
		if p.count > 0 {
			enabled++
		}
	}
	if enabled == 0 {
		return nil
	}
	n := rng.IntN(enabled)
	for _, p := range picks {
		if p.count > 0 {
			if n == 0 {
				return append([]value.Value(nil), p.state...)
			}
			n--
		}
	}
	return nil
}

// look generates the successors of st, checks them, and picks of each action
// one.
func (w *worker) look(st []value.Value, rng *rand.Rand, picks []pick) {
	s, b := w.s, w.b
	found := false
	w.doing = named{name: "Next"}
	ends := func(kind Kind, s1 []value.Value, leaf *eval.Leaf) bool {
		b.end = event{kind: kind, what: w.doing, step: &taken{append([]value.Value(nil), s1...), leaf}}
		return false
	}
	err := w.m.Generate(s.next, st, func(s1 []value.Value, leaf *eval.Leaf) bool {
		b.taken[leaf.Index]++
		found = true
		w.s1, w.leaf = s1, leaf
		for i, v := range s1 {
			if v == 0 {
				b.end = s.incomplete(leaf, i)
				return false
			}
		}
		inModel := w.all(s.constraints, s1, nil) && w.all(s.actionConstraints, st, s1)
		w.doing = named{name: "Next"}
		if !w.all(s.invariants, s1, nil) {
			return ends(Invariant, s1, leaf)
		}
		if !w.all(s.actionProps, st, s1) {
			return ends(ActionProperty, s1, leaf)
		}
		if p := &picks[leaf.Index]; inModel {
			if p.count++; rng.IntN(p.count) == 0 {
				p.state = append(p.state[:0], s1...)
			}
		}
		return true
	})
	switch {
	case b.end.kind != "":
	case err != nil:
		b.end = event{kind: Evaluation, what: w.doing, err: err}
		if w.doing.name != "Next" {
			b.end.step = &taken{append([]value.Value(nil), w.s1...), w.leaf}
		}
	case !found && s.Config.CheckDeadlock && !s.opts.IgnoreDeadlock:
		b.end = event{kind: Deadlock}
	case s.ctx.Err() != nil:
		b.end = event{kind: Stopped}
	}
}
