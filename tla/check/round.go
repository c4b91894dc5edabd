package check

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// block is a run of states of a level with what was found of their successors.
type block struct {
	first, n int      // states of the level
	gen      []uint32 // how many successors each of them has
	taken    []int64  // of each action

	// The successors that were not known as seen, in order.
	fps   []fingerprint
	from  []uint32 // of which state of the block
	ord   []uint32 // which of its successors
	leaf  []uint32
	vals  []value.Value
	calls []Call // if there is a Graph
	fresh []bool // after phase 2: the first with its fingerprint
	count int    // of the fresh
	at    int    // place of the first fresh in the next level

	printed []line

	end    event
	broken int // the successor that breaks an invariant, -1 if none
}

// moment is when in a block something is printed: of which state which successor
// is being generated or looked at.
type moment struct {
	p    int
	ord  uint32
	when uint8
}

// What is going on at a moment, in the order in which TLC with one worker does
// it.
const (
	whileGenerated = iota
	whileFound     // the constraints of a successor
	whileChecked   // its invariants
	whileStepped   // the properties of the step
)

type line struct {
	at   moment
	text string
}

func (a moment) compare(b moment) int {
	return cmp.Or(cmp.Compare(a.p, b.p), cmp.Compare(a.ord, b.ord), cmp.Compare(a.when, b.when))
}

// event is what ends a search, at the successors of state p of a block.
type event struct {
	p    int
	kind Kind // empty if there is none
	what named
	err  error
	step *taken // the step to the last state of the trace, nil if it is p
}

func (b *block) reset(leaves int) {
	b.printed = b.printed[:0]
	b.gen, b.fps, b.from, b.ord, b.leaf = b.gen[:0], b.fps[:0], b.from[:0], b.ord[:0], b.leaf[:0]
	b.vals, b.calls, b.fresh, b.count, b.end, b.broken = b.vals[:0], b.calls[:0], b.fresh[:0], 0, event{}, -1
	if len(b.taken) != leaves {
		b.taken = make([]int64, leaves)
	}
	clear(b.taken)
}

func (b *block) bytes() int64 {
	return int64(cap(b.vals))*8 + int64(cap(b.fps))*16 + int64(cap(b.from)+cap(b.ord)+cap(b.leaf)+cap(b.gen))*4
}

func (b *block) keep(p int, ord uint32, fp fingerprint, s1 []value.Value, leaf *eval.Leaf) {
	b.fps = append(b.fps, fp)
	b.from, b.ord = append(b.from, uint32(p)), append(b.ord, ord)
	b.leaf = append(b.leaf, uint32(leaf.Index))
	b.vals = append(b.vals, s1...)
	b.fresh = append(b.fresh, false)
}

// parallel runs f once for each worker, with its number.
func (s *search) parallel(f func(i int, w *worker)) {
	if len(s.workers) == 1 {
		f(0, s.workers[0])
		return
	}
	var wg sync.WaitGroup
	for i, w := range s.workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(i, w)
		}()
	}
	wg.Wait()
}

// inOrder runs f for the blocks, which the workers take one after the other. No
// block is begun after one that ends the search.
func (s *search) inOrder(blocks []*block, f func(w *worker, b *block)) {
	var taken atomic.Int64
	var last atomic.Int64
	last.Store(int64(len(blocks)) - 1)
	s.parallel(func(_ int, w *worker) {
		for {
			i := taken.Add(1) - 1
			if i > last.Load() {
				return
			}
			f(w, blocks[i])
			if blocks[i].end.kind == "" {
				continue
			}
			for old := last.Load(); i < old && !last.CompareAndSwap(old, i); old = last.Load() {
			}
		}
	})
}

// round explores the states from..to of the level.
func (s *search) round(from, to int) {
	var blocks []*block
	size := max(1, min(blockStates, (to-from)/(4*len(s.workers))))
	for k := 0; from < to; k++ {
		if k == len(s.blocks) {
			s.blocks = append(s.blocks, &block{})
		}
		b := s.blocks[k]
		b.first, b.n = from, min(size, to-from)
		b.end, from = event{}, from+b.n
		blocks = append(blocks, b)
	}
	s.inOrder(blocks, (*worker).generate)
	for i, b := range blocks {
		if b.end.kind == Stopped {
			s.queue = int64(s.links.count - s.base - blocks[0].first)
			s.stopped()
			return
		}
		if b.end.kind != "" {
			blocks = blocks[:i+1] // what comes after does not count
			break
		}
	}
	s.merge(blocks)
	at := s.found.count
	for _, b := range blocks {
		for _, f := range b.fresh {
			if f {
				b.count++
			}
		}
		b.at = at
		at += b.count
	}
	s.links.extend(at - s.found.count)
	s.found.extend(at - s.found.count)
	s.inOrder(blocks, (*worker).check)
	for _, b := range blocks {
		if s.account(b); s.stop {
			return
		}
	}
	s.queue = int64(s.links.count - s.base - to)
}

