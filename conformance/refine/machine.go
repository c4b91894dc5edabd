package refine

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/lockstep-go/lockstep/tla"
	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/config"
	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/module"
	"github.com/lockstep-go/lockstep/tla/value"
)

// machine steps sets of states of a specification with given constants: from
// the states that explain what has been seen so far, those that explain one
// thing more. States and sets are numbered, and what was computed once is
// remembered, so that what happens again costs a look-up. A machine is for one
// goroutine; its clones share the numbers.
type machine struct {
	spec    *tla.Spec
	local   *value.Local
	vars    map[string]int
	models  map[string]value.Value // what strings stand for; others for themselves
	actions map[string]*tla.Action
	next    bool   // whether the specification has a next-state relation
	lines   string // the constants, as lines of a configuration
	sum     [sha256.Size]byte

	*numbers
	memo  map[string]result
	steps map[[2]int32]bool // whether a pair is a step of the next-state relation
	key   []byte
}

// numbers are the states, sets of states and demands that machines have met.
type numbers struct {
	mu      sync.RWMutex
	states  []tla.State
	ofState map[string]int32
	sets    [][]int32 // sorted
	ofSet   map[string]int32
	demands []demand
	ofDem   map[string]int32
	calls   []call
	ofCall  map[string]int32
	initial int32 // the set of the initial states, -1 before it is asked for
}

// result is what advance returns.
type result struct {
	set  int32
	work int64 // states generated
	err  error
}

// call is an action with its arguments.
type call struct {
	name string
	args []value.Value
}

// demand is what is known of a state: of variables, or of functions at one
// argument.
type demand []binding

type binding struct {
	variable int
	at       value.Value // 0: the whole variable
	value    value.Value
}

// emptySet is the number of the set of no states, and noDemand that of the
// demand that all states meet.
const (
	emptySet int32 = 0
	noDemand int32 = 0
)

// maxCandidates bounds a set of states.
const maxCandidates = 1 << 16

// errWidth is what is said when it is exceeded; it makes a verdict unknown.
var errWidth = fmt.Errorf("more than %d states of the specification explain it so far", maxCandidates)

// load compiles a specification whose constants are given as the lines of a
// configuration.
func (s Spec) load(constants string) (*tla.Spec, error) {
	read := func(name string) (string, []byte, bool) {
		b, err := fs.ReadFile(s.Modules, name+".tla")
		return name + ".tla", b, err == nil
	}
	file, src, ok := read(s.Module)
	if !ok {
		return nil, fmt.Errorf("specification %s has no module %s", s.Module, file)
	}
	if len(s.Exceptions) > 0 {
		file, src = s.withExceptions()
	}
	spec, err := module.LoadSource(file, src, module.Options{Read: read})
	if err != nil {
		return nil, err
	}
	// A model needs a next-state relation. Where the specification defines
	// none, something stands in its place, and nothing is asked of it.
	next := s.next()
	if s.Next == "" && spec.Root.Lookup(next) == nil {
		next = s.init()
	}
	text := fmt.Sprintf("INIT %s\nNEXT %s\n", s.init(), next)
	if constants != "" {
		text += "CONSTANTS\n" + constants
	}
	c, err := config.Parse(s.Module+".cfg", []byte(text))
	if err != nil {
		return nil, err
	}
	m, err := check.New(spec, c)
	if err != nil {
		return nil, err
	}
	return tla.FromModel(m), nil
}

func newMachine(s Spec, constants string) (*machine, error) {
	spec, err := s.load(constants)
	if err != nil {
		return nil, err
	}
	// A trace gives constants: a specification says nothing of those that it
	// does not assume.
	if err := spec.Assume(); err != nil {
		return nil, err
	}
	n := &numbers{ofState: map[string]int32{}, ofSet: map[string]int32{}, ofDem: map[string]int32{}, ofCall: map[string]int32{}, initial: -1}
	m := machineOf(spec, n)
	m.intern(nil)
	m.demand(nil)
	return m, nil
}

