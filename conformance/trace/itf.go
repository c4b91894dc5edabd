package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Set is a set of values.
type Set []any

// Tuple is a tuple of values.
type Tuple []any

// Func is a function, as pairs of argument and value.
type Func [][2]any

// maxSafe is the largest integer that ITF writes as a JSON number.
const maxSafe = 1<<53 - 1

// maxDepth bounds how deeply values nest, and maxDigits how long a #bigint is.
const (
	maxDepth  = 64
	maxDigits = 10_000
)

var decimal = regexp.MustCompile(`^-?[0-9]+$`)

// MarshalJSON writes {"#set": [...]} with the elements in the order of their
// encodings and each of them once, so that equal sets are written alike.
func (s Set) MarshalJSON() ([]byte, error) { return appendValue(nil, s, 0) }

// MarshalJSON writes {"#tup": [...]}.
func (t Tuple) MarshalJSON() ([]byte, error) { return appendValue(nil, t, 0) }

// MarshalJSON writes {"#map": [[argument, value], ...]} in the order of the
// encodings of the pairs. It fails if an argument stands there twice.
func (f Func) MarshalJSON() ([]byte, error) { return appendValue(nil, f, 0) }

// appendValue encodes a value, and refuses what decodeValue would. Integers
// that JSON numbers do not hold for sure become {"#bigint": "..."}, and a nil
// slice is the empty sequence.
func appendValue(b []byte, v any, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v), nil
	case string:
		return appendString(b, v)
	case int:
		return appendInt(b, big.NewInt(int64(v))), nil
	case int64:
		return appendInt(b, big.NewInt(v)), nil
	case uint64:
		return appendInt(b, new(big.Int).SetUint64(v)), nil
	case *big.Int:
		if len(v.Bits()) > maxDigits/20 { // a word is at most 20 digits
			return nil, fmt.Errorf("an integer has at most %d digits", maxDigits)
		}
		return appendInt(b, v), nil
	case []any:
		return appendList(b, v, depth)
	case Tuple:
		b, err := appendList(append(b, `{"#tup":`...), v, depth)
		return append(b, '}'), err
	case Set:
		elems := make([]string, len(v))
		for i, e := range v {
			x, err := appendValue(nil, e, depth+1)
			if err != nil {
				return nil, err
			}
			elems[i] = string(x)
		}
		slices.Sort(elems)
		b = append(b, `{"#set":[`...)
		b = append(b, strings.Join(slices.Compact(elems), ",")...)
		return append(b, "]}"...), nil
	case Func:
		return appendFunc(b, v, depth)
	case map[string]any:
		return appendObject(b, v, depth)
	}
	return nil, fmt.Errorf("a value of a trace is a bool, string, integer, []any, map[string]any, Set, Tuple or Func, found %T", v)
}

var errDepth = fmt.Errorf("a value nests at most %d deep", maxDepth)

func appendString(b []byte, s string) ([]byte, error) {
	if !utf8.ValidString(s) {
		return nil, fmt.Errorf("expected a string in UTF-8, found %s", clip(strconv.Quote(s)))
	}
	x, err := json.Marshal(s)
	return append(b, x...), err
}

