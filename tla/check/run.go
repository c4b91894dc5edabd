package check

import (
	"context"
	"fmt"
	"time"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/value"
)

// search is a Run under way.
type search struct {
	*Model
	m       *eval.Machine
	opts    Options
	res     Result
	n       int // variables
	states  []value.Value
	parent  []int32
	leaf    []int32
	level   []int32
	seen    fpset
	memos   []map[value.Value]value.Value
	scratch []value.Value
	stop    bool

	started  time.Time
	unqueued int // states found that TLC does not put into its queue
}

// Run explores the model.
func (model *Model) Run(ctx context.Context, opts Options) *Result {
	s := &search{Model: model, m: eval.NewMachine(model.Program), opts: opts, n: len(model.Program.Vars)}
	s.m.Print = opts.Print
	s.m.Stat = func(name string) (value.Value, bool) { return 0, false }
	s.seen.init()
	s.res.Actions = model.actions()
	s.memos = make([]map[value.Value]value.Value, len(model.symmetry))
	for i := range s.memos {
		s.memos[i] = map[value.Value]value.Value{}
	}
	s.scratch = make([]value.Value, s.n)
	s.started = time.Now()
	if opts.Simulate != nil {
		s.unknown(Unsupported, "simulation is not supported")
		return &s.res
	}
	if opts.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, opts.Timeout, fmt.Errorf("the time limit of %s was reached", opts.Timeout))
		defer cancel()
	}
	s.run(ctx)
	r := &s.res
	for i := range r.Trace {
		r.Trace[i].Number = i + 1
	}
	r.Reasons = append(r.Reasons, model.Refused...)
	if !s.stop {
		switch {
		case len(model.Refused) > 0:
			r.Kind = Unsupported
		case r.Distinct == 0:
			s.unknown(Vacuous, "there is no initial state, so nothing was checked")
		case r.Kind == "":
			r.Verdict = OK
		}
	}
	return r
}

func (s *search) violated(kind Kind, property string) {
	s.res.Verdict, s.res.Kind, s.res.Property, s.stop = Violated, kind, property, true
}

// errored records an error of evaluation; one that is Lockstep's own limit
// leaves the verdict unknown.
func (s *search) errored(err error, property string) {
	s.res.Property, s.res.Err = property, err
	if e, ok := err.(*eval.Error); ok && e.Unsupported {
		s.unknown(Unsupported, err.Error())
		return
	}
	s.unknown(Evaluation, err.Error())
}

func (s *search) unknown(kind Kind, reason string) {
	s.res.Verdict, s.res.Kind, s.res.Reasons, s.stop = Unknown, kind, append(s.res.Reasons, reason), true
}

func (s *search) run(ctx context.Context) {
	for _, a := range s.assumes {
		ok, err := s.m.Test(a.expr, nil, nil)
		if err != nil {
			s.errored(err, a.name)
			return
		}
		if !ok {
			s.violated(Assumption, a.name)
			s.res.PropertyAt = a.at
			return
		}
	}
	if s.init == nil {
		return
	}
	err := s.m.Generate(s.init, nil, func(s1 []value.Value, leaf *eval.Leaf) bool {
		s.visit(-1, s1, leaf)
		return !s.stop
	})
	if err != nil {
		s.errored(err, "Init")
	}
	s.res.Initial = s.res.Distinct
	cur := make([]value.Value, s.n)
	at := 0
	for ; !s.stop && at < len(s.parent); at++ {
		if s.next == nil {
			break
		}
		if at&1023 == 0 && !s.within(ctx, at) {
			break
		}
		copy(cur, s.states[at*s.n:])
		before := s.res.Generated
		err := s.m.Generate(s.next, cur, func(s1 []value.Value, leaf *eval.Leaf) bool {
			s.step(at, cur, s1, leaf)
			return !s.stop
		})
		if err != nil && !s.stop {
			s.errored(err, "Next")
			s.res.Trace = s.trace(at)
		}
		if s.stop {
			at++
			break
		}
		if s.res.Generated == before && s.Config.CheckDeadlock && !s.opts.IgnoreDeadlock {
			s.violated(Deadlock, "")
			s.res.Trace = s.trace(at)
			at++
			break
		}
	}
	s.res.Left = int64(len(s.parent) - at - s.unqueued)
}

