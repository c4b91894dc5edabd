package engine

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/value"
)

// GraphWriter writes a state graph as it is found.
type GraphWriter interface {
	check.Graph

	// Close ends the text and returns the first error of writing it. It does
	// not close what is written to.
	Close() error
}

// Marker is a GraphWriter that can show a counterexample in the graph. Mark is to
// be called once, before Close.
type Marker interface {
	Mark(*Result)
}

// JSONLines writes the graph as one object a line: first the states and steps, as
// they are found,
//
//	{"state": 0, "initial": true, "vars": {...}}
//	{"from": 0, "to": 1, "action": "Handle", "params": ["n", "m"], "args": [...], "disjunct": "Receive"}
//
// and at the end {"states": 12, "steps": 30}. Values are in the encoding of ITF;
// "picked" is what the \E inside the action chose, and "disjunct" is what TLC calls
// the step, where that is another name. A text without
// the last line is cut off.
func JSONLines(w io.Writer, m *check.Model) GraphWriter {
	return &jsonLines{graphOut: graphOut{w: bufio.NewWriter(w), m: m, vars: m.Vars()}}
}

type graphOut struct {
	w             *bufio.Writer
	m             *check.Model
	vars          []string
	states, steps int64
	err           error
}

func (g *graphOut) print(format string, args ...any) {
	if g.err == nil {
		_, g.err = fmt.Fprintf(g.w, format, args...)
	}
}

func (g *graphOut) flush() error {
	if g.err == nil {
		g.err = g.w.Flush()
	}
	return g.err
}

func (g *graphOut) texts(vs []value.Value) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = g.m.Store.PrintValue(v)
	}
	return out
}

type jsonLines struct{ graphOut }

func (g *jsonLines) object(v any) {
	text, err := json.Marshal(v)
	if g.err == nil {
		g.err = err
	}
	g.print("%s\n", text)
}

func (g *jsonLines) State(id int, state []value.Value, initial bool) {
	g.states++
	vars := map[string]any{}
	for i, text := range g.texts(state) {
		vars[g.vars[i]] = ITF(newVariable("", text).Value)
	}
	g.object(struct {
		State   int            `json:"state"`
		Initial bool           `json:"initial,omitempty"`
		Vars    map[string]any `json:"vars"`
	}{id, initial, vars})
}

func (g *jsonLines) Edge(from, to int, action *check.Action, c check.Call) {
	g.steps++
	call, disjunct := newCall(g.m, c), action.Name
	if disjunct == call.Action {
		disjunct = ""
	}
	values := []any{}
	for _, text := range call.Args {
		values = append(values, ITF(newVariable("", text).Value))
	}
	g.object(struct {
		From     int            `json:"from"`
		To       int            `json:"to"`
		Action   string         `json:"action"`
		Params   []string       `json:"params,omitempty"`
		Args     []any          `json:"args,omitempty"`
		Picked   map[string]any `json:"picked,omitempty"`
		Disjunct string         `json:"disjunct,omitempty"`
	}{from, to, call.Action, call.Params, values, call.picked(), disjunct})
}

func (g *jsonLines) Close() error {
	g.object(map[string]int64{"states": g.states, "steps": g.steps})
	return g.flush()
}
