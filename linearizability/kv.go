package linearizability

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
)

// Register is the model "register": one cell that holds a string, "" at first.
//
//	op  {"kind":"get"}                             result  {"value":"1"}
//	    {"kind":"put","value":"1"}                         {}
//	    {"kind":"cas","expected":"1","value":"2"}          {"swapped":true}
func Register() Model { return keyed{name: "register"} }

// KV is the model "kv": a register for each key, and every operation names its
// key: {"kind":"get","key":"x"}. Keys have nothing to do with each other; for
// operations on several at once there is TxnKV.
func KV() Model { return keyed{name: "kv", keys: true} }

type keyed struct {
	name string
	keys bool
}

type keyedOp struct{ kind, key, value, expected string }

type keyedResult struct {
	value   string // get
	swapped bool   // cas
}

func (m keyed) Name() string { return m.name }

func (m keyed) DecodeOp(raw json.RawMessage) (any, error) {
	f := newFields(raw)
	var op keyedOp
	f.need("kind", `"get", "put" or "cas"`, &op.kind)
	if m.keys {
		if f.need("key", "a string", &op.key); f.err == nil && op.key == "" {
			f.fail(`expected a key that is not empty, found ""`)
		}
	}
	switch op.kind {
	case "cas":
		f.need("expected", "a string", &op.expected)
		f.need("value", "a string", &op.value)
	case "put":
		f.need("value", "a string", &op.value)
	case "get":
	default:
		f.fail(`expected the kind "get", "put" or "cas", found %q`, op.kind)
	}
	return op, f.close()
}

func (m keyed) DecodeResult(op any, raw json.RawMessage) (any, error) {
	f := newFields(raw)
	var r keyedResult
	switch op.(keyedOp).kind {
	case "get":
		f.need("value", "a string", &r.value)
	case "cas":
		f.need("swapped", "a boolean", &r.swapped)
	}
	return r, f.close()
}

func (keyed) Init() any { return "" }

func (keyed) Step(state, op, result any) (bool, any) {
	s, o := state.(string), op.(keyedOp)
	r, known := result.(keyedResult)
	switch o.kind {
	case "get":
		return !known || r.value == s, s
	case "put":
		return true, o.value
	}
	swapped := s == o.expected
	if swapped {
		s = o.value
	}
	return !known || r.swapped == swapped, s
}

func (keyed) Equal(a, b any) bool { return a == b }

func (keyed) Hash(state any) uint64 {
	h := fnv.New64a()
	h.Write([]byte(state.(string)))
	return h.Sum64()
}

func (keyed) Footprint(op, result any) Footprint {
	o := op.(keyedOp)
	f := Footprint{Keys: []string{o.key}}
	r, known := result.(keyedResult)
	switch {
	case o.kind == "get" && known:
		f.Sees = []Cell{{o.key, r.value}}
	case o.kind == "put":
		f.Writes = []Cell{{o.key, o.value}}
	case o.kind == "cas" && (!known || r.swapped):
		f.Sees, f.Writes = []Cell{{o.key, o.expected}}, []Cell{{o.key, o.value}}
	case o.kind == "cas":
		f.SeesMore = true // it saw some other value, and did not say which
	}
	return f
}

// Blind implements Blinder: a swap that was done is a put.
func (keyed) Blind(op, result any) (any, any, bool) {
	o, r := op.(keyedOp), result.(keyedResult)
	if o.kind != "cas" || !r.swapped {
		return nil, nil, false
	}
	return keyedOp{kind: "put", key: o.key, value: o.value}, keyedResult{}, true
}

func (keyed) DescribeOp(op, result any) string {
	o := op.(keyedOp)
	text := o.kind
	if o.key != "" {
		text += " " + o.key
	}
	if o.kind == "cas" {
		text += fmt.Sprintf(" %q", o.expected)
	}
	if o.kind != "get" {
		text += fmt.Sprintf(" %q", o.value)
	}
	r, known := result.(keyedResult)
	switch {
	case !known:
		return text + " → unknown"
	case o.kind == "get":
		return text + fmt.Sprintf(" → %q", r.value)
	case o.kind == "cas":
		return text + fmt.Sprintf(" → %t", r.swapped)
	}
	return text + " → ok"
}

func (keyed) DescribeState(state any) string { return fmt.Sprintf("%q", state) }
