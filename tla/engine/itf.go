package engine

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/tla/tlc"
)

// ITF returns a value, as tlc.ParseValue returns it, in the encoding of the
// Informal Trace Format (Apalache's ADR-015), to be marshalled as JSON. A model
// value m is the string "ModelValue_m", and what TLC prints as an expression
// (Nat) is an object with the field #unserializable.
func ITF(v any) any {
	list := func(vs []any) []any {
		out := make([]any, len(vs))
		for i, x := range vs {
			out[i] = ITF(x)
		}
		return out
	}
	switch v := v.(type) {
	case int64:
		return map[string]any{"#bigint": fmt.Sprint(v)}
	case tlc.Set:
		return map[string]any{"#set": list(v)}
	case tlc.Tuple:
		return map[string]any{"#tup": list(v)}
	case tlc.Record:
		out := map[string]any{}
		for _, f := range v {
			out[f.Name] = ITF(f.Value)
		}
		return out
	case tlc.Function:
		pairs := make([]any, len(v))
		for i, p := range v {
			pairs[i] = []any{ITF(p.Argument), ITF(p.Value)}
		}
		return map[string]any{"#map": pairs}
	case tlc.ModelValue:
		return "ModelValue_" + string(v)
	case tlc.Opaque:
		return map[string]any{"#unserializable": string(v)}
	}
	return v // bool, string
}

// ITF returns the state: its variables by name, and in "#meta" its index from 0,
// the action that led to it as [Call.ITF] has it, and in "disjunct" and "at" what
// TLC calls the step and the place.
func (s State) ITF() map[string]any {
	meta := s.Call().ITF()
	meta["index"] = s.Number - 1
	if s.Disjunct != "" && s.Disjunct != initialAction {
		meta["disjunct"] = s.Disjunct
	}
	if s.At != "" {
		meta["at"] = s.At
	}
	out := map[string]any{"#meta": meta}
	for _, v := range s.Vars {
		out[v.Name] = ITF(v.Value)
	}
	return out
}

// ITF returns the call: "action" is its name, "args" are its arguments as TLA+ text,
// in order, and "arguments" is an object with their values, by the names of the
// parameters. "picked" is another, of what the \E inside the action chose.
func (c Call) ITF() map[string]any {
	out := map[string]any{"action": c.Action}
	if len(c.Picked) > 0 {
		out["picked"] = c.picked()
	}
	if len(c.Args) == 0 {
		return out
	}
	texts, values := make([]string, len(c.Args)), map[string]any{}
	for i, text := range c.Args {
		texts[i] = oneLine(text)
		if len(c.Params) == len(c.Args) {
			values[c.Params[i]] = ITF(newVariable("", text).Value)
		}
	}
	out["args"] = texts
	if len(values) > 0 {
		out["arguments"] = values
	}
	return out
}

func (c Call) picked() map[string]any {
	if len(c.Picked) == 0 {
		return nil
	}
	out := map[string]any{}
	for i, name := range c.Picked {
		out[name] = ITF(newVariable("", c.Picks[i]).Value)
	}
	return out
}

// WriteITF writes a counterexample as a trace in the Informal Trace Format, for
// which "loop" is counted from 0.
func WriteITF(w io.Writer, source string, r *Result) error {
	trace := struct {
		Meta   map[string]any   `json:"#meta"`
		Vars   []string         `json:"vars"`
		States []map[string]any `json:"states"`
		Loop   *int             `json:"loop,omitempty"`
	}{
		Meta: map[string]any{"format": "ITF", "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
			"source": source, "status": r.Verdict.String(), "description": r.Reason, "engine": r.Engine},
		Vars: []string{}, States: []map[string]any{},
	}
	for i, s := range r.Trace {
		if i == 0 {
			for _, v := range s.Vars {
				trace.Vars = append(trace.Vars, v.Name)
			}
		}
		trace.States = append(trace.States, s.ITF())
	}
	if r.Loop > 0 {
		loop := r.Loop - 1
		trace.Loop = &loop
		if r.Back != nil {
			trace.Meta["back"] = r.Back.ITF()
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(trace)
}
