package refine

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Validator judges slices of traces; *TLC and *Engine are ones.
type Validator interface {
	Validate(ctx context.Context, spec Spec, slices []trace.Slice) (*Report, error)
}

// Engine validates by the TLA+ engine in Go, within the process. It keeps the
// set of states of the specification that explain a slice so far, and takes it
// from event to event. What it has once found out it remembers, so the cost is
// linear in the number of events, and small for events that are like others.
// The zero Engine is ready to use, by one goroutine at a time; it is faster at
// what it has seen before.
type Engine struct {
	spec     *Spec
	actions  map[string]bool
	machines map[string]*machine // by the constants
}

var _ Validator = (*Engine)(nil)

// use prepares for a specification.
func (g *Engine) use(spec Spec) error {
	if g.spec != nil && g.spec.Module == spec.Module && g.spec.Init == spec.Init && g.spec.Next == spec.Next && reflect.DeepEqual(g.spec.Modules, spec.Modules) {
		g.spec = &spec
		return nil
	}
	actions, err := actionNames(spec)
	if err != nil {
		return err
	}
	g.spec, g.actions, g.machines = &spec, actions, map[string]*machine{}
	return nil
}

// machine returns the machine for a slice's constants.
func (g *Engine) machine(fixed map[string]any) (*machine, error) {
	lines, err := constantLines(*g.spec, fixed)
	if err != nil {
		return nil, err
	}
	for _, k := range sortedKeys(fixed) {
		if g.actions[k] || standard[k] {
			return nil, fmt.Errorf("expected the name of a constant, found %s, which is defined", k)
		}
	}
	m := g.machines[lines]
	if m == nil {
		if m, err = newMachine(*g.spec, lines); err != nil {
			return nil, err
		}
		m.lines, m.sum = lines, sha256.Sum256([]byte(lines))
		g.machines[lines] = m
	}
	return m, nil
}

// Validate judges the slices. The error is for a specification that cannot be
// read; what the engine does not support makes the report's verdict unknown.
func (g *Engine) Validate(ctx context.Context, spec Spec, slices []trace.Slice) (*Report, error) {
	r := &Report{Verdict: OK, Slices: len(slices)}
	for _, s := range slices {
		r.Events += len(s.Events)
		if len(s.Events) == 0 {
			return r.unknown(fmt.Sprintf("slice %q has no events", s.Name)), nil
		}
	}
	if len(slices) == 0 {
		return r.unknown("there are no slices to judge"), nil
	}
	if err := g.use(spec); err != nil {
		return nil, err
	}
	t := tally{report: r, seen: map[[sha256.Size]byte]bool{}}
	for _, s := range slices {
		m, err := g.machine(s.Constants)
		if err != nil {
			return r.unknown(fmt.Sprintf("slice %q: %v", s.Name, err)), nil
		}
		p := newPass(g.spec, m)
		for _, e := range s.Events {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p.event(e)
			if p.over() {
				break
			}
		}
		t.add(&p, func() trace.Slice { return s })
	}
	return t.done(spec), nil
}

// tally sums up what became of slices.
type tally struct {
	report   *Report
	seen     map[[sha256.Size]byte]bool
	rejected int // distinct ones
	unknown  string
}

func (t *tally) add(p *pass, slice func() trace.Slice) {
	t.report.States += p.work
	t.report.Width = max(t.report.Width, p.width)
	if t.seen[p.sum] {
		return
	}
	t.seen[p.sum] = true
	t.report.Distinct++
	switch {
	case p.unknown != nil:
		if t.unknown == "" {
			t.unknown = fmt.Sprintf("slice %q, event %d: %v", slice().Name, p.explained+1, p.unknown)
		}
	case p.rejection != nil:
		t.rejected++
		if len(t.report.Rejected) < MaxRejected {
			rej := *p.rejection
			rej.Slice = slice()
			t.report.Rejected = append(t.report.Rejected, rej)
		} else {
			t.report.RejectedCut++
		}
	}
}

func (t *tally) done(spec Spec) *Report {
	r := t.report
	switch {
	case t.rejected > 0:
		r.Verdict = Violated
		r.Reason = fmt.Sprintf("%d of %d distinct slices are not behaviours of %s", t.rejected, r.Distinct, spec.Module)
	case t.unknown != "":
		return r.unknown(t.unknown)
	}
	return r
}

