package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lockstep-go/lockstep/tla/engine"
	"github.com/lockstep-go/lockstep/tla/tlc"
)

// change says what became of a variable from one state to the next, as
// narrowly as its type allows: of a function or a record the points that
// changed (pstate[p1] = "prepared"), of a set what came and went. A value that
// changed in most of its points is told whole.
func change(name string, was, is engine.Variable) []CheckedVariable {
	whole := []CheckedVariable{{Name: name, Value: oneLine(is.Text), Was: oneLine(was.Text)}}
	if whole[0].Value == whole[0].Was {
		return nil
	}
	switch now := is.Value.(type) {
	case tlc.Function:
		before, ok := was.Value.(tlc.Function)
		if !ok || len(before) != len(now) {
			return whole
		}
		var out []CheckedVariable
		for i, p := range now {
			if tlcText(before[i].Argument) != tlcText(p.Argument) {
				return whole
			}
			if a, b := tlcText(before[i].Value), tlcText(p.Value); a != b {
				out = append(out, CheckedVariable{Name: name + "[" + tlcText(p.Argument) + "]", Value: b, Was: a})
			}
		}
		return narrower(out, whole, len(now))
	case tlc.Record:
		before, ok := was.Value.(tlc.Record)
		if !ok || len(before) != len(now) {
			return whole
		}
		var out []CheckedVariable
		for i, f := range now {
			if before[i].Name != f.Name {
				return whole
			}
			if a, b := tlcText(before[i].Value), tlcText(f.Value); a != b {
				out = append(out, CheckedVariable{Name: name + "." + f.Name, Value: b, Was: a})
			}
		}
		return narrower(out, whole, len(now))
	case tlc.Set:
		before, ok := was.Value.(tlc.Set)
		if !ok || len(before) == 0 {
			return whole
		}
		c := whole[0]
		a, b := tlcTexts(before), tlcTexts(now)
		for _, x := range b {
			if !slices.Contains(a, x) {
				c.Added = append(c.Added, x)
			}
		}
		for _, x := range a {
			if !slices.Contains(b, x) {
				c.Removed = append(c.Removed, x)
			}
		}
		if len(c.Added)+len(c.Removed) >= len(b) {
			return whole
		}
		return []CheckedVariable{c}
	}
	return whole
}

// narrower prefers the points that changed, unless that is all of them. When
// nothing is left although the texts differ, the texts count.
func narrower(points, whole []CheckedVariable, all int) []CheckedVariable {
	if len(points) == 0 || len(points) == all && all > 1 {
		return whole
	}
	return points
}

// tlcText writes a value on one line.
func tlcText(v any) string {
	switch v := v.(type) {
	case bool:
		return strings.ToUpper(fmt.Sprint(v))
	case string:
		return fmt.Sprintf("%q", v)
	case tlc.Set:
		return "{" + strings.Join(tlcTexts(v), ", ") + "}"
	case tlc.Tuple:
		return "<<" + strings.Join(tlcTexts(v), ", ") + ">>"
	case tlc.Record:
		fields := make([]string, len(v))
		for i, f := range v {
			fields[i] = f.Name + " |-> " + tlcText(f.Value)
		}
		return "[" + strings.Join(fields, ", ") + "]"
	case tlc.Function:
		points := make([]string, len(v))
		for i, p := range v {
			points[i] = tlcText(p.Argument) + " :> " + tlcText(p.Value)
		}
		return "(" + strings.Join(points, " @@ ") + ")"
	case tlc.Opaque:
		return oneLine(string(v))
	}
	return fmt.Sprint(v)
}

func tlcTexts(list []any) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = tlcText(v)
	}
	return out
}
