package refine

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/lockstep-go/lockstep/conformance/observe"
	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/world"
)

// Stepper checks, one choice of a world after another, that what the code did is
// a step of the specification: that the state to which the world maps after the
// choice is one to which the actions that the code says it took lead from the
// state before, and nothing else has changed. The grain is declared and is
// checked:
//
//   - a step of a node is the actions in its output, in their order, in each
//     slice that they name, and none in others;
//   - a crash is the protocol's action for it, in every slice in which the node
//     takes part;
//   - a message that is delivered or dropped may be lost thereby (a
//     specification may keep what has been received), and so may those that a
//     crashed node had not let go;
//   - everything else is a stuttering step.
//
// What it keeps between two choices is a [Ghost]: the slices that have begun,
// and for each the states of the specification that explain it so far, which is
// one state where the protocol maps all variables. A Stepper is for one
// goroutine; its clones share what ghosts stand for.
type Stepper struct {
	proto protocol.WorldMapped
	spec  Spec
	ids   []protocol.NodeID

	*ghosts
	own []*machine // this goroutine's, by the number of the constants

	parts    map[partKey]*part
	contents map[string]int32 // numbers of parts, by what they say
	demands  map[string]int32 // by the parts
	partIn   map[nodeKey]bool // whether a node takes part
	key      []byte
	pending  []slice
	now      []*part // of demandOf
}

type nodeKey struct{ constants, node int32 }

// Ghost numbers what a Stepper has to remember of a run. Two runs of the same
// Stepper, or its clones, with equal ghosts have seen the same as far as the
// specification can tell. The zero Ghost is that of no slices.
type Ghost uint32

// ghosts is what the clones of a Stepper share.
type ghosts struct {
	mu       sync.RWMutex
	list     [][]slice
	of       map[string]Ghost
	names    map[string]int32
	engine   Engine
	machines []*machine // by the number of the constants
	numbered map[string]int32
	coverage *coverage
}

// slice is a slice under way.
type slice struct {
	name      string
	id        int32
	constants int32 // their number
	set       int32
}

// NewStepper returns a Stepper for a protocol and its specification. If
// coverage is set, it keeps what states and steps of the specification the
// code has reached.
func NewStepper(p protocol.Protocol, spec Spec, covering bool) (*Stepper, error) {
	mapped, ok := p.(protocol.WorldMapped)
	if !ok {
		return nil, fmt.Errorf("protocol %s does not map a world to a specification: expected a protocol.WorldMapped, found %T", p.Name(), p)
	}
	g := &ghosts{of: map[string]Ghost{"": 0}, list: [][]slice{nil}, names: map[string]int32{}, numbered: map[string]int32{}}
	if covering {
		g.coverage = newCoverage()
	}
	if err := g.engine.use(spec); err != nil {
		return nil, err
	}
	return stepperOf(mapped, spec, g), nil
}

func stepperOf(p protocol.WorldMapped, spec Spec, g *ghosts) *Stepper {
	return &Stepper{proto: p, spec: spec, ids: p.Nodes(), ghosts: g,
		parts: map[partKey]*part{}, contents: map[string]int32{}, demands: map[string]int32{}, partIn: map[nodeKey]bool{}}
}

// Clone returns a Stepper for another goroutine.
func (s *Stepper) Clone() *Stepper { return stepperOf(s.proto, s.spec, s.ghosts) }

// StepError says that what the code did is no step of the specification.
type StepError struct {
	Slice   string
	Actions []string // that the code says it took, and those of its surroundings
	Rejection
}

func (e *StepError) Error() string {
	var b strings.Builder
	if e.Slice != "" {
		fmt.Fprintf(&b, "slice %s: ", e.Slice)
	}
	if len(e.Actions) == 0 {
		b.WriteString("the code takes no action of the specification here")
	} else {
		b.WriteString("the code takes " + strings.Join(e.Actions, " and "))
	}
	b.WriteString("; " + e.Reason)
	for i, d := range e.Differs {
		if i > 0 {
			fmt.Fprintf(&b, "; expected %s = %s, found %s", d.Variable, d.Expected, d.Found)
		}
	}
	return b.String()
}

