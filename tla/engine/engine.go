package engine

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Engine is a model checker. Go and TLC are.
type Engine interface {
	// Name is "Go" or "TLC".
	Name() string

	// Check answers a request. What is wrong with the specification is a
	// Result; an error means that the checker could not be asked.
	Check(context.Context, Request) (*Result, error)
}

// Request asks for one check.
type Request struct {
	// Modules holds the modules, as *.tla in its root. Folder is what errors
	// call that root; it may be empty.
	Modules fs.FS
	Folder  string

	// Module is the name of the root module, without ".tla".
	Module string

	// Config is the text of the configuration, ConfigFile what errors call it;
	// empty means the module's name with ".cfg".
	Config     []byte
	ConfigFile string

	// Lib are folders in which modules are looked for after Modules and before
	// those that are built in.
	Lib []string

	Workers        int // 0 means 1
	IgnoreDeadlock bool
	Simulate       *check.Simulation

	// Actions asks for Result.Actions, Coverage for Result.Costs as well. They
	// take some time, except for the actions of the Go engine, which come
	// always.
	Actions, Coverage bool

	// Bounds, of which 0 is none. TLC knows no bound on states; its memory is
	// Java's heap.
	StatesMax int64
	BytesMax  int64
	Timeout   time.Duration

	// Short says that the check takes seconds; see tlc.Request.
	Short bool

	// Progress is called about once a second, by TLC once a minute.
	Progress func(check.Progress)

	// Graph receives the state graph; of the Go engine only.
	Graph func(*check.Model) check.Graph
}

// Result is what a model checker found. Verdict and Kind are in the words of
// package tlc; of the Go engine Kind may also be one of package check.
type Result struct {
	Engine  string // "Go", "TLC 2.18 of 20 March 2023"
	Verdict tlc.Verdict
	Kind    tlc.Kind // empty if OK
	Exit    int      // TLC's exit status; 2 where it has none

	// Property names what is violated, if it has a name, or the position of an
	// assumption.
	Property string

	// Reason is one sentence unless the verdict is OK: what is violated, or why
	// there is no verdict.
	Reason string

	// Problems are the errors of the specification, with their places.
	Problems []Problem
	Warnings []string

	// Unsupported are the parts of the model that the engine does not check,
	// a sentence each. With any of them the verdict is never OK.
	Unsupported []string

	// Figures, as TLC counts them.
	Generated, Distinct, Left int64
	Depth                     int
	Behaviours                int   // of a simulation
	Seed                      int64 // of a simulation

	Actions []Action
	Costs   []Cost

	// Implications tells which parts of the properties claimed anything, as
	// check.Result.Implications has it; of the Go engine only, always, and
	// meaningful for the verdict OK.
	Implications []Implication

	// Trace is the counterexample, from an initial state. Loop is the number
	// (from 1) of the state to which it returns for ever, 0 if it does not.
	Trace []State
	Loop  int

	// Back is the step from the last state to that of Loop, nil if there is none
	// or it is not known.
	Back *Call

	Printed    []string // by the specification, at most PrintedMax lines
	PrintedCut int      // lines beyond

	Workers int // that searched

	whole bool // the search was complete, although a part of the model was not checked
}

// Stuttering reports whether the counterexample ends by stuttering for ever.
func (r *Result) Stuttering() bool { return r.Loop > 0 && r.Loop == len(r.Trace) }

// PrintedMax bounds Result.Printed.
const PrintedMax = tlc.MaxPrinted

// Problem is an error of a specification and its place. File is empty, and Line
// and Column are 0, where the place is not known.
type Problem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// String returns "file:line:col: message".
func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Message
	case p.Line == 0:
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Action is the coverage of a disjunct of the next-state relation, or of the
// initial predicate.
type Action struct {
	Name            string
	At              string // in TLC's words
	Taken, Distinct int64
	Initial         bool
}

// Cost tells how often an expression was evaluated.
type Cost struct {
	At    string // in TLC's words
	Name  string // of the definition that it stands in
	Text  string // of the expression, on one line; empty if it is not in Modules
	Depth int    // nesting inside the definition's body, whose own depth is 0
	Count int64
}

