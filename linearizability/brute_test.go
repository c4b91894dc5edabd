package linearizability

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// The slow and obvious checker: every subset of the operations of unknown
// outcome takes effect, in every order that real time allows, on a plain map.
// It shares no code with the package: it reads the JSON by itself.

// plain is an operation as the generator makes it and the slow checker reads it.
type plain struct {
	id             uint64
	client         string
	invoked, ended int64
	outcome        Kind
	op, result     string // JSON
}

type anyOp struct {
	Compare, Write             map[string]string
	Read                       []string
	Kind, Key, Value, Expected string
}

type anyResult struct {
	Outcome, Reason string
	Reads, Failed   map[string]string
	Value           string
	Swapped         bool
}

// plainStep changes state and reports whether the result is legal there; a nil
// result leaves it open.
func plainStep(state map[string]string, op anyOp, result *anyResult) bool {
	switch op.Kind {
	case "get":
		return result == nil || result.Value == state[op.Key]
	case "put":
		state[op.Key] = op.Value
		return true
	case "cas":
		swapped := state[op.Key] == op.Expected
		if swapped {
			state[op.Key] = op.Value
		}
		return result == nil || result.Swapped == swapped
	}
	if result != nil && result.Outcome == "aborted" {
		for k, v := range result.Failed {
			if state[k] != v || op.Compare[k] == v {
				return false
			}
		}
		return true
	}
	for k, v := range op.Compare {
		if state[k] != v {
			return result == nil
		}
	}
	if result != nil {
		for k, v := range result.Reads {
			if state[k] != v {
				return false
			}
		}
	}
	maps.Copy(state, op.Write)
	return true
}

func bruteForce(h []plain) bool {
	type parsed struct {
		plain
		op     anyOp
		result *anyResult
	}
	var must, may []parsed
	for _, p := range h {
		q := parsed{plain: p}
		mustUnmarshal(p.op, &q.op)
		switch p.outcome {
		case Return:
			q.result = &anyResult{}
			mustUnmarshal(p.result, q.result)
			must = append(must, q)
		case Unknown:
			may = append(may, q)
		}
	}
	var order func(state map[string]string, rest []parsed) bool
	order = func(state map[string]string, rest []parsed) bool {
		if len(rest) == 0 {
			return true
		}
		for i, next := range rest {
			// next may come first unless another ended before it was invoked.
			if slices.ContainsFunc(rest, func(o parsed) bool { return o.outcome == Return && o.ended < next.invoked }) {
				continue
			}
			after := maps.Clone(state)
			if plainStep(after, next.op, next.result) && order(after, slices.Concat(rest[:i], rest[i+1:])) {
				return true
			}
		}
		return false
	}
	for subset := range 1 << len(may) {
		chosen := slices.Clone(must)
		for i, o := range may {
			if subset&(1<<i) != 0 {
				chosen = append(chosen, o)
			}
		}
		if order(map[string]string{}, chosen) {
			return true
		}
	}
	return false
}

func mustUnmarshal(s string, v any) {
	if err := json.Unmarshal([]byte(s), v); err != nil {
		panic(fmt.Sprintf("%v in %s", err, s))
	}
}

func mustMarshal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// generator makes small random histories of one model: operations applied to a
// map at random instants within overlapping intervals, some of them then spoilt.
type generator struct {
	rng    *rand.Rand
	model  string
	keys   []string
	values []string // few, so that the same value is written more than once
}

func newGenerator(model string, seed uint64) *generator {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 7)), model: model, keys: []string{"x", "y", "z"}, values: []string{"", "1", "2", "3"}}
	if model == "register" {
		g.keys = []string{""}
	}
	return g
}

func pick[T any](g *generator, from []T) T { return from[g.rng.IntN(len(from))] }

func (g *generator) op() map[string]any {
	if g.model != "txnkv" {
		op := map[string]any{"kind": pick(g, []string{"get", "put", "cas"})}
		if g.model == "kv" {
			op["key"] = pick(g, g.keys)
		}
		switch op["kind"] {
		case "cas":
			op["expected"] = pick(g, g.values)
			fallthrough
		case "put":
			op["value"] = pick(g, g.values)
		}
		return op
	}
	some := func(odds int) map[string]string {
		m := map[string]string{}
		for _, k := range g.keys {
			if g.rng.IntN(odds) == 0 {
				m[k] = pick(g, g.values)
			}
		}
		return m
	}
	op := map[string]any{}
	if m := some(5); len(m) > 0 {
		op["compare"] = m
	}
	if m := some(3); len(m) > 0 {
		op["write"] = m
	}
	if m := some(3); len(m) > 0 || len(op) == 0 {
		m[pick(g, g.keys)] = ""
		op["read"] = slices.Sorted(maps.Keys(m))
	}
	return op
}

