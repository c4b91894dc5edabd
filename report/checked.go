package report

import (
	"strings"

	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/verify"
	"github.com/lockstep-go/lockstep/verify/models"
)

// Checked is what a model checker found in one model: what `lockstep check`
// prints, and what it writes as JSON.
type Checked struct {
	Spec     string         `json:"spec"`            // "twophase" or a path
	Model    string         `json:"model,omitempty"` // of the manifest
	Engine   string         `json:"engine"`          // "Go", "TLC 2.18 of 20 March 2023"
	Verdict  verify.Verdict `json:"verdict"`
	Kind     string         `json:"kind,omitempty"`
	Property string         `json:"property,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Exit     int            `json:"exit"`
	Seconds  float64        `json:"seconds"`

	Generated  int64 `json:"states_generated"`
	Distinct   int64 `json:"distinct_states"`
	Left       int64 `json:"states_left"`
	Depth      int   `json:"depth"`
	Behaviours int   `json:"behaviours,omitempty"` // of a simulation
	Seed       int64 `json:"seed,omitempty"`       // of a simulation

	// Error is the first error of the specification, Errors are all of them.
	Error  *engine.Problem  `json:"error,omitempty"`
	Errors []engine.Problem `json:"errors,omitempty"`

	// Unsupported are the parts of the model that the engine does not check.
	Unsupported []string `json:"unsupported,omitempty"`

	// Note says why it was not the Go engine that was asked. Cross is what the
	// comparison of the two engines came to.
	Note  string        `json:"note,omitempty"`
	Cross *CheckedCross `json:"cross_check,omitempty"`

	// Manifest is "as recorded", "differs" or "not recorded", and empty when
	// there is no manifest to compare with. Differs says what differs.
	Manifest string `json:"manifest,omitempty"`
	Differs  string `json:"differs,omitempty"`

	Actions []CheckedAction `json:"actions,omitempty"`
	Costs   []CheckedCost   `json:"costs,omitempty"`

	// Implications are what the properties claim of some states only, by the Go
	// engine.
	Implications []CheckedImplication `json:"implications,omitempty"`

	// Trace is the counterexample: states in the encoding of ITF, with the
	// action that led to each in "#meta". Steps is the same as the text has it.
	Trace []map[string]any `json:"trace,omitempty"`
	Steps []CheckedState   `json:"-"`
	Loop  int              `json:"loop,omitempty"` // as engine.Result.Loop, from 1

	// Back is the step from the last state to that of Loop, as in a state's
	// "#meta"; its text is BackStep.
	Back     map[string]any `json:"back,omitempty"`
	BackStep *CheckedState  `json:"-"`

	Printed    []string `json:"printed,omitempty"`
	PrintedCut int      `json:"printed_cut,omitempty"` // lines beyond
	Warnings   []string `json:"warnings,omitempty"`
}

// CheckedCross is what TLC says of the same model, held against the Go engine.
type CheckedCross struct {
	State     string  `json:"state"` // "agrees", "disagrees" or "not done"
	Reason    string  `json:"reason,omitempty"`
	Engine    string  `json:"engine,omitempty"`
	Generated int64   `json:"states_generated"`
	Distinct  int64   `json:"distinct_states"`
	Left      int64   `json:"states_left"`
	Depth     int     `json:"depth"`
	Seconds   float64 `json:"seconds"`
}

// CheckedAction is the coverage of an action.
type CheckedAction struct {
	Name     string `json:"name"`
	At       string `json:"at,omitempty"`
	Taken    int64  `json:"taken"`
	Distinct int64  `json:"distinct"`
}

// CheckedCost tells how often an expression was evaluated.
type CheckedCost struct {
	At    string `json:"at"`
	Name  string `json:"name"`
	Text  string `json:"text,omitempty"`
	Depth int    `json:"depth"`
	Count int64  `json:"count"`
}

// CheckedImplication is an implication in a property, or a \A. Reached tells
// whether its antecedent was ever true, or its set ever not empty.
type CheckedImplication struct {
	Property   string `json:"property"`
	Definition string `json:"definition,omitempty"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Text       string `json:"text"`
	Antecedent string `json:"antecedent"`
	ForAll     bool   `json:"forall,omitempty"`
	Evaluated  bool   `json:"evaluated"`
	Reached    bool   `json:"reached"`
}

// CheckedState is a state of a counterexample. Changed are the variables that
// are not as in the state before; in the first state all of them.
type CheckedState struct {
	Number  int
	Action  string // with its arguments, of which the long ones are in With, as is what it picked
	At      string
	With    []CheckedVariable
	Changed []CheckedVariable
}