// within reports whether the bounds still hold.
func (s *search) within(ctx context.Context, at int) bool {
	s.res.Left = int64(len(s.parent) - at)
	bytes := s.Store.Bytes() + int64(cap(s.states))*8 + int64(cap(s.parent))*12 + int64(len(s.seen.table))*8
	s.res.Bytes = max(s.res.Bytes, bytes)
	if s.opts.Progress != nil {
		s.opts.Progress(Progress{Depth: s.res.Depth, Generated: s.res.Generated, Distinct: s.res.Distinct,
			Queue: s.res.Left, Bytes: bytes, Elapsed: time.Since(s.started)})
	}
	switch {
	case ctx.Err() != nil:
		s.unknown(Stopped, "the search was stopped: "+context.Cause(ctx).Error())
	case s.opts.StatesMax > 0 && s.res.Distinct >= s.opts.StatesMax:
		s.unknown(Stopped, fmt.Sprintf("the limit of %d distinct states was reached", s.opts.StatesMax))
	case s.opts.BytesMax > 0 && bytes > s.opts.BytesMax:
		s.unknown(Stopped, fmt.Sprintf("the memory limit of %d bytes was reached", s.opts.BytesMax))
	}
	return !s.stop
}

// holds reports whether all of list are true of the state or step; the first
// that is not is returned.
func (s *search) holds(list []named, s0, s1 []value.Value) (string, bool, error) {
	for _, c := range list {
		ok, err := s.m.Test(c.expr, s0, s1)
		if err != nil || !ok {
			s.res.PropertyAt = c.at
			return c.name, false, err
		}
	}
	return "", true, nil
}

func (s *search) incomplete(s1 []value.Value, leaf *eval.Leaf) bool {
	for i, v := range s1 {
		if v == 0 {
			s.errored(fmt.Errorf("%s: the state is not completely specified: variable %s has no value", leaf, s.Program.Vars[i].Name), leaf.Name)
			return true
		}
	}
	return false
}

// step takes one successor into account.
func (s *search) step(at int, cur, s1 []value.Value, leaf *eval.Leaf) {
	before := s.res.Distinct
	s.visit(at, s1, leaf)
	if s.stop || len(s.actionProps) == 0 {
		return
	}
	name, ok, err := s.holds(s.actionProps, cur, s1)
	if !ok {
		if err != nil {
			s.errored(err, name)
		} else {
			s.violated(ActionProperty, name)
		}
		if s.res.Distinct > before {
			s.unqueued++
		}
		s.res.Trace = append(s.trace(at), s.stepOf(s1, leaf))
	}
}

