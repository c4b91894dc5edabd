// Package value holds TLA+ values as TLC knows them.
//
// A [Value] is a handle of eight bytes. Booleans, 32-bit integers, strings and
// model values are inline; sets, tuples, records and functions live in a
// [Store], hash-consed: building the same value twice gives the same handle, so
// that two values without lazy parts are equal if and only if their handles are,
// and a state is one handle a variable.
//
// Large and infinite sets (Nat, SUBSET S, [S -> T], Seq(S), ...) are handles to
// their description. Membership in them does not enumerate them; [Local.Force]
// does.
//
// A Store is shared by any number of goroutines. Each works through a [Local] of
// its own, which has the operations:
//
//	store := value.NewStore()
//	l := value.NewLocal(store)
//	s := l.SetOf(value.Int(3), value.Int(1), value.Int(3))
//	fmt.Println(l.String(s), l.Member(value.Int(1), s)) // {1, 3} true
//
// # Order
//
// [Local.Compare] is TLC's order, by which sets are enumerated and CHOOSE
// chooses: FALSE before TRUE, integers by size, strings and model values in the
// order first seen by the Store, sets by cardinality and then element by
// element, functions by the size of their domain and then argument by argument.
// Model values come before everything else; values of different kinds do not
// compare, and trying is an [*Error], raised as a panic and to be recovered by
// whoever runs an evaluation.
//
// # Canonical forms
//
// A function whose domain is 1..n is a tuple, one whose domain is a non-empty
// set of strings is a record, and the function of empty domain is the empty
// tuple.
//
// # Limits
//
// Values are never freed before their Store is. Integers are 32 bits wide, as
// in TLC. A set of more than [MaxSetSize] elements is refused.
package value

import "fmt"

// Value is a handle to a TLA+ value. The zero Value is no value.
type Value uint64

// Kind says what a value is, or for a set how it is described.
type Kind uint8

// The kinds of value. From KindInterval on they are lazy sets, and KindThunk is
// whatever a [Thunk] computes.
const (
	KindNone Kind = iota
	KindBool
	KindInt
	KindString
	KindModel
	KindSet    // an enumerated set, sorted
	KindTuple  // a function whose domain is 1..n
	KindRecord // a function whose domain is a non-empty set of strings
	KindFunc   // any other function

	KindInterval  // a..b, large
	KindSubset    // SUBSET S
	KindFuncSet   // [S -> T]
	KindRecordSet // [a : S, b : T]
	KindProduct   // S \X T
	KindCup       // S \cup T, one of them lazy
	KindCap       // S \cap T, both lazy
	KindDiff      // S \ T, S lazy
	KindUnion     // UNION S, S or an element of it lazy
	KindSeq       // Seq(S)
	KindBase      // Nat, Int, Real, STRING, and the set of everything
	KindThunk     // a set or function known by a Thunk
)

const (
	kindBits   = 5
	lazyBit    = Value(1) << kindBits // some part of the value is lazy
	shiftBits  = kindBits + 1
	kindMask   = Value(1)<<kindBits - 1
	setKinds   = 1<<KindSet | 1<<KindInterval | 1<<KindSubset | 1<<KindFuncSet | 1<<KindRecordSet | 1<<KindProduct | 1<<KindCup | 1<<KindCap | 1<<KindDiff | 1<<KindUnion | 1<<KindSeq | 1<<KindBase
	fcnKinds   = 1<<KindTuple | 1<<KindRecord | 1<<KindFunc
	inlineKind = 1<<KindNone | 1<<KindBool | 1<<KindInt | 1<<KindString | 1<<KindModel
)

// FALSE and TRUE, and the sets that have no finite description.
const (
	False   = Value(KindBool)
	True    = Value(KindBool) | 1<<shiftBits
	Nat     = Value(KindBase) | lazyBit
	Integer = Value(KindBase) | lazyBit | 1<<shiftBits
	Real    = Value(KindBase) | lazyBit | 2<<shiftBits
	Strings = Value(KindBase) | lazyBit | 3<<shiftBits
	Any     = Value(KindBase) | lazyBit | 4<<shiftBits
)

// Bool returns TRUE or FALSE.
func Bool(b bool) Value {
	if b {
		return True
	}
	return False
}

// Int returns the integer i.
func Int(i int32) Value { return Value(KindInt) | Value(uint32(i))<<shiftBits }

// None returns a handle that is no value and carries a number, for whoever keeps
// something else among values.
func None(n int) Value { return Value(KindNone) | Value(n)<<shiftBits }

// Number returns the number that None was given.
func (v Value) Number() int { return int(v.payload()) }

// Kind returns the kind of v.
func (v Value) Kind() Kind { return Kind(v & kindMask) }

// IsLazy reports whether v is, or has as a part, a set or function that is
// described rather than enumerated. Handles of values that are not lazy are
// equal if and only if the values are.
func (v Value) IsLazy() bool { return v&lazyBit != 0 }

// IsSet reports whether v is a set. A thunk is not known to be one.
func (v Value) IsSet() bool { return 1<<v.Kind()&setKinds != 0 }

// IsFunc reports whether v is a function: a tuple, a record or any other.
func (v Value) IsFunc() bool { return 1<<v.Kind()&fcnKinds != 0 }

// AsInt returns the integer that v is.
func (v Value) AsInt() int32 { return int32(uint32(v >> shiftBits)) }

// IsInt reports whether v is an integer.
func (v Value) IsInt() bool { return v&kindMask == Value(KindInt) }

// IsBool reports whether v is a boolean.
func (v Value) IsBool() bool { return v&kindMask == Value(KindBool) }

func (v Value) payload() uint64 { return uint64(v >> shiftBits) }

// Error is an error of TLA+ evaluation, such as comparing 1 with "a". Operations
// raise it as a panic.
type Error struct {
	Msg string
}

func (e *Error) Error() string { return e.Msg }

func fail(format string, args ...any) {
	panic(&Error{Msg: fmt.Sprintf(format, args...)})
}