func machineOf(spec *tla.Spec, n *numbers) *machine {
	m := &machine{spec: spec, local: spec.Local(), vars: map[string]int{}, models: map[string]value.Value{}, actions: map[string]*tla.Action{},
		next: spec.Model.Config.Next.Name != spec.Model.Config.Init.Name, numbers: n, memo: map[string]result{}, steps: map[[2]int32]bool{}}
	for i, name := range spec.Vars() {
		m.vars[name] = i
	}
	names := map[string]bool{}
	for _, c := range spec.Model.Config.Constants {
		models(c.Value, names)
	}
	for _, name := range sortedKeys(names) {
		m.models[name] = m.local.Model(name)
	}
	return m
}

// clone returns a machine for another goroutine.
func (m *machine) clone() *machine {
	c := machineOf(m.spec.Clone(), m.numbers)
	c.lines, c.sum = m.lines, m.sum
	return c
}

func appendValues(b []byte, vs []value.Value) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return b
}

// number returns the number of the thing with that key, and keeps it if it is new.
func number[T any](n *numbers, of map[string]int32, list *[]T, key []byte, thing func() T) int32 {
	n.mu.RLock()
	i, ok := of[string(key)]
	n.mu.RUnlock()
	if ok {
		return i
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if i, ok := of[string(key)]; ok {
		return i
	}
	i = int32(len(*list))
	*list = append(*list, thing())
	of[string(key)] = i
	return i
}

func (m *machine) state(st tla.State) int32 {
	m.key = appendValues(m.key[:0], st)
	return number(m.numbers, m.ofState, &m.states, m.key, func() tla.State { return slices.Clone(st) })
}

// intern numbers a set of states, which it sorts.
func (m *machine) intern(set []int32) int32 {
	slices.Sort(set)
	set = slices.Compact(set)
	m.key = m.key[:0]
	for _, s := range set {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(s))
	}
	return number(m.numbers, m.ofSet, &m.sets, m.key, func() []int32 { return slices.Clone(set) })
}

func (m *machine) demand(d demand) int32 {
	m.key = m.key[:0]
	for _, b := range d {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(b.variable))
		m.key = appendValues(m.key, []value.Value{b.at, b.value})
	}
	return number(m.numbers, m.ofDem, &m.demands, m.key, func() demand { return slices.Clone(d) })
}

// call numbers an action with its arguments.
func (m *machine) call(name string, args []value.Value) (int32, error) {
	a, err := m.action(name)
	if err != nil {
		return 0, err
	}
	if len(a.Params) != len(args) {
		return 0, fmt.Errorf("%s takes %d arguments, found %d", name, len(a.Params), len(args))
	}
	m.key = appendValues(append(append(m.key[:0], name...), 0), args)
	return number(m.numbers, m.ofCall, &m.calls, m.key, func() call { return call{name, slices.Clone(args)} }), nil
}

func (m *machine) action(name string) (*tla.Action, error) {
	if a := m.actions[name]; a != nil {
		return a, nil
	}
	a, err := m.spec.Action(name)
	if err != nil {
		return nil, err
	}
	m.actions[name] = a
	return a, nil
}

func get[T any](m *machine, list *[]T, i int32) T {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return (*list)[i]
}

// init returns the set of the initial states that meet a demand.
func (m *machine) init(dem int32) (int32, error) {
	m.mu.RLock()
	set := m.initial
	m.mu.RUnlock()
	if set < 0 {
		all, err := m.spec.Initial()
		if err != nil {
			return emptySet, err
		}
		if len(all) > maxCandidates {
			return emptySet, errWidth
		}
		var list []int32
		for _, st := range all {
			list = append(list, m.state(st))
		}
		set = m.intern(list)
		m.mu.Lock()
		m.initial = set
		m.mu.Unlock()
	}
	return m.filter(set, dem), nil
}

// meets reports whether a state meets a demand.
func (m *machine) meets(st tla.State, d demand) bool {
	for _, b := range d {
		if !m.meetsOne(st, b) {
			return false
		}
	}
	return true
}

func (m *machine) meetsOne(st tla.State, b binding) bool {
	v := st[b.variable]
	if b.at != 0 {
		var ok bool
		if v, ok = m.at(v, b.at); !ok {
			return false
		}
	}
	return v == b.value
}

