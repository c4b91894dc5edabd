package refine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// Mapping says how a trace that speaks of actions, variables and values in
// words of its own is to be read as one of a specification. What it does not
// name keeps its name.
type Mapping struct {
	// Actions gives the specification's name of an action of the trace. An
	// action whose name is "" is none: its events are left out.
	Actions map[string]string `json:"actions,omitempty"`

	// Variables gives the specification's name of a variable of the trace. One
	// whose name is "" is not looked at.
	Variables map[string]string `json:"variables,omitempty"`

	// Values gives, for a variable by the name that it has in the
	// specification, what strings stand for: a string, boolean or integer.
	Values map[string]map[string]any `json:"values,omitempty"`

	// Constants gives constants of the specification that the trace does not, and
	// replacements, as [Spec.Constants] does, and Silent is [Spec.Silent].
	Constants map[string]string `json:"constants,omitempty"`
	Silent    map[string]string `json:"silent,omitempty"`
}

// ReadMapping reads a mapping from JSON. name is the file's, for errors.
func ReadMapping(name string, text []byte) (*Mapping, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	var m Mapping
	if err := dec.Decode(&m); err != nil {
		line := 1 + bytes.Count(text[:min(int(dec.InputOffset()), len(text))], []byte("\n"))
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line = 1 + bytes.Count(text[:min(int(syntax.Offset), len(text))], []byte("\n"))
		}
		return nil, fmt.Errorf("%s:%d: expected a mapping, {\"actions\": {...}, \"variables\": {...}, ...}: %w", name, line, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: expected one JSON object, found more behind it", name)
	}
	for _, variable := range sortedKeys(m.Values) {
		for _, from := range sortedKeys(m.Values[variable]) {
			switch v := m.Values[variable][from].(type) {
			case string, bool:
				continue
			case json.Number:
				if i, err := v.Int64(); err == nil {
					m.Values[variable][from] = i
					continue
				}
			}
			return nil, fmt.Errorf("%s: value %q of variable %s: expected a string, a boolean or an integer, found %v", name, from, variable, m.Values[variable][from])
		}
	}
	return &m, nil
}

// Spec returns the specification with the mapping's constants and silent actions.
func (m *Mapping) Spec(s Spec) Spec {
	s.Constants, s.Silent = union(s.Constants, m.Constants), union(s.Silent, m.Silent)
	return s
}

func union(a, b map[string]string) map[string]string {
	out := make(map[string]string, len(a)+len(b))
	for _, m := range []map[string]string{a, b} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// Event maps an event; ok is false if it is to be left out.
func (m *Mapping) Event(e trace.Event) (out trace.Event, ok bool) {
	if name, is := m.Actions[e.Action]; is {
		if name == "" {
			return e, false
		}
		e.Action = name
	}
	e.Local, e.Vars = m.variables(e.Local), m.variables(e.Vars)
	if e.Slices != nil {
		slices := make(map[string]trace.Change, len(e.Slices))
		for name, c := range e.Slices {
			slices[name] = trace.Change{Local: m.variables(c.Local), Vars: m.variables(c.Vars)}
		}
		e.Slices = slices
	}
	return e, true
}

func (m *Mapping) variables(in map[string]any) map[string]any {
	if in == nil {
		return nil
	}
	out := make(map[string]any, len(in))
	for name, v := range in {
		if to, is := m.Variables[name]; is {
			if to == "" {
				continue
			}
			name = to
		}
		if s, is := v.(string); is {
			if to, is := m.Values[name][s]; is {
				v = to
			}
		}
		out[name] = v
	}
	return out
}

// Next returns what reads the mapped events of a trace.
func (m *Mapping) Next(next func() (trace.Event, error)) func() (trace.Event, error) {
	return func() (trace.Event, error) {
		for {
			e, err := next()
			if err != nil {
				return e, err
			}
			if e, ok := m.Event(e); ok {
				return e, nil
			}
		}
	}
}
