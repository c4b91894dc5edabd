package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// The search goes level by level, and within a level in rounds of roundStates
// states. A round has three phases, each shared out among the workers:
//
//  1. The states of the round are cut into blocks. A worker takes the next block,
//     generates the successors of its states, and keeps those that it does not
//     know as seen, in order.
//  2. The blocks' successors are put into the set of fingerprints, in the order
//     of the blocks. The set is in shards, and each worker does those of its own.
//  3. The new ones become states of the next level, and their invariants are
//     evaluated.
//
// So a state counts as found where one worker would have found it, whatever the
// number of workers, and what ends the search is the first thing in that order.
const (
	roundStates     = 1 << 13 // at most
	roundSuccessors = 1 << 20 // about; so that a round fits into memory
	blockStates     = 1 << 6  // at most
)

// search is a Run under way.
type search struct {
	*Model
	opts    Options
	ctx     context.Context
	res     Result
	n       int // variables
	started time.Time
	told    time.Time // when progress was last reported

	workers []*worker
	blocks  []*block
	seen    *fpset
	links   links
	front   states // of the level being explored
	found   states // of the next
	base    int    // the index of the first state of front
	level   int
	spare   [][]value.Value
	ids     map[fingerprint]uint32 // if there is a Graph
	steps   int64                  // generated from the states explored
	queue   int64                  // states found and not yet explored
	stop    bool

	interrupt atomic.Bool // set when ctx is done
}

// Run explores the model, and returns when all is explored, a violation is
// found, a bound is reached or ctx is done.
func (model *Model) Run(ctx context.Context, opts Options) *Result {
	if opts.Coverage {
		counting, err := build(model.Spec, model.Config, model.Store, true)
		if err != nil {
			// The model has been compiled once, so this is a defect here.
			return &Result{Kind: Unsupported, Reasons: []string{"the model cannot be compiled for coverage: " + err.Error()}}
		}
		model = counting
	}
	s := &search{Model: model, opts: opts, ctx: ctx, n: len(model.Program.Vars), started: time.Now()}
	s.told = s.started
	s.opts.Workers = max(1, opts.Workers)
	if s.opts.ProgressEvery <= 0 {
		s.opts.ProgressEvery = time.Second
	}
	if opts.Timeout > 0 {
		var cancel context.CancelFunc
		s.ctx, cancel = context.WithTimeoutCause(ctx, opts.Timeout, fmt.Errorf("the time limit of %s was reached", opts.Timeout))
		defer cancel()
	}
	defer context.AfterFunc(s.ctx, func() { s.interrupt.Store(true) })()
	s.seen = newFPSet(opts.Wide)
	s.front.n, s.found.n = s.n, s.n
	s.front.spare, s.found.spare = &s.spare, &s.spare
	if opts.Graph != nil {
		s.ids = map[fingerprint]uint32{}
	}
	s.res.Actions = model.actions()
	for range s.opts.Workers {
		s.workers = append(s.workers, newWorker(s))
	}
	s.run()
	s.conclude()
	s.dropActions()
	return &s.res
}

// dropActions leaves out what is no action, as TLC does: what stands below a
// quantifier over a set of constants that is empty. Those at one place, as where
// a definition is used twice, are one.
func (s *search) dropActions() {
	if s.next == nil || s.res.Generated == 0 {
		return
	}
	first := len(s.res.Actions) - len(s.next.Leaves)
	kept := s.res.Actions[:first:first]
	for i, live := range s.workers[0].m.Live(s.next) {
		a := s.res.Actions[first+i]
		if !live && a.Taken == 0 {
			continue
		}
		same := slices.IndexFunc(kept[first:], func(b Action) bool { return b.Name == a.Name && b.At == a.At })
		if same < 0 {
			kept = append(kept, a)
			continue
		}
		kept[first+same].Taken += a.Taken
		kept[first+same].Distinct += a.Distinct
	}
	s.res.Actions = kept
}

func (s *search) run() {
	w := s.workers[0]
	for _, a := range s.assumes {
		ok, err := w.m.Test(a.expr, nil, nil)
		if err != nil {
			s.res.assuming = true
			s.errored(err, a)
			return
		}
		if !ok {
			s.violated(Assumption, a)
			return
		}
	}
	if s.init == nil {
		return
	}
	if s.initial(); s.stop {
		return
	}
	if s.opts.Simulate != nil {
		s.simulate()
		return
	}
	s.explore()
}

// explore takes level after level.
func (s *search) explore() {
	if s.next == nil {
		s.res.Left = 0
		return
	}
	for s.level = 1; s.found.count > 0 && !s.stop; s.level++ {
		s.base += s.front.count
		s.front.drop()
		s.front, s.found = s.found, s.front
		if s.opts.DepthMax > 0 && s.level >= s.opts.DepthMax {
			s.unknown(Stopped, fmt.Sprintf("the limit of %d on the depth was reached", s.opts.DepthMax))
			return
		}
		for from := 0; from < s.front.count && !s.stop; {
			if !s.within() {
				return
			}
			to := min(from+s.roundSize(from), s.front.count)
			s.round(from, to)
			s.front.release(to)
			from = to
		}
	}
}

// roundSize returns how many states are to be explored in the round that begins
// with state from of the level. It follows from the figures alone.
func (s *search) roundSize(from int) int {
	explored := int64(s.base + from)
	if explored == 0 {
		return blockStates
	}
	each := max(1, s.steps/explored)
	return int(max(1, min(roundStates, roundSuccessors/each)))
}