// CheckedVariable is a variable, or one point of it, and its value as TLA+
// text, and what it was. Added and Removed tell how a set changed, where that is
// shorter.
type CheckedVariable struct {
	Name    string   `json:"name"`
	Value   string   `json:"value"`
	Was     string   `json:"was,omitempty"`
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// lines tell the change: a value, or what came and went.
func (v CheckedVariable) lines() (lines [][2]string) {
	if len(v.Added)+len(v.Removed) == 0 {
		return [][2]string{{" = ", v.Value}}
	}
	for _, x := range v.Added {
		lines = append(lines, [2]string{" + ", x})
	}
	for _, x := range v.Removed {
		lines = append(lines, [2]string{" - ", x})
	}
	return lines
}

// NewChecked takes over what a model checker found.
func NewChecked(spec, model string, r *engine.Result, seconds float64) Checked {
	c := Checked{
		Spec: spec, Model: model, Engine: r.Engine, Verdict: verify.Verdict(r.Verdict.String()),
		Kind: string(r.Kind), Property: r.Property, Reason: r.Reason, Exit: r.Exit, Seconds: seconds,
		Generated: r.Generated, Distinct: r.Distinct, Left: r.Left, Depth: r.Depth, Behaviours: r.Behaviours, Seed: r.Seed,
		Unsupported: r.Unsupported, Loop: r.Loop, Printed: r.Printed, PrintedCut: r.PrintedCut, Errors: r.Problems,
	}
	if len(r.Problems) > 0 && c.Verdict != verify.OK {
		c.Error = &r.Problems[0]
	}
	for _, a := range r.Actions {
		c.Actions = append(c.Actions, CheckedAction{a.Name, a.At, a.Taken, a.Distinct})
	}
	for _, k := range r.Costs {
		c.Costs = append(c.Costs, CheckedCost{k.At, k.Name, k.Text, k.Depth, k.Count})
	}
	for _, i := range r.Implications {
		c.Implications = append(c.Implications, CheckedImplication{i.Property, i.Definition, i.Module + ".tla", i.Line, i.Column,
			i.Text, i.Antecedent, i.ForAll, i.Evaluated, i.Reached})
	}
	for i, s := range r.Trace {
		state := newCheckedState(s.Call())
		state.Number, state.At = s.Number, s.At
		for _, v := range s.Vars {
			if i == 0 {
				state.Changed = append(state.Changed, CheckedVariable{Name: v.Name, Value: oneLine(v.Text)})
				continue
			}
			state.Changed = append(state.Changed, change(v.Name, variable(r.Trace[i-1], v.Name), v)...)
		}
		c.Steps = append(c.Steps, state)
		c.Trace = append(c.Trace, s.ITF())
	}
	if r.Back != nil {
		back := newCheckedState(*r.Back)
		c.Back, c.BackStep = r.Back.ITF(), &back
	}
	for _, w := range r.Warnings {
		c.Warnings = append(c.Warnings, oneLine(w))
	}
	return c
}

func newCheckedState(c engine.Call) CheckedState {
	s := CheckedState{Action: oneLine(c.Title()), Changed: []CheckedVariable{}}
	names, texts := c.With()
	for i := range names {
		s.With = append(s.With, CheckedVariable{Name: names[i], Value: texts[i]})
	}
	return s
}

// NewCheckedModel takes over what the check of a model of the catalogue came to.
func NewCheckedModel(out models.Outcome, seconds float64) Checked {
	c := Checked{Spec: out.Family, Model: out.Model, Verdict: verify.Unknown, Reason: out.Reason, Exit: 2, Seconds: seconds}
	if out.Result != nil {
		c = NewChecked(out.Family, out.Model, out.Result, seconds)
		switch {
		case out.Verdict == tlc.OK:
			c.Manifest = "as recorded"
		case out.Verdict == tlc.Violated:
			c.Manifest, c.Differs = "differs", out.Reason
		case c.Verdict != verify.Unknown:
			c.Manifest, c.Differs = "not recorded", out.Reason
		}
	}
	c.Note = out.Note
	if x := out.Cross; x.State != "" {
		c.Cross = NewCheckedCross(x.State, x.Reason, x.Result, x.Seconds)
	}
	return c
}

// NewCheckedCross tells of a comparison of the engines: its state and the
// reason, and TLC's result, which may be nil.
func NewCheckedCross(state, reason string, oracle *engine.Result, seconds float64) *CheckedCross {
	c := &CheckedCross{State: state, Reason: reason, Seconds: seconds}
	if oracle != nil {
		c.Engine, c.Generated, c.Distinct, c.Left, c.Depth = oracle.Engine, oracle.Generated, oracle.Distinct, oracle.Left, oracle.Depth
	}
	return c
}

func variable(s engine.State, name string) engine.Variable {
	for _, v := range s.Vars {
		if v.Name == name {
			return v
		}
	}
	return engine.Variable{}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
