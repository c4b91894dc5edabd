package refine

import (
	"fmt"
	"math"
	"math/big"

	"github.com/lockstep-go/lockstep/conformance/trace"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/tla/value"
)

// value converts what a trace holds, or a protocol maps its state to, into a
// TLA+ value. A string that is the name of a model value of the specification's
// constants stands for that.
func (m *machine) value(v any) (out value.Value, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *value.Error: // a set of things that TLA+ does not compare, say
			err = e
		default:
			panic(e)
		}
	}()
	return m.toValue(v)
}

func (m *machine) toValue(v any) (value.Value, error) {
	switch v := v.(type) {
	case bool:
		return value.Bool(v), nil
	case string:
		return m.str(v), nil
	case protocol.NodeID:
		return m.str(string(v)), nil
	case protocol.ModelValue:
		return m.str(string(v)), nil
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
		return m.tuple(v)
	case trace.Tuple:
		return m.tuple(v)
	case protocol.Tuple:
		return m.tuple(v)
	case trace.Set:
		return m.set(v)
	case protocol.Set:
		return m.set(v)
	case trace.Func:
		return m.function(v)
	case protocol.Func:
		return m.function(v)
	case map[string]any:
		names := sortedKeys(v)
		fields, values := make([]value.Value, len(v)), make([]value.Value, len(v))
		for i, k := range names {
			var err error
			if values[i], err = m.toValue(v[k]); err != nil {
				return 0, fmt.Errorf("%s: %w", k, err)
			}
			fields[i] = m.local.Str(k)
		}
		if len(names) == 0 {
			return m.local.Tuple(), nil
		}
		return m.local.Record(fields, values), nil
	}
	return 0, fmt.Errorf("expected a value of a trace, found %T", v)
}

// str converts a string, which may be the name of a model value.
func (m *machine) str(s string) value.Value {
	if v, ok := m.models[s]; ok {
		return v
	}
	return m.local.Str(s)
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

func (m *machine) values(list []any) ([]value.Value, error) {
	out := make([]value.Value, len(list))
	for i, e := range list {
		var err error
		if out[i], err = m.toValue(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (m *machine) tuple(list []any) (value.Value, error) {
	elems, err := m.values(list)
	if err != nil {
		return 0, err
	}
	return m.local.Tuple(elems...), nil
}

func (m *machine) set(list []any) (value.Value, error) {
	elems, err := m.values(list)
	if err != nil {
		return 0, err
	}
	return m.local.SetOf(elems...), nil
}

func (m *machine) function(pairs [][2]any) (value.Value, error) {
	args, vals := make([]value.Value, len(pairs)), make([]value.Value, len(pairs))
	for i, p := range pairs {
		var err error
		if args[i], err = m.toValue(p[0]); err != nil {
			return 0, err
		}
		if vals[i], err = m.toValue(p[1]); err != nil {
			return 0, err
		}
	}
	return m.local.Func(args, vals), nil
}
