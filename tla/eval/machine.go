package eval

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// maxDepth bounds the nesting of recursive operators and functions.
const maxDepth = 40000

// Site is a place in a specification, and how it was reached: Caller is where
// the definition that it stands in was applied.
type Site struct {
	Module string
	Span   syntax.Span
	Name   string // of the definition that it stands in
	Caller *Site
}

// String returns the place in TLC's words.
func (s *Site) String() string {
	return fmt.Sprintf("%s of module %s", s.Span, s.Module)
}

// Error is an error of evaluation with its place. Stack is the calls that led
// there, innermost first.
type Error struct {
	Msg         string
	Site        *Site
	Stack       []*Site
	Unsupported bool // Lockstep refuses it, which says nothing of the specification
	Interrupted bool // the Machine's Interrupt was set
}

// Error returns the place and the message.
func (e *Error) Error() string {
	if e.Site == nil {
		return e.Msg
	}
	return fmt.Sprintf("%s: %s", e.Site, e.Msg)
}

// Trace returns the call stack, one line a call.
func (e *Error) Trace() string {
	var b strings.Builder
	for _, s := range e.Stack {
		fmt.Fprintf(&b, "%s, in %s\n", s, s.Name)
	}
	return b.String()
}

// frame holds the slots of one activation of a unit.
type frame struct {
	slots []value.Value
	ops   []*closure // operators passed as arguments
	up    *frame     // of the unit around it
}

// closure is an operator with the frame in which it is to run.
type closure struct {
	unit *unit
	up   *frame
}

// Machine runs compiled code. It is not safe for concurrent use.
type Machine struct {
	*value.Local
	prog *Program

	s0, s1  []value.Value // the state and its successor, perhaps partly assigned
	missing int           // variables of s1 without a value
	to      []value.Value // if not nil, the values that variables of s1 are to have; 0 for any
	changed uint64        // the variables, of the first 64, that differ between s0 and to

	f      *frame
	at     *Site
	calls  []*Site
	keep   int // above zero: thunks must outlive the evaluation
	leaf   *Leaf
	inner  *Leaf  // the named action that is being taken, nil if it is leaf
	picks  []pick // of the \E that are being gone through
	before int    // how many of them are around inner
	loops  []loop
	after  []rest   // of the recursive actions under way
	live   []bool   // the leaves come to, if that is what is asked: see Live
	frames []*frame // of the units that run by themselves, by id
	memos  []memory
	counts []int64
	succ   []value.Value

	emit  func(s1 []value.Value, leaf *Leaf) bool
	Regs  map[int32]value.Value // of TLCSet and TLCGet
	Print func(string)          // where Print and PrintT write; nil for nowhere
	Stat  func(name string) (value.Value, bool)

	Interrupt *atomic.Bool // if not nil, and once true, ends evaluation with an Error
	ticks     uint32

	// Trace returns the states up to the current one, for Trace of TLCExt; nil
	// if it is not known.
	Trace func() (value.Value, bool)

	// Exec runs a command for IOExec, with variables added to the environment,
	// and returns how it ended. Without one, commands are refused.
	Exec func(argv, env []string) (exit int, stdout, stderr string, err error)

	final *Error   // the error that ends this evaluation, once it is raised
	late  []*Error // errors put off until the value is needed

	Seed  int64  // of RandomElement and module Randomization
	draws uint64 // in the evaluation under way
}

// NewMachine returns a Machine for p.
func NewMachine(p *Program) *Machine {
	m := &Machine{Local: value.NewLocal(p.Store), prog: p, Regs: map[int32]value.Value{}}
	m.Owner, m.Poll = m, m.poll
	return m
}

// fail raises an error at site.
func (m *Machine) fail(s *Site, format string, args ...any) {
	m.at = s
	panic(&value.Error{Msg: fmt.Sprintf(format, args...)})
}

// guard runs f and returns the error that it raises.
func (m *Machine) guard(f func()) (err error) {
	mark, buf := m.MarkThunks(), m.Mark()
	depth, fr := len(m.calls), m.f
	m.draws = 0
	defer func() {
		r := recover()
		m.final = nil
		if r != nil {
			e, ok := r.(*value.Error)
			if u, isErr := r.(*Error); isErr {
				err = u
			} else if !ok {
				panic(r)
			} else {
				err = m.located(e)
			}
			m.keep = 0
		}
		m.calls, m.f = m.calls[:depth], fr
		if depth == 0 {
			m.late = nil
		}
		m.Drop(buf)
		m.ReleaseThunks(mark)
	}()
	f()
	return nil
}

