package linearizability

import "encoding/json"

// Model is a sequential object: what its operations are and what each does to
// its state. Its methods are pure; states, operations and results are
// immutable values of the model's own types.
type Model interface {
	// Name is the model's name in the header of a history.
	Name() string

	// DecodeOp and DecodeResult read the model's JSON, whole and strictly.
	// DecodeResult checks the result against the operation's form (are these
	// the keys that it reads?) and never returns nil without an error. Whether
	// the result is right is for Step.
	DecodeOp(raw json.RawMessage) (any, error)
	DecodeResult(op any, raw json.RawMessage) (any, error)

	// Init is the state before the first operation.
	Init() any

	// Step applies op to the state. With a result it says whether op may
	// return that result there, and the next state if so. A nil result is an
	// unknown outcome: Step must then accept, and return the state that op
	// leads to if it takes effect. (That it may take none is the checker's
	// part.) An operation must have at most one effect in each state.
	Step(state, op, result any) (legal bool, next any)

	// Equal compares states; equal states have equal hashes.
	Equal(a, b any) bool
	Hash(state any) uint64

	// Footprint says what op, with this result or with a nil one, depends on
	// and changes.
	Footprint(op, result any) Footprint

	// DescribeOp is one line such as "put x 1 → ok"; DescribeState is one
	// line too. A nil result is described as unknown.
	DescribeOp(op, result any) string
	DescribeState(state any) string
}

// Footprint is what the checker must know of an operation to check apart what
// has nothing to do with each other, and to leave out what can make no
// difference. The state is seen as cells: a key and the value at it.
type Footprint struct {
	// Keys are all that the operation reads or writes. Operations whose keys
	// are not connected, directly or through others, are checked apart, each
	// group from the initial state. No keys stands for the one key "".
	Keys []string

	// Sees are the cells that the operation depends on: with its result it is
	// legal only where the state holds all of them. With a nil result they are
	// the cells without which it has no effect. The values that a nil result
	// leaves open (reads) are not among them.
	Sees []Cell

	// Writes are the cells that the operation may leave behind.
	Writes []Cell

	// SeesMore says that the operation depends on its keys in some way that
	// Sees does not tell ("the value was not 1"), and WritesMore that it
	// changes them in some way that Writes does not tell ("add 1"). A model
	// whose state is not made of cells sets both and loses nothing but speed.
	SeesMore, WritesMore bool
}

// Blinder is implemented by models that can tell an operation's effect from
// what it saw. It makes the evidence of a violation smaller.
type Blinder interface {
	// Blind returns an operation and a result that are legal wherever op with
	// result is, lead to the same state there, and see nothing; false when
	// there are none, or when op sees nothing already.
	Blind(op, result any) (blindOp, blindResult any, ok bool)
}

// Cell is a value at a key.
type Cell struct{ Key, Value string }

// Models returns the models that this package knows.
func Models() []Model { return []Model{Register(), KV(), TxnKV()} }