// at is the value of f at x, if f is a function and x in its domain.
func (m *machine) at(f, x value.Value) (v value.Value, ok bool) {
	if !f.IsFunc() {
		return 0, false
	}
	defer func() {
		if e := recover(); e != nil {
			if _, is := e.(*value.Error); !is { // x is of no kind to be in the domain
				panic(e)
			}
			v, ok = 0, false
		}
	}()
	return m.local.Lookup(f, x)
}

func (m *machine) filter(set, dem int32) int32 {
	if dem == noDemand {
		return set
	}
	d := get(m, &m.demands, dem)
	var keep []int32
	for _, s := range get(m, &m.sets, set) {
		if m.meets(get(m, &m.states, s), d) {
			keep = append(keep, s)
		}
	}
	return m.intern(keep)
}

// path is a sequence of actions: each is to be taken, or may be.
type path []leg

type leg struct {
	call     int32
	optional bool
}

// advance returns the set of the states to which a path leads from a set, as
// far as they meet a demand. Every step of it is to be one of the next-state
// relation, if there is one. work is the number of states generated, 0 if the
// answer was remembered.
func (m *machine) advance(set int32, p path, dem int32) (to int32, work int64, err error) {
	k := m.key[:0]
	k = binary.LittleEndian.AppendUint32(k, uint32(set))
	k = binary.LittleEndian.AppendUint32(k, uint32(dem))
	for _, l := range p {
		k = binary.LittleEndian.AppendUint32(k, uint32(l.call)<<1|bit(l.optional))
	}
	m.key = k
	if r, ok := m.memo[string(k)]; ok {
		return r.set, 0, r.err
	}
	key := string(k)
	r := result{set: set}
	for _, l := range p {
		if r.set, err = m.fire(r.set, get(m, &m.calls, l.call), l.optional, &r.work); err != nil {
			break
		}
	}
	if err != nil {
		r.set, r.err = emptySet, err
	} else {
		r.set = m.filter(r.set, dem)
	}
	if len(m.memo) >= maxMemo {
		clear(m.memo)
		clear(m.steps)
	}
	m.memo[key] = r
	return r.set, r.work, r.err
}

// maxMemo bounds what a machine remembers.
const maxMemo = 1 << 20

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// fire takes one action from each state of a set.
func (m *machine) fire(set int32, c call, optional bool, work *int64) (int32, error) {
	from := get(m, &m.sets, set)
	var to []int32
	if optional {
		to = append(to, from...)
	}
	a, err := m.action(c.name)
	if err != nil {
		return emptySet, err
	}
	seen := map[int32]bool{}
	var undefined error // of the first state to which the action has no meaning
	for _, s := range from {
		st := get(m, &m.states, s)
		var fired []int32
		err := a.Fire(st, c.args, func(next tla.State) bool {
			*work++
			fired = append(fired, m.state(next))
			return len(fired) < maxCandidates
		})
		if len(fired) >= maxCandidates || len(seen) >= maxCandidates {
			err = errWidth
		}
		for _, n := range fired {
			if err == nil && !seen[n] && m.isStep(s, n, st, get(m, &m.states, n), &err) {
				seen[n] = true
				to = append(to, n)
			}
		}
		switch {
		case err == nil:
		case !meaningless(err):
			return emptySet, err
		case undefined == nil:
			undefined = err
		}
	}
	if len(to) == 0 && undefined != nil {
		return emptySet, undefined
	}
	return m.intern(to), nil
}

// isStep reports whether a pair of states is a step of the next-state relation:
// the action of a trace must be one of it, and not merely something that the
// specification defines.
func (m *machine) isStep(s, n int32, from, to tla.State, fail *error) bool {
	if !m.next {
		return true
	}
	k := [2]int32{s, n}
	is, ok := m.steps[k]
	if !ok {
		step, err := m.spec.Step(from, to)
		if err != nil {
			*fail = err
			return false
		}
		is = step.OK
		m.steps[k] = is
	}
	return is
}

// meaningless reports whether an error says that the specification gives what
// was asked of it no meaning, so that it is no behaviour; any other error leaves
// the question open.
func meaningless(err error) bool {
	var e *eval.Error
	return errors.As(err, &e) && !e.Unsupported && !errors.Is(err, errWidth) && !errors.Is(err, context.Canceled)
}