// conclude forms the verdict of a search that came to its end, and completes the
// result.
func (s *search) conclude() {
	r := &s.res
	r.Left = s.queue
	r.Bytes = max(r.Bytes, s.bytes())
	if !s.stop {
		switch {
		case len(s.Refused) > 0:
			r.Kind = Unsupported
		case r.Distinct == 0 && s.opts.Simulate == nil:
			r.Kind, r.Reasons = Vacuous, append(r.Reasons, "there is no initial state, so nothing was checked")
		default:
			r.Verdict = OK
			s.after()
		}
	}
	if s.opts.Coverage {
		r.Costs = s.costs()
	}
	r.Implications = s.implications()
	r.Reasons = append(r.Reasons, s.Refused...)
	for i := range r.Trace {
		r.Trace[i].Number = i + 1
		s.show(r.Trace, i)
	}
}

// after evaluates the POSTCONDITION.
func (s *search) after() {
	if s.post == nil {
		return
	}
	s.workers[0].b = nil
	m := s.workers[0].m
	ok, err := m.Test(s.post.expr, nil, nil)
	switch {
	case err != nil:
		s.errored(err, *s.post)
	case !ok:
		s.violated(PostCondition, *s.post)
	}
}

func (s *search) violated(kind Kind, what named) {
	s.res.Verdict, s.res.Kind, s.stop = Violated, kind, true
	s.res.Property, s.res.PropertyAt = what.name, what.at
}

// errored records an error of evaluation.
func (s *search) errored(err error, what named) {
	s.res.Property, s.res.PropertyAt, s.res.Err = what.name, what.at, err
	var e *eval.Error
	switch {
	case errors.As(err, &e) && e.Interrupted:
		s.res.Property, s.res.PropertyAt, s.res.Err = "", Position{}, nil
		s.stopped()
	case errors.As(err, &e) && e.Unsupported:
		s.unknown(Unsupported, err.Error())
	case errors.As(err, &e) && strings.HasPrefix(e.Msg, "The first argument of Assert evaluated to FALSE"):
		s.violated(Assert, what)
	default:
		s.unknown(Evaluation, err.Error())
	}
}

func (s *search) unknown(kind Kind, reason string) {
	s.res.Verdict, s.res.Kind, s.stop = Unknown, kind, true
	s.res.Reasons = append(s.res.Reasons, reason)
}

// stopped ends the search in the midst of evaluation: the context is done, or
// the memory.
func (s *search) stopped() {
	if s.ctx.Err() == nil {
		s.unknown(Stopped, fmt.Sprintf("the memory limit of %d bytes was reached", s.opts.BytesMax))
		return
	}
	s.unknown(Stopped, "the search was stopped: "+context.Cause(s.ctx).Error())
}

// bytes is the memory that the search takes now.
func (s *search) bytes() int64 {
	n := s.Store.Bytes() + s.seen.bytes() + s.links.bytes() + s.front.bytes() + s.found.bytes()
	n += int64(len(s.spare)) * int64(s.n) << chunkShift * 8
	for _, b := range s.blocks {
		n += b.bytes()
	}
	return n
}

// within reports progress, and whether the bounds still hold.
func (s *search) within() bool {
	bytes := s.bytes()
	s.res.Bytes = max(s.res.Bytes, bytes)
	s.tell(bytes)
	switch {
	case s.ctx.Err() != nil:
		s.stopped()
	case s.opts.StatesMax > 0 && s.res.Distinct >= s.opts.StatesMax:
		s.unknown(Stopped, fmt.Sprintf("the limit of %d distinct states was reached", s.opts.StatesMax))
	case s.opts.BytesMax > 0 && bytes > s.opts.BytesMax:
		s.unknown(Stopped, fmt.Sprintf("the memory limit of %d bytes was reached", s.opts.BytesMax))
	case s.links.count >= 1<<32-1<<24:
		s.unknown(Stopped, "the limit of 4 thousand million distinct states was reached")
	}
	return !s.stop
}

// tell reports progress if it is time.
func (s *search) tell(bytes int64) {
	if s.opts.Progress == nil || time.Since(s.told) < s.opts.ProgressEvery {
		return
	}
	s.told = time.Now()
	s.opts.Progress(Progress{Depth: s.res.Depth, Generated: s.res.Generated, Distinct: s.res.Distinct, Queue: s.queue,
		Behaviours: s.res.Behaviours, Bytes: bytes, Elapsed: s.told.Sub(s.started)})
}

// stat is TLCGet of a string, in a search. The figures that depend on how far the search has
// come are known only at its end.
func (s *search) stat(name string) (value.Value, bool) {
	count := func(n int64) (value.Value, bool) { return value.Int(int32(min(n, 1<<31-1))), true }
	switch name {
	case "level":
		return count(int64(s.level))
	case "diameter":
		return count(int64(s.res.Depth))
	}
	if s.ended() {
		switch name {
		case "distinct":
			return count(s.res.Distinct)
		case "generated":
			return count(s.res.Generated)
		case "queue":
			return count(s.queue)
		case "stats":
			return s.stats(), true
		}
	}
	return 0, false
}

// stats is TLCGet("stats"): the figures in one record. There is one behaviour
// graph, which TLC calls a trace; the duration is in whole seconds.
func (s *search) stats() value.Value {
	l := value.NewLocal(s.Store)
	var fields, values []value.Value
	for _, f := range []struct {
		name string
		n    int64
	}{
		{"diameter", int64(s.res.Depth)},
		{"distinct", s.res.Distinct},
		{"duration", int64(time.Since(s.started).Seconds())},
		{"generated", s.res.Generated},
		{"queue", s.queue},
		{"traces", 1},
	} {
		fields, values = append(fields, l.Str(f.name)), append(values, value.Int(int32(min(f.n, 1<<31-1))))
	}
	return l.Record(fields, values)
}

func (s *search) ended() bool { return s.res.Verdict == OK }
