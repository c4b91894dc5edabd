package engine

import (
	"fmt"
	"sort"
	"strings"

	"github.com/lockstep-go/lockstep/tla/check"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// Differences compares what the Go engine and TLC found, as the package says.
// Nothing is returned when they agree.
func Differences(own, oracle *Result) (differences []string) {
	differ := func(what string, a, b any) {
		differences = append(differences, fmt.Sprintf("%s: Go %v, TLC %v", what, a, b))
	}
	if own.Unsupporting() && (oracle.Verdict == tlc.OK || oracle.Kind == tlc.KindTemporal) {
		// TLC checks temporal properties once its search is complete (package
		// tlc), so that the figures are those of a complete search.
		if !own.GaveUp() {
			compareFigures(own, oracle, differ)
		}
		return differences
	}
	if assertInFormula(own, oracle) {
		compareFigures(own, oracle, differ)
		compareTraces(own, oracle, differ)
		return differences
	}
	if own.Verdict != oracle.Verdict || own.sort() != oracle.sort() {
		differ("verdict", own.verdict(), oracle.verdict())
		return differences
	}
	if own.Verdict == tlc.Violated && own.Property != oracle.Property && !strings.Contains(own.Property, oracle.Property) {
		differ("property", own.Property, oracle.Property)
	}
	if own.Verdict == tlc.Unknown {
		return differences
	}
	if oracle.Workers > 1 && oracle.Verdict == tlc.Violated {
		return differences
	}
	compareFigures(own, oracle, differ)
	compareTraces(own, oracle, differ)
	return differences
}

// assertInFormula reports whether an Assert failed in an assumption or an
// invariant, which TLC tells as an error of evaluation.
func assertInFormula(own, oracle *Result) bool {
	return own.Kind == tlc.KindAssert && oracle.Verdict == tlc.Unknown && oracle.Kind == tlc.KindEvaluation &&
		strings.Contains(oracle.Reason, "The first argument of Assert evaluated to FALSE")
}

// sort is the kind, in the words that both engines have.
func (r *Result) sort() tlc.Kind {
	if r.Kind == tlc.KindConfig {
		return tlc.KindParse // TLC finds some before, and some after it has read the modules
	}
	return r.Kind
}

func (r *Result) verdict() string {
	if r.Verdict == tlc.OK {
		return "ok"
	}
	return fmt.Sprintf("%s (%s)", r.Verdict, r.Reason)
}

// Unsupporting reports whether there is no verdict for the sole reason that the
// engine does not support a part of the model.
func (r *Result) Unsupporting() bool {
	return r.Verdict == tlc.Unknown && r.Kind == tlc.Kind(check.Unsupported)
}

// GaveUp reports whether the search ended early at a part of the model that is not
// supported, so that no figure can be compared.
func (r *Result) GaveUp() bool { return r.Unsupporting() && !r.whole }

func compareFigures(own, oracle *Result, differ func(string, any, any)) {
	if oracle.Generated == 0 {
		return // TLC tells no figures
	}
	figure := func(what string, a, b int64) {
		if a != b {
			differ(what, a, b)
		}
	}
	figure("states generated", own.Generated, oracle.Generated)
	figure("distinct states", own.Distinct, oracle.Distinct)
	figure("states left", own.Left, oracle.Left)
	if oracle.Workers <= 1 && oracle.Depth > 0 {
		figure("depth", int64(own.Depth), int64(oracle.Depth))
	}
}

func compareTraces(own, oracle *Result, differ func(string, any, any)) {
	if len(own.Trace) != len(oracle.Trace) {
		differ("states in the counterexample", len(own.Trace), len(oracle.Trace))
		return
	}
	for i, a := range own.Trace {
		b := oracle.Trace[i]
		if a.Disjunct != b.Disjunct {
			differ(fmt.Sprintf("action of state %d", i+1), a.Disjunct, b.Disjunct)
			return
		}
		values := map[string]any{}
		for _, v := range b.Vars {
			values[v.Name] = v.Value
		}
		for _, v := range a.Vars {
			if x, y := canonical(v.Value), canonical(values[v.Name]); x != y {
				differ(fmt.Sprintf("%s in state %d", v.Name, i+1), x, y)
				return
			}
		}
	}
}

// canonical writes a value so that equal values have equal texts, whatever the
// order in which their elements were printed.
func canonical(v any) string {
	list := func(vs []any) []string {
		out := make([]string, len(vs))
		for i, x := range vs {
			out[i] = canonical(x)
		}
		return out
	}
	switch v := v.(type) {
	case tlc.Set:
		elems := list(v)
		sort.Strings(elems)
		return "{" + strings.Join(elems, ", ") + "}"
	case tlc.Tuple:
		return "<<" + strings.Join(list(v), ", ") + ">>"
	case tlc.Record:
		fields := make([]string, len(v))
		for i, f := range v {
			fields[i] = f.Name + " |-> " + canonical(f.Value)
		}
		sort.Strings(fields)
		return "[" + strings.Join(fields, ", ") + "]"
	case tlc.Function:
		points := make([]string, len(v))
		for i, p := range v {
			points[i] = canonical(p.Argument) + " :> " + canonical(p.Value)
		}
		sort.Strings(points)
		return "(" + strings.Join(points, " @@ ") + ")"
	case string:
		return fmt.Sprintf("%q", v)
	case tlc.Opaque:
		return oneLine(string(v))
	}
	return fmt.Sprint(v)
}