// result runs the operation on state and says what an honest system returns.
func (g *generator) result(state map[string]string, op anyOp) map[string]any {
	switch op.Kind {
	case "get":
		return map[string]any{"value": state[op.Key]}
	case "put":
		state[op.Key] = op.Value
		return map[string]any{}
	case "cas":
		swapped := state[op.Key] == op.Expected
		plainStep(state, op, nil)
		return map[string]any{"swapped": swapped}
	}
	if g.rng.IntN(8) == 0 {
		return map[string]any{"outcome": "aborted", "reason": "conflict"}
	}
	for _, k := range slices.Sorted(maps.Keys(op.Compare)) {
		if state[k] != op.Compare[k] {
			return map[string]any{"outcome": "aborted", "reason": "compare", "failed": map[string]string{k: state[k]}}
		}
	}
	reads := map[string]string{}
	for _, k := range op.Read {
		reads[k] = state[k]
	}
	maps.Copy(state, op.Write)
	return map[string]any{"outcome": "committed", "reads": reads}
}

// spoil changes one value in a result.
func (g *generator) spoil(r map[string]any) {
	switch {
	case r["swapped"] != nil:
		r["swapped"] = !r["swapped"].(bool)
	case r["value"] != nil:
		r["value"] = pick(g, g.values)
	}
	for _, name := range []string{"reads", "failed"} {
		if m, ok := r[name].(map[string]string); ok && len(m) > 0 {
			m[pick(g, slices.Sorted(maps.Keys(m)))] = pick(g, g.values)
		}
	}
}

// history makes n operations; about half of the histories are spoilt.
func (g *generator) history(n int) []plain {
	type draft struct {
		plain
		point int64
		op    map[string]any
	}
	drafts := make([]draft, n)
	for i := range drafts {
		d := &drafts[i]
		d.id, d.client, d.op = uint64(i+1), fmt.Sprintf("c%d", i), g.op()
		d.invoked = g.rng.Int64N(int64(2 * n)) // few instants, so that ties are common
		d.point = d.invoked + g.rng.Int64N(4)
		d.ended = d.point + g.rng.Int64N(4)
		d.outcome = pick(g, []Kind{Return, Return, Return, Unknown, Fail})
		if g.rng.IntN(3) > 0 && d.outcome == Fail {
			d.outcome = Return
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return int(drafts[i].point - drafts[j].point) })
	spoilt := g.rng.IntN(2) == 0
	state := map[string]string{}
	h := make([]plain, n)
	for _, i := range order {
		d := drafts[i]
		d.plain.op = mustMarshal(d.op)
		var op anyOp
		mustUnmarshal(d.plain.op, &op)
		takesEffect := d.outcome == Return || d.outcome == Unknown && g.rng.IntN(2) == 0
		if spoilt && d.outcome == Fail && g.rng.IntN(3) == 0 {
			takesEffect = true
		}
		if takesEffect {
			result := g.result(state, op)
			if d.outcome == Return {
				if spoilt && g.rng.IntN(4) == 0 {
					g.spoil(result)
				}
				d.plain.result = mustMarshal(result)
			}
		}
		h[i] = d.plain
	}
	return h
}

// load passes plain operations through the format into a history.
func load(t testing.TB, model string, h []plain) *History {
	t.Helper()
	var events []Event
	for _, p := range h {
		events = append(events, Event{Kind: Invoke, ID: p.id, Client: p.client, Time: p.invoked, Op: json.RawMessage(p.op)})
		e := Event{Kind: p.outcome, ID: p.id, Time: p.ended}
		if p.outcome == Return {
			e.Result = json.RawMessage(p.result)
		}
		events = append(events, e)
	}
	return loadEvents(t, model, events)
}

// plainOf turns operations of txnkv back into the slow checker's form.
func plainOf(ops []Operation) []plain {
	var h []plain
	object := func(cs []Cell) map[string]string {
		m := map[string]string{}
		for _, c := range cs {
			m[c.Key] = c.Value
		}
		return m
	}
	for _, o := range ops {
		op := o.Op.(txnOp)
		p := plain{id: o.ID, client: o.Client, invoked: o.Invoked, ended: o.Ended, outcome: o.Outcome}
		p.op = mustMarshal(map[string]any{"compare": object(op.compare), "write": object(op.write), "read": op.read})
		if r, ok := o.Result.(txnResult); ok {
			outcome := "aborted"
			if r.committed {
				outcome = "committed"
			}
			p.result = mustMarshal(map[string]any{"outcome": outcome, "reason": r.reason, "reads": object(r.reads), "failed": object(r.failed)})
		}
		h = append(h, p)
	}
	return h
}
