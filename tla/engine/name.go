package engine

import (
	"fmt"

	"github.com/lockstep-go/lockstep/tla/eval"
	"github.com/lockstep-go/lockstep/tla/tlc"
	"github.com/lockstep-go/lockstep/tla/value"
)

// name gives the steps of a counterexample that TLC found their actions and
// arguments: the Go engine is asked for the first action, in the order of the
// specification, that leads from each state to the next and is in the disjunct
// that TLC names. What it cannot tell stays as TLC told it: where the
// configuration has an ALIAS, or the step stutters, or something is not supported.
func (q Request) name(r *Result, loopDisjunct string) {
	if len(r.Trace) < 2 {
		return
	}
	m, _, err := q.Load()
	if m == nil || err != nil {
		return
	}
	on := eval.NewMachine(m.Program)
	states := make([][]value.Value, len(r.Trace))
	for i, s := range r.Trace {
		if states[i], err = stateOf(on.Local, m.Vars(), s.Vars); err != nil {
			return
		}
	}
	for i := 1; i < len(states); i++ {
		s := &r.Trace[i]
		if _, c, ok := m.StepBy(on, states[i-1], states[i], s.Disjunct); ok {
			*s = s.by(newCall(m, c))
		}
	}
	if r.Loop == 0 || r.Stuttering() {
		return
	}
	if _, c, ok := m.StepBy(on, states[len(states)-1], states[r.Loop-1], loopDisjunct); ok {
		back := newCall(m, c)
		r.Back = &back
	} else if loopDisjunct != "" {
		r.Back = &Call{Action: loopDisjunct}
	}
}

// stateOf returns the values of the variables, in order.
func stateOf(l *value.Local, names []string, vars []Variable) (state []value.Value, err error) {
	defer func() {
		if e, ok := recover().(*value.Error); ok {
			err = e
		}
	}()
	for _, name := range names {
		known := len(state)
		for _, v := range vars {
			if v.Name == name {
				x, err := valueOf(l, v.Value)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				state = append(state, x)
				break
			}
		}
		if len(state) == known {
			return nil, fmt.Errorf("the state has no variable %s", name)
		}
	}
	return state, nil
}

// valueOf returns the value that tlc.ParseValue read.
func valueOf(l *value.Local, v any) (value.Value, error) {
	list := func(vs []any) ([]value.Value, error) {
		out := make([]value.Value, len(vs))
		for i, x := range vs {
			var err error
			if out[i], err = valueOf(l, x); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	switch v := v.(type) {
	case bool:
		return value.Bool(v), nil
	case int64:
		if int64(int32(v)) != v {
			return 0, fmt.Errorf("the number %d is beyond 32 bits", v)
		}
		return value.Int(int32(v)), nil
	case string:
		return l.Str(v), nil
	case tlc.ModelValue:
		return l.Model(string(v)), nil
	case tlc.Set:
		vs, err := list(v)
		return l.SetOf(vs...), err
	case tlc.Tuple:
		vs, err := list(v)
		return l.Tuple(vs...), err
	case tlc.Record:
		var fields, values []value.Value
		for _, f := range v {
			x, err := valueOf(l, f.Value)
			if err != nil {
				return 0, err
			}
			fields, values = append(fields, l.Str(f.Name)), append(values, x)
		}
		return l.Record(fields, values), nil
	case tlc.Function:
		var args, values []value.Value
		for _, p := range v {
			a, err := valueOf(l, p.Argument)
			if err != nil {
				return 0, err
			}
			x, err := valueOf(l, p.Value)
			if err != nil {
				return 0, err
			}
			args, values = append(args, a), append(values, x)
		}
		return l.Func(args, values), nil
	}
	return 0, fmt.Errorf("%v is no value that TLC can print", v)
}
