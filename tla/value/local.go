package value

import (
	"sync"
	"sync/atomic"
)

// Local is one goroutine's way into a [Store]: the operations on values, with
// the memory that they reuse.
type Local struct {
	*Store

	// Owner is whoever evaluates with this Local; thunks find it here.
	Owner any

	// Poll, if not nil, is called now and then by what takes long, and may end
	// it by a panic. Full, if not nil, is set to true when the Store holds more
	// than BytesMax.
	Poll     func()
	Full     *atomic.Bool
	BytesMax int64

	known  []*chunk // chunks of the Store
	buf    []Value
	thunks []Thunk
	forced map[Value]Value
	memo   []memoEntry
}

// NewLocal returns a Local of s.
func NewLocal(s *Store) *Local {
	return &Local{Store: s, forced: map[Value]Value{}}
}

// Thunk is a set or function that is known only by a rule, such as
// {x \in Nat : P(x)} or [x \in Nat |-> x + 1]. Its methods may raise an *Error.
type Thunk interface {
	// IsSet reports whether it is a set; otherwise it is a function.
	IsSet() bool
	// Member reports whether v is in the set.
	Member(l *Local, v Value) bool
	// Domain returns the domain of the function.
	Domain(l *Local) Value
	// Apply returns the value of the function at arg, which is in its domain.
	Apply(l *Local, arg Value) Value
	// Force returns the set or function enumerated.
	Force(l *Local) Value
	// Iterate calls f with each element of the set until f returns false, and
	// reports whether it never did.
	Iterate(l *Local, f func(Value) bool) bool
}

// Filter is a Thunk that is a subset of another set.
type Filter interface {
	Thunk
	Source() Value
}

// kept are the thunks that live as long as the Store.
type kept struct {
	mu   sync.RWMutex
	list []Thunk
}

const localThunk = 1 << 40

// Thunk returns a value that stands for t until [Local.ReleaseThunks].
func (l *Local) Thunk(t Thunk) Value {
	l.thunks = append(l.thunks, t)
	return Value(KindThunk) | lazyBit | Value(localThunk|len(l.thunks)-1)<<shiftBits
}

// KeepThunk returns a value that stands for t as long as the Store lives.
func (s *Store) KeepThunk(t Thunk) Value {
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	s.kept.list = append(s.kept.list, t)
	return Value(KindThunk) | lazyBit | Value(len(s.kept.list)-1)<<shiftBits
}

// MarkThunks returns a mark for ReleaseThunks.
func (l *Local) MarkThunks() int { return len(l.thunks) }

// ReleaseThunks forgets the thunks made since the mark, and the values that
// stand for them must not be used any more.
func (l *Local) ReleaseThunks(mark int) {
	if len(l.thunks) > mark {
		clear(l.thunks[mark:])
		l.thunks = l.thunks[:mark]
		clear(l.forced)
	}
}

// ThunkOf returns the thunk that v stands for, nil if v is of another kind.
func (l *Local) ThunkOf(v Value) Thunk {
	if v.Kind() != KindThunk {
		return nil
	}
	p := v.payload()
	if p&localThunk != 0 {
		return l.thunks[p&^localThunk]
	}
	l.kept.mu.RLock()
	defer l.kept.mu.RUnlock()
	return l.kept.list[p]
}

func (l *Local) forceThunk(v Value) Value {
	if v.Kind() != KindThunk {
		return v
	}
	if f, ok := l.forced[v]; ok {
		return f
	}
	f := l.ThunkOf(v).Force(l)
	l.forced[v] = f
	return f
}

// Push adds v to the scratch stack, from which SetFrom and TupleFrom build.
func (l *Local) Push(v Value) { l.buf = append(l.buf, v) }

// Mark returns the height of the scratch stack.
func (l *Local) Mark() int { return len(l.buf) }

// Since returns what is on the scratch stack since the mark. It is valid until
// the next Push.
func (l *Local) Since(mark int) []Value { return l.buf[mark:] }

// Drop takes from the scratch stack what was pushed since the mark.
func (l *Local) Drop(mark int) { l.buf = l.buf[:mark] }

// The binary operations that are remembered.
const (
	memoCup uint8 = iota + 1
	memoCap
	memoDiff
	memoUpdate
)

const memoSize = 1 << 13

// memoEntry is an operation done before. Values are hash-consed, so the same
// handles mean the same result.
type memoEntry struct {
	a, b, c, result Value
	op              uint8
}

// recall returns the place where the result of op on a, b, c is or goes.
func (l *Local) recall(op uint8, a, b, c Value) (*memoEntry, bool) {
	if l.memo == nil {
		l.memo = make([]memoEntry, memoSize)
	}
	h := mix(uint64(a)*golden + uint64(b)*3 + uint64(c)*golden>>7 + uint64(op))
	e := &l.memo[h&(memoSize-1)]
	return e, e.op == op && e.a == a && e.b == b && e.c == c
}

// Canon returns v with every lazy part enumerated, so that its handle is equal
// to that of any other canonical value if and only if the values are. It raises
// an *Error if v has an infinite part.
func (l *Local) Canon(v Value) Value {
	if !v.IsLazy() {
		return v
	}
	switch v.Kind() {
	case KindSet:
		mark := l.Mark()
		for _, e := range l.parts(v) {
			l.Push(l.Canon(e))
		}
		return l.SetFrom(mark)
	case KindTuple, KindRecord, KindFunc:
		mark := l.Mark()
		for i, e := range l.parts(v) {
			if i == 0 && v.Kind() != KindTuple {
				e = l.Canon(e)
			}
			l.Push(l.Canon(e))
		}
		r := l.intern(v.Kind(), l.buf[mark:])
		l.Drop(mark)
		return r
	case KindThunk:
		return l.Canon(l.forceThunk(v))
	}
	return l.Canon(l.Force(v))
}

// Permute returns the canonical value v with its model values, or whatever
// inline values perm has, replaced. memo remembers what was computed before.
func (l *Local) Permute(v Value, perm, memo map[Value]Value) Value {
	if p, ok := perm[v]; ok {
		return p
	}
	if 1<<v.Kind()&inlineKind != 0 {
		return v
	}
	if p, ok := memo[v]; ok {
		return p
	}
	var r Value
	switch v.Kind() {
	case KindSet:
		mark := l.Mark()
		for _, e := range l.parts(v) {
			l.Push(l.Permute(e, perm, memo))
		}
		r = l.SetFrom(mark)
	case KindTuple, KindRecord:
		mark := l.Mark()
		for _, e := range l.parts(v) {
			l.Push(l.Permute(e, perm, memo))
		}
		r = l.intern(v.Kind(), l.buf[mark:])
		l.Drop(mark)
	default:
		domain, values := l.funcParts(v)
		var as, vs []Value
		for i := range values {
			as = append(as, l.Permute(domain[i], perm, memo))
			vs = append(vs, l.Permute(values[i], perm, memo))
		}
		r = l.Func(as, vs)
	}
	memo[v] = r
	return r
}
