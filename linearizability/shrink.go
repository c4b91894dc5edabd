package linearizability

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// attemptsMax bounds the searches that explaining one violation may take.
const attemptsMax = 1000

// shrinkMemoryMax is the limit of one of them, in bytes. A forgotten write may
// stand anywhere, so a search can get harder while its history gets smaller;
// what is not easily seen to be violated is not taken as evidence.
const shrinkMemoryMax = 1 << 20

// explain makes the evidence of a violated partition. Each step from the
// history to the evidence is one under which a linearizable history stays
// linearizable, so that what is left violated proves the history violated:
//
//   - cutting off all events after some instant, since linearizability is
//     prefix-closed; operations then open have an unknown outcome;
//   - forgetting a result, which makes its outcome unknown;
//   - forgetting what an operation saw but not its effect (Blinder);
//   - taking out operations that write nothing that the rest sees (views).
//
// Merely dropping operations while the check still fails, as a test-case
// reducer would, ends at a read whose write was dropped: violated, and about
// nothing that happened.
func explain(ctx context.Context, m Model, ops []Operation, opts Options) *Violation {
	ctx, cancel := withTimeout(ctx, opts.Timeout)
	defer cancel()
	s := &shrinker{ctx: ctx, m: m, opts: opts}
	v := &Violation{}
	v.Operations, v.Culprit = s.cut(ops)
	s.opts.MemoryMax = min(opts.memoryMax(), shrinkMemoryMax)
	_, info := searchVerbose(ctx, m, v.Operations, s.opts)
	v.Prefixes = prefixes(v.Operations, info)
	v.Core = s.shrink(v.Operations)
	v.Limited = s.limited
	return v
}

type shrinker struct {
	ctx      context.Context
	m        Model
	opts     Options
	attempts int
	limited  string // why an attempt was left undecided
}

// violated reports whether the operations are found violated; running into a
// limit is not that.
func (s *shrinker) violated(ops []Operation) bool {
	if s.attempts == attemptsMax {
		s.limited = fmt.Sprintf("limit of %d searches reached", attemptsMax)
		return false
	}
	s.attempts++
	f := search(s.ctx, s.m, ops, s.opts)
	if f.verdict == VerdictUnknown {
		s.limited = f.reason
	}
	return f.verdict == VerdictViolated
}

// cut returns the shortest violated prefix of the history, and the operation
// whose return completes it.
func (s *shrinker) cut(ops []Operation) ([]Operation, Operation) {
	var returned []Operation
	for _, o := range ops {
		if o.Outcome == Return {
			returned = append(returned, o)
		}
	}
	slices.SortStableFunc(returned, func(a, b Operation) int { return cmp.Compare(a.Ended, b.Ended) })
	// Prefix-closure makes being violated monotone in the number of returns
	// kept. The whole is known to be violated; if a limit strikes, what has
	// been reached still is.
	low, high := 0, len(returned)
	best := ops
	for low+1 < high {
		k := (low + high) / 2
		if p := prefixUntil(ops, returned[k-1].Ended); s.violated(p) {
			high, best = k, p
		} else {
			low = k
		}
	}
	return best, returned[high-1]
}

// prefixUntil returns the history up to and including instant t.
func prefixUntil(ops []Operation, t int64) []Operation {
	var p []Operation
	for _, o := range ops {
		if o.Invoked > t {
			continue
		}
		if o.Outcome == Return && o.Ended > t {
			o = forget(o, "it returns after the first violation")
		}
		p = append(p, o)
	}
	return p
}

func forget(o Operation, reason string) Operation {
	o.Outcome, o.Result, o.Reason = Unknown, nil, reason
	return o
}

// way is how a chunk of operations is weakened: which of them stay as what.
type way struct{ remove, blind, forget bool }

// shrink weakens chunks of the operations, halving their size each round, and
// ends when no single operation can be weakened (delta debugging: Zeller and
// Hildebrandt, TSE 2002). It takes out all it can before it forgets results,
// since a forgotten result often makes another operation necessary.
func (s *shrinker) shrink(ops []Operation) []Operation {
	ops = s.recent(ops)
	ops = s.halve(ops, []way{{remove: true, blind: true}, {remove: true}})
	return s.halve(ops, []way{{remove: true, blind: true}, {remove: true}, {blind: true}, {forget: true}})
}

// recent takes out of the past all it can, looking for the shortest recent part
// that is violated together with what it needs of the past. A violation is
// mostly between operations near its end, and this finds it in few searches.
func (s *shrinker) recent(ops []Operation) []Operation {
	for k := 1; k < len(ops); k *= 2 {
		for _, w := range []way{{remove: true, blind: true}, {remove: true}} {
			if next, ok := s.weaken(ops, 0, len(ops)-k, w); ok {
				return next
			}
		}
	}
	return ops
}

func (s *shrinker) halve(ops []Operation, ways []way) []Operation {
	for size := max(len(ops)/2, 1); ; {
		changed := false
		for i := 0; i < len(ops); {
			n := min(size, len(ops)-i)
			for _, w := range ways {
				next, ok := s.weaken(ops, i, n, w)
				if ok {
					n -= len(ops) - len(next)
					ops, changed = next, true
					break
				}
			}
			i += n
		}
		switch {
		case s.attempts == attemptsMax || s.ctx.Err() != nil:
			return ops
		case size > 1:
			size /= 2
		case !changed:
			return ops
		}
	}
}

// weaken weakens ops[i:i+n], if that changes anything and leaves a violation.
func (s *shrinker) weaken(ops []Operation, i, n int, w way) ([]Operation, bool) {
	chunk := slices.Clone(ops[i : i+n])
	changed := false
	for k, o := range chunk {
		if o.Outcome != Return {
			continue
		}
		if w.forget {
			chunk[k], changed = forget(o, "its result is not part of the contradiction"), true
		} else if b, ok := s.m.(Blinder); ok && w.blind {
			if op, result, ok := b.Blind(o.Op, o.Result); ok {
				chunk[k].Op, chunk[k].Result, changed = op, result, true
				chunk[k].Reason = "what it saw is not part of the contradiction"
			}
		}
	}
	next := slices.Concat(ops[:i], chunk, ops[i+n:])
	if w.remove {
		out := s.removable(next, i, n)
		k := -1
		next = slices.DeleteFunc(next, func(Operation) bool {
			k++
			return k >= i && k < i+n && out[k-i]
		})
		changed = changed || len(next) < len(ops)
	}
	if !changed || !s.violated(next) {
		return ops, false
	}
	return next, true
}

// removable marks the largest part of ops[i:i+n] that writes nothing that any
// operation outside that part sees.
func (s *shrinker) removable(ops []Operation, i, n int) []bool {
	outside := newViews(s.m, slices.Concat(ops[:i], ops[i+n:]))
	out := make([]bool, n)
	for k := range out {
		out[k] = true
	}
	for changed := true; changed; {
		changed = false
		for k, in := range out {
			if !in {
				continue
			}
			if f := footprint(s.m, ops[i+k]); !outside.removable(f) {
				out[k], changed = false, true
				outside.add(f)
			}
		}
	}
	return out
}
