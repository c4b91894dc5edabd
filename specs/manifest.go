package specs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Encode writes the manifest as it is kept: two blanks of indentation, fields
// in the order of the types, constants by name.
func (m Manifest) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // constants hold "<-"
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decode reads a manifest strictly, and returns the line of each model. It
// walks the outermost object by token, since encoding/json does not tell where
// an unknown field stands.
func decode(file string, text []byte) (m Manifest, lines []int, err error) {
	// What is no JSON at all is found first, since only here its place is exact.
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, new(any)); errors.As(err, &syntax) {
		return m, nil, fmt.Errorf("%s:%d: %w", file, lineAt(text, syntax.Offset-1), err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	fail := func(format string, args ...any) (Manifest, []int, error) {
		return Manifest{}, nil, fmt.Errorf("%s:%d: %s", file, lineAt(text, d.InputOffset()), fmt.Sprintf(format, args...))
	}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fail("expected an object with spec, title and models%s", cause(err))
	}
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fail("%v", err)
		}
		name, _ := key.(string)
		if seen[name] {
			return fail("field %q stands here a second time", name)
		}
		seen[name] = true
		keyLine := lineAt(text, d.InputOffset()-1)
		switch name {
		case "spec":
			err = d.Decode(&m.Spec)
		case "title":
			err = d.Decode(&m.Title)
		case "uses":
			err = d.Decode(&m.Uses)
		case "models":
			var t json.Token
			if t, err = d.Token(); err != nil || t != json.Delim('[') {
				return fail("expected the list of models%s", cause(err))
			}
			for d.More() {
				line := lineAt(text, d.InputOffset())
				var model Model
				if err := d.Decode(&model); err != nil {
					return Manifest{}, nil, fmt.Errorf("%s:%d: model %d: %w", file, line, len(m.Models)+1, err)
				}
				m.Models, lines = append(m.Models, model), append(lines, line)
			}
			_, err = d.Token()
		case "exceptions":
			err = d.Decode(&m.Exceptions)
		default:
			return fail("unknown field %q, expected spec, title, uses, models or exceptions", name)
		}
		if err != nil {
			return Manifest{}, nil, fmt.Errorf("%s:%d: %s: %w", file, keyLine, name, err)
		}
	}
	return m, lines, nil
}

