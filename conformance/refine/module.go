package refine

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"sort"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/tla/config"
)

var identifier = regexp.MustCompile(`^[A-Za-z_]*[A-Za-z][A-Za-z0-9_]*$`)

// words are the identifiers that stand for model values, by their names. Other
// strings of a trace are strings.
type words map[string]string

// text writes a value of a trace as a TLA+ expression.
func (w words) text(v any) (string, error) {
	switch v := v.(type) {
	case bool:
		return strings.ToUpper(fmt.Sprint(v)), nil
	case int64:
		return fmt.Sprint(v), nil
	case *big.Int:
		return v.String(), nil
	case string:
		if name, ok := w[v]; ok {
			return name, nil
		}
		return quoted(v)
	case []any:
		return w.texts("<<", v, ">>")
	case trace.Tuple:
		return w.texts("<<", v, ">>")
	case trace.Set:
		return w.texts("{", v, "}")
	case map[string]any:
		return w.recordText(v)
	case trace.Func:
		return w.functionText(v)
	}
	return "", fmt.Errorf("expected a value of a trace, found %T", v)
}

func quoted(s string) (string, error) {
	for _, c := range s {
		if c < ' ' || c > '~' {
			return "", fmt.Errorf("a string in a specification holds printable ASCII, found %q", s)
		}
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`, nil
}

func (w words) texts(open string, list []any, end string) (string, error) {
	parts := make([]string, len(list))
	for i, e := range list {
		var err error
		if parts[i], err = w.text(e); err != nil {
			return "", err
		}
	}
	return open + strings.Join(parts, ", ") + end, nil
}

// recordText writes a record; its names need not be identifiers.
func (w words) recordText(m map[string]any) (string, error) {
	parts := make([]string, 0, len(m))
	for _, k := range sortedKeys(m) {
		name, err := quoted(k)
		if err != nil {
			return "", err
		}
		val, err := w.text(m[k])
		if err != nil {
			return "", err
		}
		parts = append(parts, name+" :> "+val)
	}
	return mapText(parts), nil
}

func (w words) functionText(f trace.Func) (string, error) {
	parts := make([]string, len(f))
	for i, p := range f {
		arg, err := w.text(p[0])
		if err != nil {
			return "", err
		}
		val, err := w.text(p[1])
		if err != nil {
			return "", err
		}
		parts[i] = arg + " :> " + val
	}
	return mapText(parts), nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func mapText(parts []string) string {
	if len(parts) == 0 {
		return "<<>>"
	}
	return "(" + strings.Join(parts, " @@ ") + ")"
}

// callText writes the application of an action to arguments.
func (w words) callText(action string, args []any) (string, error) {
	if !identifier.MatchString(action) {
		return "", fmt.Errorf("expected the name of an action, found %q", action)
	}
	if len(args) == 0 {
		return action, nil
	}
	list, err := w.texts("(", args, ")")
	return action + list, err
}

// eventText writes an event as an action: that of the specification, and the
// values after it.
func (w words) eventText(e trace.Event) (string, error) {
	s, err := w.callText(e.Action, e.Args)
	if err != nil {
		return "", err
	}
	node, err := w.text(e.Node)
	if err != nil {
		return "", err
	}
	for _, name := range sortedKeys(e.Local) {
		v, err := w.text(e.Local[name])
		if !identifier.MatchString(name) {
			return "", fmt.Errorf("expected the name of a variable, found %q", name)
		}
		if err != nil {
			return "", fmt.Errorf("variable %s: %w", name, err)
		}
		s += fmt.Sprintf(" /\\ %s'[%s] = %s", name, node, v)
	}
	for _, name := range sortedKeys(e.Vars) {
		v, err := w.text(e.Vars[name])
		if !identifier.MatchString(name) {
			return "", fmt.Errorf("expected the name of a variable, found %q", name)
		}
		if err != nil {
			return "", fmt.Errorf("variable %s: %w", name, err)
		}
		s += fmt.Sprintf(" /\\ %s' = %s", name, v)
	}
	return s, nil
}

// batch is the slices that share their constants, each distinct one once, and
// the distinct events of which they are made.
type batch struct {
	constants string   // as lines of a configuration
	models    []string // the names of the model values among them
	slices    [][]int
	origin    []trace.Slice // the first slice of each kind
	events    []string      // as TLA+ text
	silent    []string      // for each event, its silent action, or ""
	next      bool          // whether there is a next-state relation
}

// batches groups the slices by their constants, in the order in which those
// first appear. rejected lists the slices that cannot even be written down.
// A trace fixes constants that the specification declares: one of the name of
// a definition would replace that, and so the specification.
func batches(spec Spec, actions map[string]bool, slices []trace.Slice) (list []*batch, rejected []Rejection, err error) {
	names, err := spec.modelValues()
	if err != nil {
		return nil, nil, err
	}
	w := words{}
	for _, name := range names {
		w[name] = modelPrefix + name
	}
	byConstants := map[string]*batch{}
	type index struct{ events, slices map[string]int }
	seen := map[*batch]index{}
	for _, s := range slices {
		lines, err := constantLines(spec, s.Constants)
		for _, k := range sortedKeys(s.Constants) {
			if err == nil && (actions[k] || standard[k] || strings.HasPrefix(k, "Lockstep")) {
				err = fmt.Errorf("expected the name of a constant, found %s, which is defined", k)
			}
		}
		if err != nil {
			return nil, nil, fmt.Errorf("slice %q: %w", s.Name, err)
		}
		b := byConstants[lines]
		if b == nil {
			b = &batch{constants: lines, models: names, next: spec.Next != "" || actions[spec.next()]}
			byConstants[lines] = b
			list = append(list, b)
			seen[b] = index{map[string]int{}, map[string]int{}}
		}
		ids := make([]int, 0, len(s.Events))
		bad := false
		for i, e := range s.Events {
			reason := ""
			t, err := w.eventText(e)
			switch {
			case err != nil:
				reason = err.Error()
			case !actions[e.Action]:
				reason = fmt.Sprintf("the specification defines no action %s", e.Action)
			}
			if reason != "" {
				rejected = append(rejected, Rejection{Slice: s, Explained: i, Event: e, Reason: reason})
				bad = true
				break
			}
			id, ok := seen[b].events[t]
			if !ok {
				id = len(b.events) + 1
				seen[b].events[t] = id
				silent := ""
				if name := spec.Silent[e.Action]; name != "" {
					if silent, err = w.callText(name, e.Args); err != nil {
						return nil, nil, err
					}
				}
				b.events, b.silent = append(b.events, t), append(b.silent, silent)
			}
			ids = append(ids, id)
		}
		if bad {
			continue
		}
		k, err := json.Marshal(ids)
		if err != nil {
			return nil, nil, err
		}
		if _, ok := seen[b].slices[string(k)]; !ok {
			seen[b].slices[string(k)] = len(b.slices)
			b.slices, b.origin = append(b.slices, ids), append(b.origin, s)
		}
	}
	return list, rejected, nil
}

// constantLines returns the constants of the specification, and those that the
// trace fixes, as lines of a configuration.
func constantLines(spec Spec, fixed map[string]any) (string, error) {
	all := map[string]string{}
	for k, v := range spec.Constants {
		all[k] = v
	}
	models, err := spec.modelValues()
	if err != nil {
		return "", err
	}
	w := words{}
	for _, name := range models {
		w[name] = name
	}
	for k, v := range fixed {
		if !identifier.MatchString(k) {
			return "", fmt.Errorf("expected the name of a constant, found %q", k)
		}
		t, err := w.text(v)
		if err != nil {
			return "", fmt.Errorf("constant %s: %w", k, err)
		}
		if with, ok := replacement(all[k]); ok {
			return "", fmt.Errorf("expected the name of a constant that the trace may fix, found %s, which the specification replaces by %s", k, with)
		}
		all[k] = t
	}
	return lines(all), nil
}

// lines writes constants as a configuration does.
func lines(constants map[string]string) string {
	var b strings.Builder
	for _, k := range sortedKeys(constants) {
		if with, ok := replacement(constants[k]); ok {
			fmt.Fprintf(&b, "    %s <- %s\n", k, with)
		} else {
			fmt.Fprintf(&b, "    %s = %s\n", k, constants[k])
		}
	}
	return b.String()
}

// replacement returns what a constant of [Spec.Constants] is replaced by.
func replacement(text string) (with string, ok bool) {
	with, ok = strings.CutPrefix(strings.TrimSpace(text), "<-")
	return strings.TrimSpace(with), ok
}

// modelValues returns the names of the model values of the specification's
// constants, sorted.
func (s Spec) modelValues() ([]string, error) {
	if len(s.Constants) == 0 {
		return nil, nil
	}
	c, err := config.Parse("the constants of "+s.Module, []byte("INIT Init\nNEXT Next\nCONSTANTS\n"+lines(s.Constants)))
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, constant := range c.Constants {
		models(constant.Value, found)
	}
	return sortedKeys(found), nil
}

func models(v config.Value, found map[string]bool) {
	if v.Kind == config.ModelValue {
		found[v.Text] = true
	}
	for _, e := range v.Elems {
		models(e, found)
	}
}

// standard are the constants that the standard modules define.
var standard = map[string]bool{"Nat": true, "Int": true, "Real": true, "Infinity": true, "BOOLEAN": true, "STRING": true, "TRUE": true, "FALSE": true}

// The names of what the generated module adds to the specification.
const (
	varSlice    = "LockstepSlice"
	varAt       = "LockstepAt"
	varSilent   = "LockstepSilent"
	modelPrefix = "LockstepModel_"
	accepted    = "lockstep accepted"
	reached     = "lockstep reached"
)

// module writes the module that judges the slices of a batch. It prints a line
// for each slice that it consumes whole, and if every is set, for each event.
func (b *batch) module(spec Spec, name string, every bool) []byte {
	var m strings.Builder
	fmt.Fprintf(&m, "---- MODULE %s ----\n", name)
	fmt.Fprintf(&m, "EXTENDS Integers, Sequences, TLC, %s\n", spec.Module)
	for _, name := range b.models {
		fmt.Fprintf(&m, "CONSTANT %s%s\n", modelPrefix, name)
	}
	fmt.Fprintf(&m, "VARIABLES %s, %s, %s\n\n", varSlice, varAt, varSilent)
	m.WriteString("LockstepSlices == <<\n")
	for i, s := range b.slices {
		if i > 0 {
			m.WriteString(",\n")
		}
		m.WriteString("<<")
		for j, id := range s {
			if j > 0 {
				m.WriteByte(',')
			}
			fmt.Fprint(&m, id)
		}
		m.WriteString(">>")
	}
	m.WriteString("\n>>\n\nLockstepFire(k) ==\n")
	decide(&m, b.events, 1, "  ")
	m.WriteString("\nLockstepBefore(k) ==\n")
	decide(&m, b.silent, 1, "  ")
	report := fmt.Sprintf(`%s' > Len(LockstepSlices[%s]) => PrintT(<<"%s", %s>>)`, varAt, varSlice, accepted, varSlice)
	if every {
		report = fmt.Sprintf(`PrintT(<<"%s", %s, %s>>)`, reached, varSlice, varAt)
	}
	// The action of an event is to be a step of the next-state relation, and
	// not merely something that the specification defines. It is asked as a
	// question about the two states, so that TLC need not enumerate all steps.
	next := "TRUE"
	if b.next {
		next = "(" + spec.next() + " = TRUE)"
	}
	fmt.Fprintf(&m, `
LockstepInit == %[6]s /\ %[1]s \in 1..Len(LockstepSlices) /\ %[2]s = 1 /\ %[3]s = FALSE

LockstepNext ==
    /\ %[2]s <= Len(LockstepSlices[%[1]s])
    /\ \/ /\ LockstepFire(LockstepSlices[%[1]s][%[2]s])
          /\ %[2]s' = %[2]s + 1
          /\ %[3]s' = FALSE
          /\ %[5]s
          /\ %[4]s
       \/ /\ ~%[3]s
          /\ LockstepBefore(LockstepSlices[%[1]s][%[2]s])
          /\ %[5]s
          /\ %[3]s' = TRUE
          /\ UNCHANGED %[2]s
    /\ UNCHANGED %[1]s

LockstepNotAt(s, i) == ~(%[1]s = s /\ %[2]s = i)
====
`, varSlice, varAt, varSilent, report, next, spec.init())
	return []byte(m.String())
}

// decide writes the choice of one of the actions by k, which counts them from
// first. It halves them, since TLC would try the branches of a CASE one by one.
// An empty action is FALSE.
func decide(m *strings.Builder, actions []string, first int, indent string) {
	if none(actions) {
		fmt.Fprintf(m, "%sFALSE\n", indent)
		return
	}
	if len(actions) == 1 {
		fmt.Fprintf(m, "%s(%s)\n", indent, actions[0])
		return
	}
	half := len(actions) / 2
	fmt.Fprintf(m, "%sIF k < %d THEN\n", indent, first+half)
	decide(m, actions[:half], first, indent+" ")
	fmt.Fprintf(m, "%sELSE\n", indent)
	decide(m, actions[half:], first+half, indent+" ")
}

func none(actions []string) bool {
	for _, a := range actions {
		if a != "" {
			return false
		}
	}
	return true
}

var definition = regexp.MustCompile(`(?m)^([A-Za-z_][A-Za-z0-9_]*)(?:\([^)]*\))?[ \t]*==`)

// actionNames lists what the modules of the specification define.
func actionNames(spec Spec) (map[string]bool, error) {
	files, err := fs.Glob(spec.Modules, "*.tla")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("specification %s has no modules: expected files *.tla", spec.Module)
	}
	names := map[string]bool{}
	for _, f := range files {
		b, err := fs.ReadFile(spec.Modules, f)
		if err != nil {
			return nil, err
		}
		for _, d := range definition.FindAllSubmatch(b, -1) {
			names[string(d[1])] = true
		}
	}
	return names, nil
}