// located returns e with the place at which it was raised.
func (m *Machine) located(e *value.Error) *Error {
	out := &Error{Msg: e.Msg, Site: m.at}
	for s := m.at; s != nil && len(out.Stack) < 100; s = s.Caller {
		out.Stack = append(out.Stack, s)
	}
	for i := len(m.calls) - 1; i >= 0 && len(out.Stack) < 100; i-- {
		out.Stack = append(out.Stack, m.calls[i])
	}
	return out
}

// putOff evaluates the argument of a recursive operator. TLC evaluates it when
// it is first needed, if ever, so that an error is put off till then: what is
// returned stands for it, and is no value.
func (m *Machine) putOff(f fn) (v value.Value) {
	mark, depth, keep, fr, s0, s1 := m.Mark(), len(m.calls), m.keep, m.f, m.s0, m.s1
	missing, to := m.missing, m.to
	defer func() {
		if v != 0 || m.final != nil {
			return
		}
		r := recover()
		e, ok := r.(*value.Error)
		if !ok {
			panic(r)
		}
		m.late = append(m.late, m.located(e))
		m.Drop(mark)
		m.calls, m.keep, m.f, m.s0, m.s1 = m.calls[:depth], keep, fr, s0, s1
		m.missing, m.to = missing, to
		v = value.None(len(m.late))
	}()
	return f(m)
}

// raise raises the error that was put off as v.
func (m *Machine) raise(v value.Value) {
	if i := v.Number(); i >= 1 && i <= len(m.late) {
		e := m.late[i-1]
		m.at = e.Site
		panic(&value.Error{Msg: e.Msg})
	}
	panic(&value.Error{Msg: "the value of an argument is an error"})
}

// call runs a unit in a new frame.
func (m *Machine) call(u *unit, up *frame, s *Site, args func(*frame)) value.Value {
	if len(m.calls) >= maxDepth {
		m.overflow(s)
	}
	nf := &frame{slots: make([]value.Value, u.size), ops: make([]*closure, u.nops), up: up}
	if args != nil {
		args(nf)
	}
	old := m.f
	m.f = nf
	m.calls = append(m.calls, s)
	v := u.body(m)
	m.calls = m.calls[:len(m.calls)-1]
	m.f = old
	return v
}

// top runs f in a fresh frame for unit u.
func (m *Machine) top(u *unit, s0, s1 []value.Value, f func()) error {
	old0, old1, oldf := m.s0, m.s1, m.f
	defer func() { m.s0, m.s1, m.f = old0, old1, oldf }()
	m.s0, m.s1 = s0, s1
	m.f = m.frameOf(u)
	return m.guard(f)
}

func (m *Machine) frameOf(u *unit) *frame {
	return &frame{slots: make([]value.Value, u.size), ops: make([]*closure, u.nops)}
}

// capture copies the frame and those around it, for a thunk that outlives them.
func (f *frame) capture() *frame {
	if f == nil {
		return nil
	}
	c := *f
	c.slots = append([]value.Value(nil), f.slots...)
	c.up = f.up.capture()
	return &c
}

func (f *frame) ancestor(n int) *frame {
	for ; n > 0; n-- {
		f = f.up
	}
	return f
}

// overflow raises the error of too deep a nesting, which nothing takes for the
// error of one value.
func (m *Machine) overflow(s *Site) {
	e := &Error{Site: s, Stack: []*Site{s}, Msg: fmt.Sprintf("This was a stack overflow: %d nested applications. It was probably the result of an incorrect recursive function definition.", maxDepth)}
	for i := len(m.calls) - 1; i >= 0 && len(e.Stack) < 100; i-- {
		e.Stack = append(e.Stack, m.calls[i])
	}
	m.end(e)
}

// end raises an error that ends the whole evaluation. It is not to be recovered
// on the way, not even to be raised again: below 40000 calls that takes minutes.
func (m *Machine) end(e *Error) {
	m.final = e
	panic(e)
}

// poll looks now and then whether evaluation is to end.
func (m *Machine) poll() {
	if m.ticks++; m.ticks&0xfff == 0 && m.Interrupt != nil && m.Interrupt.Load() {
		m.end(&Error{Msg: "evaluation was interrupted", Interrupted: true})
	}
}