// merge is phase 2.
func (s *search) merge(blocks []*block) {
	workers := len(s.workers)
	s.parallel(func(i int, _ *worker) {
		for _, b := range blocks {
			for j, fp := range b.fps {
				if workers == 1 || shardOf(fp)%workers == i {
					b.fresh[j] = s.seen.add(fp)
				}
			}
		}
	})
}

// account adds a block to the result.
func (s *search) account(b *block) {
	r := &s.res
	leaves := r.Actions[len(r.Actions)-len(b.taken):]
	if b.broken >= 0 {
		s.recount(b)
	}
	s.print(b)
	for _, n := range b.gen {
		r.Generated += int64(n)
		s.steps += int64(n)
	}
	for i, n := range b.taken {
		leaves[i].Taken += n
	}
	fresh := 0
	for i, f := range b.fresh {
		if f {
			fresh++
			r.Distinct++
			leaves[b.leaf[i]].Distinct++
			r.Depth = s.level + 1
		}
		if s.ids != nil {
			s.edge(b, i, b.at+fresh-1)
		}
		if i == b.broken {
			break
		}
	}
	if b.end.kind == "" {
		return
	}
	s.finish(b, fresh)
}

// print prints what was printed in a block, as far as the search comes.
func (s *search) print(b *block) {
	if len(b.printed) == 0 {
		return
	}
	slices.SortStableFunc(b.printed, func(x, y line) int { return x.at.compare(y.at) })
	for _, l := range b.printed {
		if b.broken >= 0 && l.at.compare(moment{b.end.p, b.ord[b.broken], whileChecked}) > 0 {
			return
		}
		s.opts.Print(l.text)
	}
}

// recount makes the counts of a block that ends at an invariant those of the
// successors up to there.
func (s *search) recount(b *block) {
	clear(b.taken)
	s.workers[0].mute = true
	m := s.workers[0].m
	for p := 0; p <= b.end.p; p++ {
		n := b.gen[p]
		if p == b.end.p {
			n = b.ord[b.broken] + 1
			b.gen[p] = n
		}
		if n == 0 {
			continue
		}
		m.Generate(s.next, s.front.at(b.first+p), func(_ []value.Value, leaf *eval.Leaf) bool {
			b.taken[leaf.Index]++
			n--
			return n > 0
		})
	}
	b.gen = b.gen[:b.end.p+1]
}

// finish ends the search with what ends the block, of whose new states that many
// count.
func (s *search) finish(b *block, fresh int) {
	e := b.end
	last := b.broken
	if last < 0 && e.kind == ActionProperty {
		last = len(b.fps) - 1
	}
	s.queue = int64(s.front.count + b.at + fresh - (b.first + e.p + 1))
	if last >= 0 && b.fresh[last] && int(b.from[last]) == e.p && b.ord[last] == b.gen[e.p]-1 {
		s.queue-- // the new state at which it ends is not explored
	}
	if e.err != nil {
		s.errored(e.err, e.what)
	} else {
		s.violated(e.kind, e.what)
	}
	s.res.Trace = s.trace(s.base+b.first+e.p, s.front.at(b.first+e.p), e.step)
}

// edge gives a successor, and the state if it is new, to the Graph.
func (s *search) edge(b *block, i, place int) {
	fp, from := b.fps[i], s.base+b.first+int(b.from[i])
	if b.fresh[i] {
		id := s.base + s.front.count + place
		s.ids[fp] = uint32(id)
		s.opts.Graph.State(id, b.vals[i*s.n:i*s.n+s.n], false)
	}
	actions := s.res.Actions[len(s.res.Actions)-len(b.taken):]
	s.opts.Graph.Edge(from, int(s.ids[fp]), &actions[b.leaf[i]], b.calls[i])
}