func cause(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// lineAt is the line, from 1, of the first byte at or after the offset that is
// neither blank nor comma.
func lineAt(text []byte, offset int64) int {
	at := max(0, min(int(offset), len(text)))
	for at < len(text) && strings.IndexByte(" \t\r\n,", text[at]) >= 0 {
		at++
	}
	return 1 + bytes.Count(text[:at], []byte("\n"))
}

// check holds the manifest against itself and the files beside it.
func (f Family) check(file string, lines []int) error {
	if f.Spec == "" || f.Title == "" || len(f.Models) == 0 {
		return fmt.Errorf("%s:1: expected a spec, a title and at least one model", file)
	}
	if err := f.exists(f.Spec + ".tla"); err != nil {
		return fmt.Errorf("%s:1: spec %s: %w", file, f.Spec, err)
	}
	names := map[string]bool{}
	for i, m := range f.Models {
		if err := f.checkModel(m); err != nil {
			return fmt.Errorf("%s:%d: model %q: %w", file, lines[i], m.Name, err)
		}
		if names[m.Name] {
			return fmt.Errorf("%s:%d: a second model named %q", file, lines[i], m.Name)
		}
		names[m.Name] = true
	}
	return f.checkExceptions(file)
}

func (f Family) checkExceptions(file string) error {
	seen := map[Exception]bool{}
	for i, e := range f.Exceptions {
		key := Exception{Module: e.Module, Rule: e.Rule}
		switch {
		case e.Rule == "" || e.Why == "":
			return fmt.Errorf("%s: exception %d: expected a module, a rule and why", file, i+1)
		case !slices.ContainsFunc(f.Models, func(m Model) bool { return m.Module == e.Module }):
			return fmt.Errorf("%s: exception %d: no model has the module %q", file, i+1, e.Module)
		case seen[key]:
			return fmt.Errorf("%s: exception %d: a second one from %q of %s", file, i+1, e.Rule, e.Module)
		}
		seen[key] = true
	}
	return nil
}

func (f Family) exists(name string) error {
	if !fs.ValidPath(name) || path.Base(name) != name {
		return fmt.Errorf("%q is not the name of a file beside the manifest", name)
	}
	_, err := fs.Stat(f.Files, name)
	return err
}

func (f Family) checkModel(m Model) error {
	switch {
	case m.Name == "":
		return errors.New("no name")
	case !slices.Contains(Sizes, m.Size):
		return fmt.Errorf("size %q, expected one of %q", m.Size, Sizes)
	case m.Shows == "":
		return errors.New("shows is empty, expected one sentence")
	case m.Generated < 0 || m.Distinct < 0 || m.Depth < 0 || m.CounterexampleDepth < 0:
		return errors.New("a figure is below 0")
	case m.Seconds.Go < 0 || m.Seconds.TLC < 0:
		return errors.New("seconds are below 0")
	case m.Distinct > m.Generated:
		return fmt.Errorf("%d distinct states of %d generated", m.Distinct, m.Generated)
	}
	if err := f.exists(m.Module + ".tla"); err != nil {
		return fmt.Errorf("module %s: %w", m.Module, err)
	}
	if err := f.exists(m.Config); err != nil {
		return fmt.Errorf("config %s: %w", m.Config, err)
	}
	text, err := f.ConfigText(m)
	if err != nil {
		return err
	}
	config, err := readConfig(m.Config, text)
	if err != nil {
		return err
	}
	if err := compareConstants(m, config); err != nil {
		return err
	}
	return m.checkVerdict(config)
}

func compareConstants(m Model, config configuration) error {
	for _, name := range slices.Sorted(maps.Keys(m.Constants)) {
		found, ok := config.constants[name]
		want, err := normal(m.Constants[name])
		switch {
		case err != nil:
			return fmt.Errorf("constant %s: %w", name, err)
		case !ok:
			return fmt.Errorf("constant %s is not assigned in %s", name, m.Config)
		case found != want:
			return fmt.Errorf("constant %s is %q, but %s has %q", name, m.Constants[name], m.Config, found)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(config.constants)) {
		if _, ok := m.Constants[name]; !ok {
			return fmt.Errorf("constant %s of %s (%q) is not listed", name, m.Config, config.constants[name])
		}
	}
	return nil
}

func (m Model) checkVerdict(config configuration) error {
	switch m.Verdict {
	case "ok":
		if m.Kind != "" || m.Property != "" || m.Broken != "" || m.CounterexampleDepth != 0 {
			return errors.New("kind, property, broken and counterexample_depth are for violated models, and the verdict is ok")
		}
	case "violated":
		if !slices.Contains(Kinds, m.Kind) {
			return fmt.Errorf("kind %q, expected one of %q", m.Kind, Kinds)
		}
		if len(m.Unreached) > 0 || len(m.Vacuous) > 0 {
			return errors.New("unreached and vacuous are for models that are ok: a search that ends early reaches what it reaches")
		}
		if err := m.checkProperty(config); err != nil {
			return err
		}
	default:
		return fmt.Errorf("verdict %q, expected ok or violated", m.Verdict)
	}
	seen := map[string]bool{}
	for _, u := range m.Unreached {
		if u.Action == "" || u.Why == "" || seen[u.Action] {
			return fmt.Errorf("unreached action %q: expected its name, once, and why", u.Action)
		}
		seen[u.Action] = true
	}
	return nil
}

func (m Model) checkProperty(config configuration) error {
	switch m.Kind {
	case "invariant":
		if !slices.Contains(config.invariants, m.Property) && !slices.Contains(config.properties, m.Property) {
			return fmt.Errorf("property %q is neither an INVARIANT nor a PROPERTY of %s", m.Property, m.Config)
		}
	case "initial property", "action property", "temporal":
		// TLC does not name the one that is violated.
		if len(config.properties) != 1 || config.properties[0] != m.Property {
			return fmt.Errorf("property %q: %s must have it as its only PROPERTY, found %q", m.Property, m.Config, config.properties)
		}
	default:
		if m.Property != "" {
			return fmt.Errorf("a violation of kind %q has no property, found %q", m.Kind, m.Property)
		}
	}
	return nil
}