// visit takes one generated state into account; at is the index of the state
// that it was generated from, -1 for an initial state.
func (s *search) visit(at int, s1 []value.Value, leaf *eval.Leaf) {
	s.res.Generated++
	action := 0
	if at >= 0 {
		action = 1 + leaf.Index
	}
	s.res.Actions[action].Taken++
	if s.incomplete(s1, leaf) {
		s.res.Trace = s.trace(at)
		return
	}
	inModel := true
	if len(s.constraints) > 0 || at >= 0 && len(s.actionConstraints) > 0 {
		name, ok, err := s.holds(s.constraints, s1, nil)
		if ok && at >= 0 && len(s.actionConstraints) > 0 {
			cur := s.states[at*s.n : at*s.n+s.n]
			name, ok, err = s.holds(s.actionConstraints, cur, s1)
		}
		if err != nil {
			s.errored(err, name)
			s.res.Trace = append(s.trace(at), s.stepOf(s1, leaf))
			return
		}
		s.res.PropertyAt = Position{}
		inModel = ok
	}
	level := int32(1)
	if at >= 0 {
		level = s.level[at] + 1
	}
	if inModel {
		fp, err := s.fingerprint(s1)
		if err != nil {
			s.errored(err, "VIEW")
			return
		}
		if !s.seen.add(fp) {
			return
		}
		s.res.Distinct++
		s.res.Depth = max(s.res.Depth, int(level))
		s.states = append(s.states, s1...)
		s.parent = append(s.parent, int32(at))
		s.leaf = append(s.leaf, int32(leaf.Index))
		s.level = append(s.level, level)
		s.res.Actions[action].Distinct++
	}
	name, ok, err := s.holds(s.invariants, s1, nil)
	kind := Invariant
	if ok && at < 0 {
		kind = InitialProperty
		name, ok, err = s.holds(s.initProps, s1, nil)
	}
	if ok {
		return
	}
	if err != nil {
		s.errored(err, name)
	} else {
		s.violated(kind, name)
	}
	if inModel {
		s.unqueued++
	}
	s.res.Trace = append(s.trace(at), s.stepOf(s1, leaf))
}

// fingerprint returns what tells the state from others: of its view, or of the
// least of its permutations.
func (s *search) fingerprint(st []value.Value) (uint64, error) {
	if s.view == nil && len(s.symmetry) == 0 {
		return s.Store.Fingerprint(st), nil
	}
	best, err := s.viewOf(st)
	for i, p := range s.symmetry {
		if err != nil {
			break
		}
		if len(s.memos[i]) > 1<<16 {
			clear(s.memos[i])
		}
		for j, v := range st {
			s.scratch[j] = s.m.Permute(v, p, s.memos[i])
		}
		var fp uint64
		fp, err = s.viewOf(s.scratch)
		best = min(best, fp)
	}
	return best, err
}

func (s *search) viewOf(st []value.Value) (uint64, error) {
	if s.view == nil {
		return s.Store.Fingerprint(st), nil
	}
	v, err := s.m.Eval(s.view, st, nil)
	return s.Store.Fingerprint([]value.Value{v}), err
}

func (s *search) stepOf(st []value.Value, leaf *eval.Leaf) TraceState {
	step := TraceState{State: append([]value.Value(nil), st...), Action: leaf.Name}
	if leaf != s.init.Leaves[0] {
		step.At = Position{leaf.Module, leaf.Span}
	}
	for i, v := range s.Program.Vars {
		step.Variables = append(step.Variables, Variable{v.Name, st[i], s.m.Local.Print(st[i])})
	}
	return step
}

// trace returns the way to the state with index at.
func (s *search) trace(at int) []TraceState {
	var back []int
	for ; at >= 0; at = int(s.parent[at]) {
		back = append(back, at)
	}
	var out []TraceState
	for i := len(back) - 1; i >= 0; i-- {
		at := back[i]
		leaf := s.init.Leaves[0]
		if s.parent[at] >= 0 {
			leaf = s.next.Leaves[s.leaf[at]]
		}
		out = append(out, s.stepOf(s.states[at*s.n:at*s.n+s.n], leaf))
	}
	return out
}

// fpset is a set of fingerprints.
type fpset struct {
	table []uint64
	count int
}

func (f *fpset) init() { f.table = make([]uint64, 1<<12) }

// add adds fp and reports whether it is new.
func (f *fpset) add(fp uint64) bool {
	if fp == 0 {
		fp = 1
	}
	if f.count*3 >= len(f.table)*2 {
		old := f.table
		f.table = make([]uint64, len(old)*2)
		f.count = 0
		for _, x := range old {
			if x != 0 {
				f.add(x)
			}
		}
	}
	mask := uint64(len(f.table) - 1)
	for i := fp & mask; ; i = (i + 1) & mask {
		switch f.table[i] {
		case 0:
			f.table[i] = fp
			f.count++
			return true
		case fp:
			return false
		}
	}
}
