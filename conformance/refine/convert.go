package refine

import (
	"fmt"
	"math"
	"math/big"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/tla/value"
)

// Value converts what a trace holds, or a protocol maps its state to, into a
// TLA+ value. Names of nodes and model values are strings, as in a trace.
func Value(l *value.Local, v any) (out value.Value, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *value.Error: // a set of things that TLA+ does not compare, say
			err = e
		default:
			panic(e)
		}
	}()
	return toValue(l, v)
}

func toValue(l *value.Local, v any) (value.Value, error) {
	switch v := v.(type) {
	case bool:
		return value.Bool(v), nil
	case string:
		return l.Str(v), nil
	case protocol.NodeID:
		return l.Str(string(v)), nil
	case protocol.ModelValue:
		return l.Str(string(v)), nil
	case int:
		return integer(int64(v))
	case int64:
		return integer(v)
	case uint64:
		if v > math.MaxInt32 {
			return 0, errWide(v)
		}
		return value.Int(int32(v)), nil
	case *big.Int:
		if !v.IsInt64() {
			return 0, errWide(v)
		}
		return integer(v.Int64())
	case []any:
		return tuple(l, v)
	case trace.Tuple:
		return tuple(l, v)
	case protocol.Tuple:
		return tuple(l, v)
	case trace.Set:
		return set(l, v)
	case protocol.Set:
		return set(l, v)
	case trace.Func:
		return function(l, v)
	case protocol.Func:
		return function(l, v)
	case map[string]any:
		names := sortedKeys(v)
		fields, values := make([]value.Value, len(v)), make([]value.Value, len(v))
		for i, k := range names {
			var err error
			if values[i], err = toValue(l, v[k]); err != nil {
				return 0, fmt.Errorf("%s: %w", k, err)
			}
			fields[i] = l.Str(k)
		}
		if len(names) == 0 {
			return l.Tuple(), nil
		}
		return l.Record(fields, values), nil
	}
	return 0, fmt.Errorf("expected a value of a trace, found %T", v)
}

func integer(i int64) (value.Value, error) {
	if i < math.MinInt32 || i > math.MaxInt32 {
		return 0, errWide(i)
	}
	return value.Int(int32(i)), nil
}

func errWide(i any) error {
	return fmt.Errorf("expected an integer of 32 bits, as TLC has them, found %v", i)
}

func values(l *value.Local, list []any) ([]value.Value, error) {
	out := make([]value.Value, len(list))
	for i, e := range list {
		var err error
		if out[i], err = toValue(l, e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func tuple(l *value.Local, list []any) (value.Value, error) {
	elems, err := values(l, list)
	if err != nil {
		return 0, err
	}
	return l.Tuple(elems...), nil
}

func set(l *value.Local, list []any) (value.Value, error) {
	elems, err := values(l, list)
	if err != nil {
		return 0, err
	}
	return l.SetOf(elems...), nil
}

func function(l *value.Local, pairs [][2]any) (value.Value, error) {
	args, vals := make([]value.Value, len(pairs)), make([]value.Value, len(pairs))
	for i, p := range pairs {
		var err error
		if args[i], err = toValue(l, p[0]); err != nil {
			return 0, err
		}
		if vals[i], err = toValue(l, p[1]); err != nil {
			return 0, err
		}
	}
	return l.Func(args, vals), nil
}
