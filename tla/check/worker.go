package check

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// worker is what one goroutine of a search works with.
type worker struct {
	s      *search
	m      *eval.Machine
	recent recent
	perms  []*permuter
	other  []value.Value // a permuted state
	doing  named         // what is being evaluated, for an error
	at     moment        // when, for what it prints
	level  int           // of the state from which a simulation goes on
	mute   bool          // what it prints is not wanted

	emit func(s1 []value.Value, leaf *eval.Leaf) bool // successor
	b    *block
	cur  []value.Value // the state whose successors are generated
	p    int           // its place in the block
	s1   []value.Value // the successor that came last
	leaf *eval.Leaf
	sums []sum // of cur as it is, and under each permutation
}

func newWorker(s *search) *worker {
	w := &worker{s: s, m: eval.NewMachine(s.Program), recent: newRecent()}
	w.emit = w.successor
	w.m.Print = w.print
	if s.opts.BytesMax > 0 {
		w.m.Full, w.m.BytesMax = &s.interrupt, s.opts.BytesMax
	}
	w.m.Stat, w.m.Interrupt = w.stat, &s.interrupt
	for _, p := range s.symmetry {
		w.perms = append(w.perms, newPermuter(p))
	}
	w.other = make([]value.Value, s.n)
	w.sums = make([]sum, 1+len(s.symmetry))
	for i := range w.sums {
		w.sums[i].terms, w.sums[i].hiterms = make([]uint64, s.n), make([]uint64, s.n)
	}
	return w
}

// print keeps what is printed for its turn: the blocks of a round are explored
// side by side, and what the search does not come to is not printed.
func (w *worker) print(text string) {
	switch {
	case w.s.opts.Print == nil || w.mute:
	case w.b == nil:
		w.s.opts.Print(text)
	default:
		w.b.printed = append(w.b.printed, line{w.at, text})
	}
}

// stat is TLCGet of a string.
func (w *worker) stat(name string) (value.Value, bool) {
	if name == "level" && w.s.opts.Simulate != nil {
		return value.Int(int32(w.level)), true
	}
	return w.s.stat(name)
}

// all reports whether the formulas are true of a state or step; if not, or when
// one is an error, w.doing is that one.
func (w *worker) all(list []named, s0, s1 []value.Value) bool {
	for _, c := range list {
		old := w.doing
		if w.doing = c; !w.m.Holds(c.expr, s0, s1) {
			return false
		}
		w.doing = old
	}
	return true
}

// successor takes one successor into account; it is the callback of the
// generator.
func (w *worker) successor(s1 []value.Value, leaf *eval.Leaf) bool {
	ok := w.take(s1, leaf)
	w.at = moment{w.p, w.b.gen[w.p], whileGenerated}
	return ok
}

func (w *worker) take(s1 []value.Value, leaf *eval.Leaf) bool {
	b, s := w.b, w.s
	w.s1, w.leaf = s1, leaf
	ord := b.gen[w.p]
	b.gen[w.p]++
	w.at = moment{w.p, ord, whileFound}
	b.taken[leaf.Index]++
	fp, unset := w.successorPrint(s1)
	if unset >= 0 {
		b.end = s.incomplete(leaf, unset)
		b.end.p = w.p
		return false
	}
	inModel := true
	if len(s.constraints)+len(s.actionConstraints) > 0 {
		inModel = w.all(s.constraints, s1, nil) && w.all(s.actionConstraints, w.cur, s1)
		w.doing = named{name: "Next"}
	}
	w.at.when = whileStepped
	switch {
	case !inModel:
		if !w.all(s.invariants, s1, nil) {
			w.ends(Invariant, s1, leaf)
			return false
		}
	case s.ids != nil:
		b.keep(w.p, ord, fp, s1, leaf)
		b.calls = append(b.calls, callOf(w.m, leaf))
	case !w.recent.seen(fp) && !s.seen.has(fp):
		b.keep(w.p, ord, fp, s1, leaf)
	}
	if len(s.actionProps) > 0 {
		if !w.all(s.actionProps, w.cur, s1) {
			w.ends(ActionProperty, s1, leaf)
			return false
		}
	}
	if ord&0xfff == 0xfff && (s.ctx.Err() != nil || s.opts.BytesMax > 0 && s.Store.Bytes()+b.bytes() > s.opts.BytesMax) {
		b.end = event{p: w.p, kind: Stopped}
		return false
	}
	return true
}

// incomplete is the event of a successor in which a variable has no value.
func (s *search) incomplete(leaf *eval.Leaf, variable int) event {
	return event{kind: Evaluation, what: named{name: leaf.Name}, err: fmt.Errorf(
		"%s: the successor state is not completely specified: action %s gives variable %s no value", leaf, leaf.Name, s.Program.Vars[variable].Name)}
}

// ends records that the search ends with this step.
func (w *worker) ends(kind Kind, s1 []value.Value, leaf *eval.Leaf) {
	w.b.end = event{p: w.p, kind: kind, what: w.doing, step: &taken{append([]value.Value(nil), s1...), leaf}}
}

// taken is a step to a state, by an action.
type taken struct {
	state []value.Value
	leaf  *eval.Leaf
}

// generate is phase 1 for one block.
func (w *worker) generate(b *block) {
	s := w.s
	w.b = b
	b.reset(len(s.next.Leaves))
	for w.p = 0; w.p < b.n && b.end.kind == ""; w.p++ {
		b.gen = append(b.gen, 0)
		w.load(s.front.at(b.first + w.p))
		w.at = moment{w.p, 0, whileGenerated}
		w.doing = named{name: "Next"}
		err := w.m.Generate(s.next, w.cur, w.emit)
		switch {
		case b.end.kind != "":
		case err != nil:
			b.end = event{p: w.p, kind: Evaluation, what: w.doing, err: err}
			if w.doing.name != "Next" {
				b.end.step = &taken{append([]value.Value(nil), w.s1...), w.leaf}
			}
		case b.gen[w.p] == 0 && s.Config.CheckDeadlock && !s.opts.IgnoreDeadlock:
			b.end = event{p: w.p, kind: Deadlock}
		case s.ctx.Err() != nil:
			b.end = event{p: w.p, kind: Stopped}
		}
	}
}

// check is phase 3 for one block: its new states, from at on of the next level,
// get their places and are checked.
func (w *worker) check(b *block) {
	s := w.s
	i, at := 0, b.at
	w.b, w.doing = b, named{}
	broken := false
	err := w.m.Guard(func() {
		for ; i < len(b.fps); i++ {
			if !b.fresh[i] {
				continue
			}
			st := b.vals[i*s.n : i*s.n+s.n]
			copy(s.found.at(at), st)
			*s.links.at(s.base + s.front.count + at) = link{uint32(s.base + b.first + int(b.from[i])), b.ord[i]}
			at++
			w.at = moment{int(b.from[i]), b.ord[i], whileChecked}
			if len(s.invariants) > 0 && !w.all(s.invariants, st, nil) {
				broken = true
				return
			}
		}
	})
	if err != nil || broken {
		leaf := s.next.Leaves[b.leaf[i]]
		b.broken = i
		b.end = event{p: int(b.from[i]), kind: Invariant, what: w.doing, err: err, step: &taken{state: b.vals[i*s.n : i*s.n+s.n], leaf: leaf}}
		if err != nil {
			b.end.kind = Evaluation
		}
	}
}