// pass is the judgement of one slice under way.
type pass struct {
	spec *Spec
	m    *machine

	set       int32 // the states that explain the events so far
	begun     bool
	explained int // events
	work      int64
	width     int // the largest set
	rejection *Rejection
	unknown   error

	sum [sha256.Size]byte // of the machine and the events so far, to tell equal slices
}

func newPass(spec *Spec, m *machine) pass {
	return pass{spec: spec, m: m, sum: m.sum}
}

func (p *pass) over() bool { return p.rejection != nil || p.unknown != nil }

// event takes the next event of the slice.
func (p *pass) event(e trace.Event) {
	if p.over() {
		return
	}
	if !p.begun {
		p.begun = true
		if p.set, p.unknown = p.m.init(noDemand); p.unknown != nil {
			return
		}
	}
	legs, dem, reason := p.read(e)
	if reason != "" {
		p.reject(e, reason)
		return
	}
	to, work, err := p.m.advance(p.set, legs, dem)
	p.work += work
	switch {
	case err != nil && !meaningless(err):
		p.unknown = err
		return
	case err != nil:
		p.reject(e, "the specification gives it no meaning: "+err.Error())
		return
	case to == emptySet:
		p.explain(e, legs, dem)
		return
	}
	p.set = to
	p.explained++
	p.width = max(p.width, len(get(p.m, &p.m.sets, to)))
	k := append(p.sum[:], make([]byte, 0, 32)...)
	for _, l := range legs {
		k = binary.LittleEndian.AppendUint32(k, uint32(l.call)<<1|bit(l.optional))
	}
	p.sum = sha256.Sum256(binary.LittleEndian.AppendUint32(k, uint32(dem)))
}

// read turns an event into the actions that it stands for and what is to hold
// after them. reason says why there are none.
func (p *pass) read(e trace.Event) (legs path, dem int32, reason string) {
	args, err := p.m.values(e.Args)
	if err != nil {
		return nil, 0, err.Error()
	}
	if !identifier.MatchString(e.Action) {
		return nil, 0, fmt.Sprintf("expected the name of an action, found %q", e.Action)
	}
	if name := p.spec.Silent[e.Action]; name != "" {
		c, err := p.m.call(name, args)
		if err != nil {
			return nil, 0, err.Error()
		}
		legs = append(legs, leg{c, true})
	}
	c, err := p.m.call(e.Action, args)
	if err != nil {
		return nil, 0, err.Error()
	}
	d, err := p.m.demandOf(e.Node, e.Local, e.Vars)
	if err != nil {
		return nil, 0, err.Error()
	}
	return append(legs, leg{c, false}), d, ""
}

// demandOf numbers the demand that variables have values: as a whole, and those
// of local at node.
func (m *machine) demandOf(node string, local, whole map[string]any) (int32, error) {
	if len(local)+len(whole) == 0 {
		return noDemand, nil
	}
	d := make(demand, 0, len(local)+len(whole))
	add := func(name string, at value.Value, v any) error {
		i, ok := m.vars[name]
		if !ok {
			return fmt.Errorf("the specification has no variable %s: expected one of %s", name, strings.Join(m.spec.Vars(), ", "))
		}
		x, err := m.value(v)
		if err != nil {
			return fmt.Errorf("variable %s: %w", name, err)
		}
		d = append(d, binding{i, at, x})
		return nil
	}
	var errs error
	if len(local) > 0 {
		at := m.str(node)
		for _, name := range sortedKeys(local) {
			errs = errors.Join(errs, add(name, at, local[name]))
		}
	}
	for _, name := range sortedKeys(whole) {
		errs = errors.Join(errs, add(name, 0, whole[name]))
	}
	if errs != nil {
		return 0, errs
	}
	return m.demand(d), nil
}

func (p *pass) reject(e trace.Event, reason string) {
	p.rejection = &Rejection{Explained: p.explained, Event: e, Reason: reason}
	// The sum is to tell it from slices that go on otherwise.
	p.sum = sha256.Sum256(fmt.Appendf(p.sum[:], "%v %v %v %s", e.Action, e.Args, e.Node, reason))
}
