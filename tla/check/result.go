package check

import (
	"fmt"
	"strings"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/syntax"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Verdict is the answer of a check.
type Verdict uint8

// The verdicts. Unknown is never a pass.
const (
	Unknown Verdict = iota
	OK
	Violated
)

// String returns the verdict in one word.
func (v Verdict) String() string { return [...]string{"unknown", "ok", "violated"}[v] }

// MarshalText makes the verdict a word in JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Kind says what a verdict other than OK is about. The words are those of
// package tlc.
type Kind string

// The kinds of violation: something that the model claims is false.
const (
	Assumption      Kind = "assumption"
	Deadlock        Kind = "deadlock"
	Invariant       Kind = "invariant"
	InitialProperty Kind = "initial property" // the state predicate of a PROPERTY
	ActionProperty  Kind = "action property"  // the [][A]_v part of a PROPERTY
	Assert          Kind = "assert"           // the operator Assert of module TLC
	PostCondition   Kind = "postcondition"
)

// The kinds of unknown: the model was not checked, or not to its end.
const (
	Evaluation  Kind = "evaluation error"
	Vacuous     Kind = "nothing checked" // no initial state
	Sampled     Kind = "simulation"      // no error found, and nothing proved
	Stopped     Kind = "stopped"         // by a bound or by the context
	Unsupported Kind = "unsupported"     // a part of the model, see Reasons
)

// Result is what a Run found.
type Result struct {
	Verdict Verdict
	Kind    Kind // empty if OK

	// Property names what is violated, or what was being evaluated when
	// evaluation failed: an invariant, a property, an assumption. PropertyAt
	// is its place.
	Property   string
	PropertyAt Position

	// Reasons say, a sentence each, why the verdict is Unknown. A violation
	// may have some too, of parts of the model that were not checked.
	Reasons []string

	// Err is the error of evaluation, of Kind Evaluation and Assert; nearly
	// always an *[eval.Error], which has the place and the call stack.
	Err error

	assuming bool // Err is of an assumption

	// The figures, as TLC counts them. Left are the states found and not yet
	// explored. Of a simulation only Generated and Behaviours are known.
	Generated, Distinct, Left int64
	Initial                   int64 // distinct initial states
	Depth                     int
	Behaviours                int

	// Actions tells for the initial predicate and then each action, in the
	// order of TLC, how often it was taken.
	Actions []Action

	// Costs tells how often expressions were evaluated, if Options.Coverage
	// asks for it, in the order of the source.
	Costs []Cost

	// Implications tells of each implication and each \A in the properties that
	// were checked whether anything came of it, in the order of the
	// configuration, and within a property in that of the source.
	Implications []Implication

	// Trace is the counterexample, or for an error of evaluation the way to
	// where it came up, from an initial state.
	Trace []TraceState

	Bytes int64 // of values, states and fingerprints, at most
	Seed  int64 // of a simulation
}

// Position is a region of a module's source.
type Position struct {
	Module string
	Span   syntax.Span
}

// String returns the position in TLC's words.
func (p Position) String() string { return fmt.Sprintf("%s of module %s", p.Span, p.Module) }

// IsZero reports whether there is no position.
func (p Position) IsZero() bool { return p == Position{} }

// Action is one disjunct of the next-state relation, as TLC splits it, or the
// initial predicate.
type Action struct {
	Name    string   // of the definition that it stands in
	Params  []string // of that definition
	At      Position // of the disjunct
	Initial bool

	// Taken counts the states that the action generated, Distinct those of
	// them that were new.
	Taken, Distinct int64
}

// Implication is a part of a property that claims something of some states only:
// P => Q of those in which P is true, \A x \in S : Q of those in which S has
// elements. One whose antecedent was never reached claimed nothing: the property
// is true, and perhaps for no good reason.
//
// The parts are those of the INVARIANTs, of the initial predicates and of the
// [][A]_v of PROPERTYs, with all that their definitions come to. The same part in
// several uses of a definition is one, and reached if it is in any of them. What
// is known is of all Runs of the Model so far, since constant formulas are
// evaluated only once; and of an end that came early it is what was reached till
// then, so that it means something for the verdict OK.
type Implication struct {
	Property   string   // its name in the configuration
	Definition string   // in which it stands; empty if in none
	At         Position // of the whole
	Text       string   // of the whole, on one line, shortened if it is long
	Antecedent string   // likewise: "P", or "x \in S"
	ForAll     bool     // it is a \A

	// Evaluated tells whether it was evaluated at all, and Reached whether its
	// antecedent was true then, or its set not empty, so that Q was evaluated.
	Evaluated, Reached bool
}

// Cost tells how often an expression was evaluated.
type Cost struct {
	At    Position
	Name  string // of the definition that it stands in
	Depth int    // nesting inside the definition's body, whose own depth is 0
	Count int64
}

// TraceState is one state of a trace and how it was reached.
type TraceState struct {
	Number int // from 1

	// Action is the action that led here as TLC names it, "Initial predicate"
	// for the first state, with its arguments and place.
	Action string
	Params []string
	Args   []value.Value
	At     Position

	// Call is the named action that this came to: Handle(n, m), where Action is
	// Receive(n) == \E m \in msgs : Handle(n, m).
	Call Call

	// State holds the values of the variables, in the order of
	// [Model.Vars]. Variables is what is to be shown: the variables, or the
	// fields of the configuration's ALIAS.
	State     []value.Value
	Variables []Variable
}

// Call is a named action with its arguments. A definition that is a choice between
// named actions is not the name of a step, and the action that it comes to is (see
// [eval.Machine.Innermost]).
type Call struct {
	Name   string // I!Send of an instance
	Params []string
	Args   []value.Value
	At     Position // of the definition's body

	// Picked are the variables of the \E inside the action that have to do with
	// the next state, as the with of PlusCal has them, and Picks what was chosen.
	Picked []string
	Picks  []value.Value
}

// Variable is a variable, or a field of an ALIAS, with its value.
type Variable struct {
	Name  string
	Value value.Value
	Text  string // as TLC prints it
}

// Title returns what TLC writes between < and > above a state.
func (t TraceState) Title() string {
	if t.At.IsZero() {
		return t.Action
	}
	return t.Action + " " + t.At.String()
}

// String is the state as TLC prints it.
func (t TraceState) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: <%s>\n", t.Number, t.Title())
	for _, v := range t.Variables {
		fmt.Fprintf(&b, "/\\ %s = %s\n", v.Name, v.Text)
	}
	return b.String()
}

// ExitCode returns the exit code that TLC would end with; where the verdict is
// Unknown and TLC would have none, it is 2.
func (r *Result) ExitCode() int {
	if r.assuming && (r.Kind == Evaluation || r.Kind == Assert) {
		return 10 // of an assumption that has no value, too
	}
	switch r.Kind {
	case Assumption:
		return 10
	case Deadlock:
		return 11
	case Invariant, PostCondition:
		return 12
	case InitialProperty, ActionProperty:
		return 13
	case Assert:
		return 14
	case Evaluation:
		return 75
	}
	if r.Verdict == OK {
		return 0
	}
	return 2
}

// Collision returns TLC's optimistic estimate of the probability that two
// different states had the same fingerprint of that many bits (64, or 128 if
// Options.Wide).
func (r *Result) Collision(bits int) float64 {
	p := float64(r.Distinct) * float64(r.Generated-r.Distinct)
	for ; bits > 0; bits-- {
		p /= 2
	}
	return p
}

// Stack returns the call stack of an error of evaluation, innermost first, nil
// if there is none.
func (r *Result) Stack() []*eval.Site {
	if e, ok := r.Err.(*eval.Error); ok {
		return e.Stack
	}
	return nil
}
