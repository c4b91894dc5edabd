package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/conformance/trace"
)

// tla writes a value of a trace as TLA+ text, the elements of sets in the
// order of their texts.
func tla(v any) string {
	switch v := v.(type) {
	case bool:
		return strings.ToUpper(strconv.FormatBool(v))
	case string:
		return strconv.Quote(v)
	case []any:
		return "<<" + strings.Join(texts(v), ", ") + ">>"
	case trace.Tuple:
		return "<<" + strings.Join(texts(v), ", ") + ">>"
	case trace.Set:
		elements := texts(v)
		slices.Sort(elements)
		return "{" + strings.Join(elements, ", ") + "}"
	case map[string]any:
		fields := assignments(v, " |-> ")
		return "[" + strings.Join(fields, ", ") + "]"
	case trace.Func:
		points := make([]string, len(v))
		for i, p := range v {
			points[i] = tla(p[0]) + " :> " + tla(p[1])
		}
		slices.Sort(points)
		if len(points) == 0 {
			return "<<>>"
		}
		return "(" + strings.Join(points, " @@ ") + ")"
	case json.Number:
		return v.String()
	}
	return fmt.Sprint(v)
}

func texts(list []any) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = tla(v)
	}
	return out
}

func assignments(m map[string]any, is string) []string {
	names := slices.Sorted(maps.Keys(m))
	for i, name := range names {
		names[i] = name + is + tla(m[name])
	}
	return names
}

// call is an event's action with its arguments.
func call(e trace.Event) string {
	if len(e.Args) == 0 {
		return e.Action
	}
	return e.Action + "(" + strings.Join(texts(e.Args), ", ") + ")"
}

// changes are the variables that an event changed. A local variable is shown
// at its node: pstate[p1] = "prepared".
func changes(e trace.Event) []string {
	local := map[string]any{}
	for name, v := range e.Local {
		local[name+"["+e.Node+"]"] = v
	}
	return append(assignments(local, " = "), assignments(e.Vars, " = ")...)
}
