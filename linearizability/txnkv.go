package linearizability

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// TxnKV is the model "txnkv": a map from strings to strings, all absent at
// first, whose operations are minitransactions (Aguilera et al., Sinfonia,
// SOSP 2007). If every compare holds, the transaction commits: it reads the
// values from before its writes and applies the writes, all at one instant.
//
//	op      {"compare":{"x":"1"},"read":["x","y"],"write":{"x":"2"}}
//	result  {"outcome":"committed","reads":{"x":"1","y":""}}
//	        {"outcome":"aborted","reason":"conflict"}
//	        {"outcome":"aborted","reason":"compare","failed":{"x":"7"}}
//
// The empty string is absence: it reads as "", comparing with it means that
// the key is absent, and writing it deletes. An abort has no effect and may
// happen at any time for any reason, but for the reason "compare": then each
// key in failed held that value, other than the one compared with.
func TxnKV() Model { return txnKV{} }

type txnKV struct{}

type txnOp struct {
	compare, write []Cell // sorted by key
	read           []string
}

type txnResult struct {
	committed bool
	reason    string
	reads     []Cell // committed: as txnOp.read
	failed    []Cell // aborted for compare: sorted by key, keys of compare
}

const reasonCompare = "compare"

func (txnKV) Name() string { return "txnkv" }

func (txnKV) DecodeOp(raw json.RawMessage) (any, error) {
	f := newFields(raw)
	op := txnOp{compare: cells(f.strings("compare")), write: cells(f.strings("write"))}
	f.get("read", "an array of strings", &op.read)
	if err := f.close(); err != nil {
		return nil, err
	}
	slices.Sort(op.read)
	for i, k := range op.read {
		if i > 0 && k == op.read[i-1] {
			return nil, fmt.Errorf("expected each key once in read, found %q again", k)
		}
	}
	keys := op.keys()
	if len(keys) == 0 {
		return nil, fmt.Errorf("expected a key in compare, read or write, found none")
	}
	if keys[0] == "" {
		return nil, fmt.Errorf(`expected keys that are not empty, found ""`)
	}
	return op, nil
}

func (txnKV) DecodeResult(op any, raw json.RawMessage) (any, error) {
	o := op.(txnOp)
	f := newFields(raw)
	var outcome string
	var r txnResult
	f.need("outcome", `"committed" or "aborted"`, &outcome)
	f.get("reason", "a string", &r.reason)
	r.reads = cells(f.strings("reads"))
	r.failed = cells(f.strings("failed"))
	if err := f.close(); err != nil {
		return nil, err
	}
	compared := keysOf(o.compare)
	switch {
	case outcome == "committed":
		r.committed = true
		if found := keysOf(r.reads); !slices.Equal(found, o.read) {
			return nil, fmt.Errorf("expected reads of the keys %q, found %q", o.read, found)
		}
		if r.reason != "" || len(r.failed) > 0 {
			return nil, fmt.Errorf("expected no reason and no failed of a committed transaction")
		}
	case outcome != "aborted":
		return nil, fmt.Errorf(`expected outcome "committed" or "aborted", found %q`, outcome)
	case len(r.reads) > 0:
		return nil, fmt.Errorf("expected no reads of an aborted transaction, found some of the keys %q", keysOf(r.reads))
	case r.reason == reasonCompare:
		if len(r.failed) == 0 {
			return nil, fmt.Errorf("expected in failed the values found, since the reason is compare; found none")
		}
		for _, k := range keysOf(r.failed) {
			if !slices.Contains(compared, k) {
				return nil, fmt.Errorf("expected in failed only keys of compare, %q, found %q", compared, k)
			}
		}
	case len(r.failed) > 0:
		return nil, fmt.Errorf("expected no failed unless the reason is compare, found reason %q", r.reason)
	}
	return r, nil
}

func (txnKV) Init() any { return &cellMap{} }

func (txnKV) Step(state, op, result any) (bool, any) {
	s, o := state.(*cellMap), op.(txnOp)
	if result == nil {
		if s.holds(o.compare) {
			return true, s.with(o.write)
		}
		return true, s
	}
	r := result.(txnResult)
	if !r.committed {
		return o.differs(r.failed) && s.holds(r.failed), s
	}
	if s.holds(o.compare) && s.holds(r.reads) {
		return true, s.with(o.write)
	}
	return false, s
}

func (txnKV) Equal(a, b any) bool {
	x, y := a.(*cellMap), b.(*cellMap)
	return x.hash == y.hash && slices.Equal(x.cells, y.cells)
}

func (txnKV) Hash(state any) uint64 { return state.(*cellMap).hash }

func (txnKV) Footprint(op, result any) Footprint {
	o := op.(txnOp)
	f := Footprint{Keys: o.keys()}
	r, known := result.(txnResult)
	switch {
	case !known:
		f.Sees, f.Writes = o.compare, o.write
	case r.committed:
		f.Sees, f.Writes = slices.Concat(o.compare, r.reads), o.write
	case r.reason == reasonCompare:
		f.Sees = r.failed
	}
	return f
}

// Blind implements Blinder: a committed transaction's writes alone.
func (txnKV) Blind(op, result any) (any, any, bool) {
	o, r := op.(txnOp), result.(txnResult)
	if !r.committed || len(o.write) == 0 || len(o.compare)+len(r.reads) == 0 {
		return nil, nil, false
	}
	return txnOp{write: o.write}, txnResult{committed: true}, true
}

func (txnKV) DescribeOp(op, result any) string {
	o := op.(txnOp)
	var parts []string
	if len(o.compare) > 0 {
		parts = append(parts, "if "+describeCells(o.compare))
	}
	if len(o.read) > 0 {
		parts = append(parts, "read "+strings.Join(o.read, " "))
	}
	if len(o.write) > 0 {
		parts = append(parts, "write "+describeCells(o.write))
	}
	text := strings.Join(parts, ", ")
	r, known := result.(txnResult)
	switch {
	case !known:
		return text + " → unknown"
	case r.committed && len(r.reads) > 0:
		return text + " → committed " + describeCells(r.reads)
	case r.committed:
		return text + " → committed"
	case len(r.failed) > 0:
		return text + " → aborted, found " + describeCells(r.failed)
	}
	return strings.TrimSpace(text + " → aborted " + r.reason)
}

func (txnKV) DescribeState(state any) string {
	return "{" + describeCells(state.(*cellMap).cells) + "}"
}

func (o txnOp) keys() []string {
	keys := slices.Concat(keysOf(o.compare), o.read, keysOf(o.write))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// differs reports whether each of the values failed is other than the one that
// the operation compares the key with.
func (o txnOp) differs(failed []Cell) bool {
	for _, c := range failed {
		if slices.Contains(o.compare, c) {
			return false
		}
	}
	return true
}

// cells returns the pairs of m sorted by key.
func cells(m map[string]string) []Cell {
	var cs []Cell
	for _, k := range slices.Sorted(maps.Keys(m)) {
		cs = append(cs, Cell{k, m[k]})
	}
	return cs
}

func keysOf(cs []Cell) []string {
	var keys []string
	for _, c := range cs {
		keys = append(keys, c.Key)
	}
	return keys
}

func describeCells(cs []Cell) string {
	var parts []string
	for _, c := range cs {
		if c.Value == "" {
			c.Value = "∅"
		}
		parts = append(parts, c.Key+"="+c.Value)
	}
	return strings.Join(parts, " ")
}
