package tlc

import "fmt"

// Verdict is what a check came to. The zero value is Unknown.
type Verdict int

const (
	Unknown Verdict = iota
	OK
	Violated
)

func (v Verdict) String() string {
	switch v {
	case OK:
		return "ok"
	case Violated:
		return "violated"
	default:
		return "unknown"
	}
}

// MarshalText makes the verdict a word in JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Kind says what a verdict other than OK is about.
type Kind string

// Kinds of violations: something that the model claims is false.
const (
	KindAssumption      Kind = "assumption"
	KindDeadlock        Kind = "deadlock"
	KindInvariant       Kind = "invariant"
	KindInitialProperty Kind = "initial property" // the state predicate of a PROPERTY
	KindActionProperty  Kind = "action property"  // the [][A]_v part of a PROPERTY
	KindTemporal        Kind = "temporal"
	KindAssert          Kind = "assert" // operator Assert of module TLC
)

// Kinds of unknown: the model could not be checked, or not to its end.
const (
	KindParse      Kind = "parse error"
	KindConfig     Kind = "configuration error"
	KindEvaluation Kind = "evaluation error"
	KindVacuous    Kind = "nothing checked" // no initial state
	KindSimulation Kind = "simulation"      // no error found, and nothing proved
	KindStopped    Kind = "stopped"         // by a time limit or an interrupt
	KindCrash      Kind = "crash"           // of TLC or of its virtual machine
	KindOutput     Kind = "output"          // cut off, contradictory or not understood
)

// Result is what TLC found.
type Result struct {
	Verdict Verdict
	Kind    Kind // empty when the verdict is OK

	// Reason is one sentence: what is violated, or why the verdict is unknown.
	// Errors and Warnings are TLC's own messages, in order.
	Reason           string
	Errors, Warnings []Message

	// Property names the violated invariant or property, and is the position
	// of an assumption. Of a temporal property TLC 2.18 gives no name, and of
	// a part of a larger formula only the position; then it is the PROPERTY of
	// the configuration if that has exactly one, and otherwise it stays empty
	// or that position.
	Property string

	// Figures as in TLC's last report. Depth is 0 when TLC reports none, as
	// when a temporal property is violated. Queue counts the states that were
	// found but not yet explored, and is 0 after a complete search. In a
	// simulation only Generated is known; Distinct and Queue are -1.
	Generated, Distinct, Queue int64
	Depth                      int

	// Actions is the coverage of each action, if it was asked for, in the
	// order of TLC. Its figures include the steps that TLC takes again to
	// print a counterexample.
	Actions []Action

	// Trace is the counterexample, from an initial state. Loop is the number
	// (from 1) of the state to which a liveness counterexample returns after
	// its last state, and 0 when it does not; when it is the last state
	// itself, the behaviour stutters there for ever.
	Trace []State
	Loop  int

	// LoopAction is the action of the step back, where TLC tells it.
	LoopAction string

	// Printed holds the lines that the specification printed (Print, PrintT),
	// at most MaxPrinted of them; PrintedCut counts the lines beyond.
	Printed    []string
	PrintedCut int

	Version string // "Version 2.18 of 20 March 2023"

	// ExitCode is TLC's own exit status: 0, 10 to 14, 75 to 77, 150 to 153,
	// 255, or -1 when it was killed.
	ExitCode int
}

// MaxPrinted bounds Result.Printed, in lines.
const MaxPrinted = 10_000

// Stuttering reports whether the counterexample ends by stuttering for ever.
func (r *Result) Stuttering() bool { return r.Loop > 0 && r.Loop == len(r.Trace) }

// ExitStatus is the status with which a command that ran this check should
// exit: TLC's own, except that an unknown verdict is never 0 (then it is 2).
func (r *Result) ExitStatus() int {
	if r.Verdict == Unknown && r.ExitCode <= 0 {
		return 2
	}
	return r.ExitCode
}

// Position is a region of a module's source, columns and lines from 1.
type Position struct {
	Module                                       string
	LineFirst, ColumnFirst, LineLast, ColumnLast int
}

// IsZero reports whether there is no position.
func (p Position) IsZero() bool { return p == Position{} }

func (p Position) String() string {
	return fmt.Sprintf("line %d, col %d to line %d, col %d of module %s",
		p.LineFirst, p.ColumnFirst, p.LineLast, p.ColumnLast, p.Module)
}

// Action is one disjunct of the next-state relation, or of the initial
// predicate, as TLC splits it.
type Action struct {
	Name    string
	At      Position // of the name in its definition
	Initial bool

	// Part is the position of the disjunct inside the definition when the
	// definition has several, and zero otherwise.
	Part Position

	// Taken counts the states that the action generated, and Distinct those
	// of them that were new.
	Taken, Distinct int64
}

// State is one state of a counterexample.
type State struct {
	Number int // from 1

	// Action is the action that led here, and At the position of its body.
	// For an initial state it is "Initial predicate", with no position.
	Action string
	At     Position

	Variables []Variable // in the order of TLC
}

// Variable is the value of one variable in one state.
type Variable struct {
	Name  string
	Text  string // as TLC prints it
	Value any    // see ParseValue; Opaque(Text) when it does not parse
}

// Value returns the value of the named variable.
func (s State) Value(name string) (any, bool) {
	for _, v := range s.Variables {
		if v.Name == name {
			return v.Value, true
		}
	}
	return nil, false
}

// Progress is a report from a run that is under way.
type Progress struct {
	Depth                      int
	Generated, Distinct, Queue int64
}
