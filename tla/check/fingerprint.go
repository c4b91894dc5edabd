package check

import "github.com/lockstep-go/lockstep/tla/value"

// A state's fingerprint is that of its view, if there is a VIEW, and the least of
// those of its permutations, if there is a SYMMETRY. Without a view it is made of
// a sum of terms, one a variable, so that the fingerprint of a successor follows
// from the sums of the state before it and the few variables that differ.

// sum is the sum of a state's terms, and what they are.
type sum struct {
	lo, hi         uint64
	terms, hiterms []uint64
}

// permuter replaces values by their permutations.
type permuter struct {
	perm  map[value.Value]value.Value
	memo  map[value.Value]value.Value // of the parts of values
	cache []permuted
}

type permuted struct{ from, to value.Value }

const permuterBits = 12

func newPermuter(p map[value.Value]value.Value) *permuter {
	return &permuter{perm: p, memo: map[value.Value]value.Value{}, cache: make([]permuted, 1<<permuterBits)}
}

func (p *permuter) apply(l *value.Local, v value.Value) value.Value {
	e := &p.cache[uint64(v)*0x9e3779b97f4a7c15>>(64-permuterBits)]
	if e.from != v {
		if len(p.memo) > 1<<16 {
			clear(p.memo)
		}
		*e = permuted{v, l.Permute(v, p.perm, p.memo)}
	}
	return e.to
}

// fingerprint returns the fingerprint of a state.
func (w *worker) fingerprint(st []value.Value) fingerprint {
	best := w.viewOf(st)
	for _, p := range w.perms {
		for j, v := range st {
			w.other[j] = p.apply(w.m.Local, v)
		}
		if fp := w.viewOf(w.other); fp.lo < best.lo {
			best = fp
		}
	}
	return best
}

func (w *worker) viewOf(st []value.Value) fingerprint {
	if w.s.view != nil {
		v := w.m.Value(w.s.view, st, nil)
		return w.finish(w.m.Term(0, v), value.HandleTerm(0, v))
	}
	var lo, hi uint64
	for i, v := range st {
		lo += w.m.Term(i, v)
		if w.s.opts.Wide {
			hi += value.HandleTerm(i, v)
		}
	}
	return w.finish(lo, hi)
}

func (w *worker) finish(lo, hi uint64) fingerprint {
	fp := fingerprint{lo: value.Finish(lo)}
	if w.s.opts.Wide {
		fp.hi = value.Finish(hi)
	}
	return fp.used()
}

// load makes st the state whose successors are generated.
func (w *worker) load(st []value.Value) {
	w.cur = st
	for k := range w.sums {
		s := &w.sums[k]
		s.lo, s.hi = 0, 0
		for i, v := range st {
			if k > 0 {
				v = w.perms[k-1].apply(w.m.Local, v)
			}
			s.terms[i] = w.m.Term(i, v)
			s.lo += s.terms[i]
			if w.s.opts.Wide {
				s.hiterms[i] = value.HandleTerm(i, v)
				s.hi += s.hiterms[i]
			}
		}
	}
}

// successorPrint is fingerprint for a successor of the loaded state. It also
// returns a variable that has no value, -1 if there is none.
func (w *worker) successorPrint(s1 []value.Value) (fp fingerprint, unset int) {
	first, wide := &w.sums[0], w.s.opts.Wide
	lo, hi := first.lo, first.hi
	for i, v := range s1 {
		if v != w.cur[i] {
			if v == 0 {
				return fp, i
			}
			lo += w.m.Term(i, v) - first.terms[i]
			if wide {
				hi += value.HandleTerm(i, v) - first.hiterms[i]
			}
		}
	}
	if w.s.view != nil {
		old := w.doing
		w.doing = named{name: w.s.Config.View.Name}
		fp = w.fingerprint(s1)
		w.doing = old
		return fp, -1
	}
	fp = w.finish(lo, hi)
	for k, p := range w.perms {
		s := &w.sums[k+1]
		lo, hi = s.lo, s.hi
		for i, v := range s1 {
			if v != w.cur[i] {
				v = p.apply(w.m.Local, v)
				lo += w.m.Term(i, v) - s.terms[i]
				if wide {
					hi += value.HandleTerm(i, v) - s.hiterms[i]
				}
			}
		}
		if other := w.finish(lo, hi); other.lo < fp.lo {
			fp = other
		}
	}
	return fp, -1
}
