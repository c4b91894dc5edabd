package tla

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"sort"
	"strings"

	"github.com/lockstep-go/lockstep/tla/value"
)

// modelMark begins the string that stands for a model value in ITF, as Apalache
// writes the values of uninterpreted types.
const modelMark = "ModelValue_"

// ToITF returns the canonical value v in the encoding of ITF (Apalache's
// ADR-015), to be marshalled as JSON. Integers are {"#bigint": "1"}, sets
// {"#set": [...]}, tuples {"#tup": [...]}, functions {"#map": [[k, v], ...]},
// records objects, and a model value m the string "ModelValue_m".
func ToITF(l *value.Local, v value.Value) any {
	list := func(vs []value.Value) []any {
		out := make([]any, len(vs))
		for i, e := range vs {
			out[i] = ToITF(l, e)
		}
		return out
	}
	v = l.Canon(v)
	switch v.Kind() {
	case value.KindBool:
		return v == value.True
	case value.KindInt:
		return map[string]any{"#bigint": fmt.Sprint(v.AsInt())}
	case value.KindString:
		return l.Text(v)
	case value.KindModel:
		return modelMark + l.ModelName(v)
	case value.KindSet:
		return map[string]any{"#set": list(l.Elems(v))}
	case value.KindTuple:
		return map[string]any{"#tup": list(l.Values(v))}
	}
	domain, values := l.Elems(l.Domain(v)), l.Values(v)
	if v.Kind() == value.KindRecord {
		out := map[string]any{}
		for i, k := range domain {
			out[l.Text(k)] = ToITF(l, values[i])
		}
		return out
	}
	pairs := make([]any, len(domain))
	for i := range domain {
		pairs[i] = []any{ToITF(l, domain[i]), ToITF(l, values[i])}
	}
	return map[string]any{"#map": pairs}
}

// FromITF returns the value that x, as unmarshalled from JSON, encodes. A JSON
// array is a sequence, and a number an integer.
func FromITF(l *value.Local, x any) (v value.Value, err error) {
	defer func() {
		if e, ok := recover().(*value.Error); ok {
			err = e
		}
	}()
	return fromITF(l, x, 0)
}

const itfDepthMax = 1000

func fromITF(l *value.Local, x any, depth int) (value.Value, error) {
	if depth > itfDepthMax {
		return 0, fmt.Errorf("the value is nested deeper than %d", itfDepthMax)
	}
	list := func(x any) ([]value.Value, error) {
		xs, ok := x.([]any)
		if !ok {
			return nil, fmt.Errorf("found %T, expected an array", x)
		}
		vs := make([]value.Value, len(xs))
		for i, e := range xs {
			var err error
			if vs[i], err = fromITF(l, e, depth+1); err != nil {
				return nil, err
			}
		}
		return vs, nil
	}
	switch x := x.(type) {
	case bool:
		return value.Bool(x), nil
	case string:
		if name, ok := strings.CutPrefix(x, modelMark); ok {
			return l.Model(name), nil
		}
		return l.Str(x), nil
	case int:
		return integer(big.NewInt(int64(x)))
	case float64:
		if x != math.Trunc(x) || math.Abs(x) > math.MaxInt32 {
			return 0, fmt.Errorf("found the number %v, expected an integer of 32 bits", x)
		}
		return value.Int(int32(x)), nil
	case json.Number:
		n, ok := new(big.Int).SetString(x.String(), 10)
		if !ok {
			return 0, fmt.Errorf("found the number %s, expected an integer", x)
		}
		return integer(n)
	case []any:
		vs, err := list(x)
		if err != nil {
			return 0, err
		}
		return l.Tuple(vs...), nil
	case map[string]any:
		if len(x) == 1 {
			for k, e := range x {
				switch k {
				case "#bigint":
					text, _ := e.(string)
					n, ok := new(big.Int).SetString(text, 10)
					if !ok {
						return 0, fmt.Errorf("found #bigint %v, expected a string of digits", e)
					}
					return integer(n)
				case "#set", "#tup":
					vs, err := list(e)
					if err != nil {
						return 0, err
					}
					if k == "#set" {
						return l.SetOf(vs...), nil
					}
					return l.Tuple(vs...), nil
				case "#map":
					return mapFromITF(l, e, list)
				}
			}
		}
		var names []string
		for k := range x {
			if strings.HasPrefix(k, "#") && k != "#meta" {
				return 0, fmt.Errorf("found the field %q, which ITF does not have", k)
			}
			if k != "#meta" {
				names = append(names, k)
			}
		}
		sort.Strings(names)
		var fields, values []value.Value
		for _, k := range names {
			v, err := fromITF(l, x[k], depth+1)
			if err != nil {
				return 0, err
			}
			fields, values = append(fields, l.Str(k)), append(values, v)
		}
		if len(fields) == 0 {
			return l.Tuple(), nil
		}
		return l.Record(fields, values), nil
	}
	return 0, fmt.Errorf("found %T, expected a value of ITF", x)
}

func mapFromITF(l *value.Local, e any, list func(any) ([]value.Value, error)) (value.Value, error) {
	pairs, ok := e.([]any)
	if !ok {
		return 0, fmt.Errorf("found #map %T, expected an array of pairs", e)
	}
	var args, values []value.Value
	for _, p := range pairs {
		kv, err := list(p)
		if err != nil {
			return 0, err
		}
		if len(kv) != 2 {
			return 0, fmt.Errorf("found %d values in a pair of #map, expected 2", len(kv))
		}
		args, values = append(args, kv[0]), append(values, kv[1])
	}
	return l.Func(args, values), nil
}

func integer(n *big.Int) (value.Value, error) {
	if !n.IsInt64() || n.Int64() > math.MaxInt32 || n.Int64() < math.MinInt32 {
		return 0, fmt.Errorf("found the integer %s, expected one of 32 bits", n)
	}
	return value.Int(int32(n.Int64())), nil
}
