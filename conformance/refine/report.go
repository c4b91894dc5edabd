package refine

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla/config"
)

// Spec is a specification as validation needs it.
type Spec struct {
	Modules fs.FS  // its modules, *.tla in the root
	Module  string // the name of the module that defines Init and the actions

	// Init is the predicate of the states that a trace begins in, and Next the
	// relation of which each event has to be a step; "" is Init, and Next if the
	// module defines it. Traces of runs that were under way when they were begun
	// have another Init.
	Init, Next string

	// Constants gives what no trace fixes, as a configuration writes it behind the
	// name: a value, as in "{1, 2}" or "None", which is a model value; or a
	// replacement of a constant or a definition, as in "<- Majority" or
	// "<- [Raft] ConfigQuorum". A string of a trace that is the name of one of
	// these model values stands for it.
	Constants map[string]string

	// Silent names, for an action of the trace, the action of the same
	// arguments that nobody could log and that may come just before it: the
	// crash before a recovery.
	Silent map[string]string

	// Exceptions explain what of the specification the code does not reach.
	Exceptions []Exception
}

// WithConfig returns the specification with the constants, and INIT and NEXT if
// there are any, of a configuration file. Of what else the file says nothing is
// used.
func (s Spec) WithConfig(c *config.Config) (Spec, error) {
	constants := maps.Clone(s.Constants)
	if constants == nil {
		constants = map[string]string{}
	}
	for _, x := range c.Constants {
		switch {
		case len(x.Args) > 0:
			return s, fmt.Errorf("%s:%s: expected a constant without arguments, found %s of %d", c.File, x.Pos, x.Name, len(x.Args))
		case x.Replacement == "":
			constants[x.Name] = x.Value.String()
		case x.Module == "":
			constants[x.Name] = "<- " + x.Replacement
		default:
			constants[x.Name] = fmt.Sprintf("<- [%s] %s", x.Module, x.Replacement)
		}
	}
	s.Constants = constants
	if c.Init.Given() {
		s.Init, s.Next = c.Init.Name, c.Next.Name
	}
	return s, nil
}

func (s Spec) init() string { return cmp.Or(s.Init, "Init") }
func (s Spec) next() string { return cmp.Or(s.Next, "Next") }

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