func appendList(b []byte, list []any, depth int) ([]byte, error) {
	b = append(b, '[')
	for i, e := range list {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendValue(b, e, depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendFunc(b []byte, f Func, depth int) ([]byte, error) {
	seen := make(map[string]bool, len(f))
	pairs := make([]string, len(f))
	for i, p := range f {
		x, err := appendValue([]byte{'['}, p[0], depth+2)
		if err != nil {
			return nil, err
		}
		if arg := string(x); seen[arg] {
			return nil, fmt.Errorf("expected each argument of a function once, found %s again", clip(arg[1:]))
		} else {
			seen[arg] = true
		}
		if x, err = appendValue(append(x, ','), p[1], depth+2); err != nil {
			return nil, err
		}
		pairs[i] = string(append(x, ']'))
	}
	slices.Sort(pairs)
	b = append(b, `{"#map":[`...)
	b = append(b, strings.Join(pairs, ",")...)
	return append(b, "]}"...), nil
}

func appendObject(b []byte, m map[string]any, depth int) ([]byte, error) {
	b = append(b, '{')
	for i, k := range slices.Sorted(maps.Keys(m)) {
		if strings.HasPrefix(k, "#") {
			return nil, fmt.Errorf("a field of a record does not begin with #, found %q", k)
		}
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendString(b, k); err != nil {
			return nil, err
		}
		if b, err = appendValue(append(b, ':'), m[k], depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendInt(b []byte, x *big.Int) []byte {
	if x.IsInt64() && x.Int64() <= maxSafe && x.Int64() >= -maxSafe {
		return strconv.AppendInt(b, x.Int64(), 10)
	}
	return append(x.Append(append(b, `{"#bigint":"`...), 10), `"}`...)
}

// values is a JSON object whose fields are values.
type values map[string]any

func (v values) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return appendObject(nil, v, 0)
}

func (v *values) UnmarshalJSON(b []byte) error {
	x, err := decodeValue(b)
	if err != nil {
		return err
	}
	m, ok := x.(map[string]any)
	if !ok {
		return fmt.Errorf("expected an object of values, found %s", clip(string(b)))
	}
	*v = m
	return nil
}

// sequence is a JSON array of values.
type sequence []any

func (s sequence) MarshalJSON() ([]byte, error) { return appendList(nil, s, 0) }

func (s *sequence) UnmarshalJSON(b []byte) error {
	x, err := decodeValue(b)
	if err != nil {
		return err
	}
	l, ok := x.([]any)
	if !ok {
		return fmt.Errorf("expected an array of values, found %s", clip(string(b)))
	}
	*s = l
	return nil
}

// clip keeps what was found short enough for an error.
func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "..."
	}
	return s
}

// decodeValue reads one ITF value.
func decodeValue(b []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var raw any
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("expected one value, found more behind it")
	}
	return fromJSON(raw, 0)
}

func fromJSON(raw any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	switch raw := raw.(type) {
	case bool, string:
		return raw, nil
	case json.Number:
		i, err := raw.Int64()
		if err != nil {
			return nil, fmt.Errorf("expected an integer, found %s (a large one is written {\"#bigint\": \"...\"})", clip(raw.String()))
		}
		return i, nil
	case []any:
		return listFromJSON(raw, depth)
	case map[string]any:
		return objectFromJSON(raw, depth)
	}
	return nil, errors.New("expected a value, found null")
}

func listFromJSON(raw []any, depth int) ([]any, error) {
	list := make([]any, len(raw))
	for i, e := range raw {
		var err error
		if list[i], err = fromJSON(e, depth+1); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func objectFromJSON(raw map[string]any, depth int) (any, error) {
	names := slices.Sorted(maps.Keys(raw)) // so that the first error is always the same
	for _, tag := range names {
		if strings.HasPrefix(tag, "#") {
			if len(raw) != 1 {
				return nil, fmt.Errorf("expected %s alone in its object, found %d fields", clip(tag), len(raw))
			}
			return taggedFromJSON(tag, raw[tag], depth)
		}
	}
	m := make(map[string]any, len(raw))
	for _, k := range names {
		var err error
		if m[k], err = fromJSON(raw[k], depth+1); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func taggedFromJSON(tag string, body any, depth int) (any, error) {
	switch tag {
	case "#bigint":
		s, ok := body.(string)
		if !ok || !decimal.MatchString(s) || len(s) > maxDigits {
			return nil, fmt.Errorf("expected a decimal integer of at most %d digits as #bigint, found %s", maxDigits, clip(fmt.Sprint(body)))
		}
		x, _ := new(big.Int).SetString(s, 10)
		if x.IsInt64() {
			return x.Int64(), nil
		}
		return x, nil
	case "#set", "#tup", "#map":
	default:
		return nil, fmt.Errorf("expected #set, #tup, #map or #bigint, found %s", clip(tag))
	}
	l, ok := body.([]any)
	if !ok {
		return nil, fmt.Errorf("expected an array behind %s, found %s", tag, clip(fmt.Sprint(body)))
	}
	list, err := listFromJSON(l, depth)
	if err != nil {
		return nil, err
	}
	switch tag {
	case "#set":
		return Set(list), nil
	case "#tup":
		return Tuple(list), nil
	}
	f := make(Func, len(list))
	seen := make(map[string]bool, len(list))
	for i, e := range list {
		var pair []any
		switch e := e.(type) {
		case []any:
			pair = e
		case Tuple:
			pair = e
		}
		if len(pair) != 2 {
			return nil, fmt.Errorf("expected a pair of argument and value in #map, found %s", clip(fmt.Sprint(e)))
		}
		arg, err := appendValue(nil, pair[0], 0)
		if err != nil {
			return nil, err
		}
		if seen[string(arg)] {
			return nil, fmt.Errorf("expected each argument of #map once, found %s again", clip(string(arg)))
		}
		seen[string(arg)] = true
		f[i] = [2]any{pair[0], pair[1]}
	}
	return f, nil
}
