package refine

import (
	"fmt"
	"io/fs"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// Spec is a specification as validation needs it.
type Spec struct {
	Modules fs.FS  // its modules, *.tla in the root
	Module  string // the name of the module that defines Init and the actions

	// Constants gives, as TLA+ text, the constants that no trace fixes.
	Constants map[string]string

	// Silent names, for an action of the trace, the action of the same
	// arguments that nobody could log and that may come just before it: the
	// crash before a recovery.
	Silent map[string]string

	// Exceptions explain what of the specification the code does not reach.
	Exceptions []Exception
}

// Verdict is ok, violated or unknown.
type Verdict string

const (
	OK       Verdict = "ok"
	Violated Verdict = "violated"
	Unknown  Verdict = "unknown"
)

// Report is what the validation of a run's slices came to.
type Report struct {
	Verdict Verdict
	Reason  string // unless the verdict is ok

	Slices   int // judged
	Distinct int // of them; equal slices are judged once
	Events   int // in all slices
	States   int64

	// Width is the largest number of states that explained a slice at some
	// point, as far as the validator tells.
	Width int

	// Rejected lists the slices that no behaviour explains, at most
	// MaxRejected of them; RejectedCut counts the others.
	Rejected    []Rejection
	RejectedCut int
}

// MaxRejected bounds Report.Rejected.
const MaxRejected = 10

// Rejection is a slice that no behaviour of the specification explains.
type Rejection struct {
	Slice trace.Slice

	// Explained is the length of the longest explained prefix, and Event the
	// one after it, which no behaviour that explains the prefix can continue
	// with. It is -1 when that was not looked for (see TLC.Explain).
	Explained int
	Event     trace.Event

	// Reason is one sentence. State is a state after the prefix, variable by
	// variable as TLA+ text, when one is known.
	Reason string
	State  []Binding

	// Candidates is how many states explain the prefix, and Differs in what
	// the nearest state that the event's action leads to is not as the event
	// says. A validator that cannot tell leaves them empty.
	Candidates int
	Differs    []Difference

	// False are the conjuncts of the action, with their places, that are
	// false where it cannot be taken: the first is why.
	False []string
}

// Binding is a variable and its value, as TLA+ text.
type Binding struct{ Variable, Value string }

func (r Rejection) String() string {
	name := r.Slice.Name
	if name != "" {
		name = "slice " + name + ": "
	}
	if r.Explained < 0 {
		return name + "it is not a behaviour of the specification; " + r.Reason
	}
	return fmt.Sprintf("%sevent %d of %d is not a step of the specification: %s: %s",
		name, r.Explained+1, len(r.Slice.Events), r.Event, r.Reason)
}