// Start returns the ghost of a world in which nothing has happened yet. A
// protocol without slices must then be in an initial state of the specification.
func (s *Stepper) Start(w *world.World) (Ghost, error) {
	for _, id := range s.ids {
		m, ok := w.Node(id).(protocol.Mapped)
		if !ok {
			continue
		}
		for _, name := range m.Slices() {
			if name != "" {
				return 0, fmt.Errorf("node %s knows slice %s before anything has happened", id, name)
			}
			x, err := s.begin("", nil)
			if err != nil {
				return 0, err
			}
			dem, err := s.demandOf(w, &x)
			if err != nil {
				return 0, err
			}
			mach := s.machine(&x)
			if x.set, err = mach.init(dem); err != nil {
				return 0, err
			}
			if x.set == emptySet {
				all, _ := mach.init(noDemand)
				return 0, &StepError{Rejection: Rejection{Reason: "the world begins in a state that is no initial state of the specification",
					Differs: mach.nearest(all, get(mach, &mach.numbers.demands, dem))}}
			}
			return s.ghost([]slice{x}), nil
		}
	}
	return 0, nil
}

// begin returns a slice of which nothing is known yet.
func (s *Stepper) begin(name string, given map[string]any) (slice, error) {
	constants := make(map[string]any, len(given))
	for k, v := range given {
		x, err := observe.Value(v)
		if err != nil {
			return slice{}, fmt.Errorf("slice %q: constant %s: %w", name, k, err)
		}
		constants[k] = x
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.engine.machine(constants)
	if err != nil {
		return slice{}, fmt.Errorf("slice %q: %w", name, err)
	}
	id, ok := s.names[name]
	if !ok {
		id = int32(len(s.names))
		s.names[name] = id
	}
	k, ok := s.numbered[m.lines]
	if !ok {
		k = int32(len(s.machines))
		s.machines = append(s.machines, m)
		s.numbered[m.lines] = k
	}
	return slice{name: name, id: id, constants: k}, nil
}

func (s *Stepper) machine(x *slice) *machine {
	for int(x.constants) >= len(s.own) {
		s.own = append(s.own, nil)
	}
	m := s.own[x.constants]
	if m == nil {
		s.mu.Lock()
		m = s.machines[x.constants].clone()
		s.mu.Unlock()
		s.own[x.constants] = m
	}
	return m
}

// ghost numbers the slices, which are sorted by their ids.
func (s *Stepper) ghost(list []slice) Ghost {
	k := s.key[:0]
	for _, x := range list {
		k = binary.LittleEndian.AppendUint32(k, uint32(x.id))
		k = binary.LittleEndian.AppendUint32(k, uint32(x.constants))
		k = binary.LittleEndian.AppendUint32(k, uint32(x.set))
	}
	s.key = k
	s.mu.RLock()
	g, ok := s.of[string(k)]
	s.mu.RUnlock()
	if ok {
		return g
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, ok := s.of[string(k)]; ok {
		return g
	}
	g = Ghost(len(s.list))
	s.list = append(s.list, append([]slice(nil), list...))
	s.of[string(k)] = g
	return g
}

// Step checks what a choice has done: st is what Apply returned, before the
// world it was applied to and after the world that it made. A *[StepError] says
// that it is no step of the specification; any other error, that it cannot be
// told.
func (s *Stepper) Step(g Ghost, before, after *world.World, st *world.Step) (Ghost, error) {
	s.mu.RLock()
	live := s.list[g]
	s.mu.RUnlock()
	list := append(s.pending[:0], live...)
	s.pending = list
	for _, a := range st.Output.Actions {
		if a.Slice == "" || has(list, a.Slice) {
			continue
		}
		x, err := s.begin(a.Slice, a.Constants)
		if err != nil {
			return 0, err
		}
		x.set = -1
		list = append(list, x)
	}
	s.pending = list
	lost := s.lost(before, st)
	for i := range list {
		if err := s.stepSlice(&list[i], before, after, st, lost); err != nil {
			return 0, err
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].id < list[j].id })
	return s.ghost(list), nil
}

func has(list []slice, name string) bool {
	for _, x := range list {
		if x.name == name {
			return true
		}
	}
	return false
}

// lost lists the messages that the choice may have made disappear.
func (s *Stepper) lost(before *world.World, st *world.Step) []protocol.Message {
	switch c := &st.Choice; c.Kind {
	case world.Deliver, world.Drop:
		for _, e := range before.InFlight() {
			if e.Number == c.Message {
				return []protocol.Message{e.Message}
			}
		}
	case world.Crash:
		var list []protocol.Message
		for _, h := range before.Held(c.Node) {
			list = append(list, h.Messages...)
		}
		return list
	}
	return nil
}

func (s *Stepper) stepSlice(x *slice, before, after *world.World, st *world.Step, lost []protocol.Message) error {
	m := s.machine(x)
	var p path
	add := func(a protocol.Action, optional bool) error {
		args, err := m.values(a.Args)
		if err == nil {
			var c int32
			if c, err = m.call(a.Name, args); err == nil {
				p = append(p, leg{c, optional})
				return nil
			}
		}
		return &StepError{Slice: x.name, Actions: []string{a.Name}, Rejection: Rejection{Reason: err.Error()}}
	}
	if x.set < 0 { // it begins now
		var err error
		if x.set, err = m.init(noDemand); err != nil {
			return err
		}
		for i, id := range s.ids {
			if !before.Up(id) && s.takesPart(x, before, i) {
				if err := add(s.proto.Crashed(id), false); err != nil {
					return err
				}
			}
		}
	}
	if st.Choice.Kind == world.Crash && s.takesPart(x, before, s.index(st.Choice.Node)) {
		if err := add(s.proto.Crashed(st.Choice.Node), false); err != nil {
			return err
		}
	}
	for _, a := range st.Output.Actions {
		if a.Slice == x.name || a.Slice == "" && s.takesPart(x, after, s.index(st.Node)) {
			if err := add(a, false); err != nil {
				return err
			}
		}
	}
	for _, l := range lost {
		if s.proto.SliceOf(l) == x.name {
			if err := add(s.proto.Lost(l), true); err != nil {
				return err
			}
		}
	}
	dem, err := s.demandOf(after, x)
	if err != nil {
		return err
	}
	to, work, err := m.advance(x.set, p, dem)
	switch {
	case err != nil && !meaningless(err):
		return err
	case err != nil:
		e := s.stepError(x, m, p)
		e.Reason = "the specification gives that no meaning: " + err.Error()
		return e
	case to == emptySet:
		return s.explain(x, m, p, dem)
	}
	if work > 0 && s.coverage != nil {
		s.coverage.took(m, x, p, to)
	}
	x.set = to
	return nil
}

func (s *Stepper) stepError(x *slice, m *machine, p path) *StepError {
	e := &StepError{Slice: x.name}
	for _, l := range p {
		if !l.optional {
			e.Actions = append(e.Actions, m.callText(l.call))
		}
	}
	return e
}

// explain says why a set of states leads to none that meets the demand.
func (s *Stepper) explain(x *slice, m *machine, p path, dem int32) error {
	if len(p) == 0 {
		e := s.stepError(x, m, p)
		e.Differs = m.nearest(x.set, get(m, &m.numbers.demands, dem))
		e.Reason = "its state changes, and the specification expects it to stay the same"
		if len(e.Differs) > 0 {
			d := e.Differs[0]
			e.Reason = fmt.Sprintf("its state changes, and the specification expects %s = %s, found %s", d.Variable, d.Expected, d.Found)
		}
		return e
	}
	pass := &pass{spec: &s.spec, m: m, set: x.set}
	// The explanation is about the last action that has to be taken.
	q := p
	for len(q) > 1 && q[len(q)-1].optional {
		q = q[:len(q)-1]
	}
	pass.explain(trace.Event{}, q, dem)
	e := s.stepError(x, m, p)
	e.Rejection = *pass.rejection
	if len(q) < len(p) {
		if to, _, err := m.advance(x.set, p, noDemand); err == nil && to != emptySet {
			e.Differs = m.nearest(to, get(m, &m.numbers.demands, dem))
			if len(e.Differs) > 0 {
				d := e.Differs[0]
				e.Reason = fmt.Sprintf("the specification then expects %s = %s, found %s", d.Variable, d.Expected, d.Found)
			}
		}
	}
	return e
}

// takesPart reports whether a node takes part in a slice: whether it is in the
// domain of the variables that are functions on nodes.
func (s *Stepper) takesPart(x *slice, w *world.World, node int) bool {
	k := nodeKey{x.constants, int32(node)}
	is, ok := s.partIn[k]
	if ok {
		return is
	}
	is = true
	m, id := s.machine(x), s.ids[node]
	set, _ := m.init(noDemand)
	if list := get(m, &m.sets, set); len(list) > 0 {
		st := get(m, &m.states, list[0])
		at := m.str(string(id))
		for name := range s.proto.AssignNode(x.name, w.NodeView(id)).Local {
			if i, ok := m.vars[name]; ok {
				_, in := m.at(st[i], at)
				is = is && in
			}
		}
	}
	s.partIn[k] = is
	return is
}

func (s *Stepper) index(id protocol.NodeID) int { return slices.Index(s.ids, id) }