// Implication is a part of a property that claims something of some states only:
// P => Q of those in which P is true, \A x \in S : Q of those in which S has
// elements. See check.Implication.
type Implication struct {
	Property     string // its name in the configuration: "Safe"
	Definition   string // in which it stands: "LogMatching"
	Module       string
	Line, Column int
	Text         string // on one line: "P => Q"
	Antecedent   string // "P", or "x \in S"
	ForAll       bool
	Evaluated    bool // at all
	Reached      bool // with its antecedent true, or its set not empty
}

// Place is "Raft.tla:612:5", if the module is in a file of its name.
func (i Implication) Place() string {
	return fmt.Sprintf("%s.tla:%d:%d", i.Module, i.Line, i.Column)
}

// State is a state of a counterexample and the action that led to it.
type State struct {
	Number int // from 1

	// Action is the named action that led here, with the names of its parameters
	// and its arguments as TLA+ text, and "Initial predicate" for the first state.
	// The Go engine tells it, also of what TLC found. Where it cannot, Action is
	// Disjunct.
	Action string
	Params []string // none where they are not known
	Args   []string

	// Picked are the variables of the \E inside the action that have to do with
	// the next state, as the with of PlusCal has them, and Picks what was chosen.
	Picked, Picks []string

	// Disjunct is what TLC calls the step: the name of the definition in which
	// the disjunct of the next-state relation stands, whose place is At, in TLC's
	// words. Receive is one, where Receive(n) == \E m \in msgs : Handle(n, m), and
	// Handle is the action. At is empty for an initial state.
	Disjunct string
	At       string

	Vars []Variable
}

// Call is the action that led to the state.
func (s State) Call() Call { return Call{s.Action, s.Params, s.Args, s.Picked, s.Picks} }

// Title is the title of the call.
func (s State) Title() string { return s.Call().Title() }

// Call is a named action with its arguments, as a State has them.
type Call struct {
	Action        string
	Params, Args  []string
	Picked, Picks []string
}

// An argument longer than argumentMax runes does not stand in a title, and one
// longer than argumentMin does not where the title is beyond titleMax with it.
const (
	argumentMin = 6
	argumentMax = 20
	titleMax    = 40
)

// Title is the action with its arguments, of which the long ones are given by
// the names of their parameters: Handle(n1, m). What they are, With tells.
func (c Call) Title() string {
	if len(c.Args) == 0 {
		return c.Action
	}
	long, shown := c.long(), append([]string(nil), c.Args...)
	for i := range shown {
		if long[i] {
			shown[i] = c.Params[i]
		}
	}
	return c.Action + "(" + strings.Join(shown, ", ") + ")"
}

// With are the names and texts of what is not in the title: the arguments that it
// names by their parameters, and what the action picked.
func (c Call) With() (names, texts []string) {
	for i, long := range c.long() {
		if long {
			names, texts = append(names, c.Params[i]), append(texts, oneLine(c.Args[i]))
		}
	}
	for i, name := range c.Picked {
		names, texts = append(names, name), append(texts, oneLine(c.Picks[i]))
	}
	return names, texts
}

// long tells which arguments are too long for a title.
func (c Call) long() []bool {
	long := make([]bool, len(c.Args))
	if len(c.Params) != len(c.Args) {
		return long
	}
	length := func(i int) int { return len([]rune(c.Args[i])) }
	title := len(c.Action)
	for i := range c.Args {
		if long[i] = length(i) > argumentMax; long[i] {
			title += len(c.Params[i]) + 2
		} else {
			title += length(i) + 2
		}
	}
	for title > titleMax {
		longest := -1
		for i := range c.Args {
			if !long[i] && length(i) > argumentMin && length(i) > len(c.Params[i]) && (longest < 0 || length(i) > length(longest)) {
				longest = i
			}
		}
		if longest < 0 {
			break
		}
		long[longest] = true
		title -= length(longest) - len(c.Params[longest])
	}
	return long
}

// Variable is a variable of a state. Value is as tlc.ParseValue returns it.
type Variable struct {
	Name, Text string
	Value      any
}

func newVariable(name, text string) Variable {
	v, err := tlc.ParseValue(text)
	if err != nil {
		v = tlc.Opaque(text)
	}
	return Variable{name, text, v}
}

// initialAction is what both engines call the way to an initial state.
const initialAction = "Initial predicate"

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
