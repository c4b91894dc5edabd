package linearizability

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// loadEvents writes the events and reads them back.
func loadEvents(t testing.TB, model string, events []Event) *History {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, Header{Model: model, Seed: 1})
	require.NoError(t, err)
	for _, e := range events {
		require.NoError(t, w.Write(e))
	}
	h, err := Read(&b, "generated", Models()...)
	require.NoError(t, err)
	return h
}

func modelNamed(t testing.TB, name string) Model {
	t.Helper()
	m, err := choose(name, Models())
	require.NoError(t, err)
	return m
}

// Check agrees with trying all orders, on histories with unknown and failed
// outcomes, equal times and repeated values, spoilt and not.
func TestAgreesWithBruteForce(t *testing.T) {
	for _, model := range []string{"register", "kv", "txnkv"} {
		t.Run(model, func(t *testing.T) {
			m := modelNamed(t, model)
			count := map[Verdict]int{}
			unknowns := 0
			for seed := range uint64(4000) {
				g := newGenerator(model, seed)
				plains := g.history(2 + g.rng.IntN(5))
				h := load(t, model, plains)
				r := Check(context.Background(), m, h, Options{})
				count[r.Verdict]++
				unknowns += r.Unknown
				want := bruteForce(plains)
				switch r.Verdict {
				case VerdictOK:
					require.True(t, want, "seed %d: ok, but no order exists: %v", seed, plains)
				case VerdictViolated:
					require.False(t, want, "seed %d: violated, but an order exists: %v", seed, plains)
				default:
					require.True(t, want, "seed %d: nothing to check, yet violated: %v", seed, plains)
					require.Contains(t, r.Reason, "nothing to check")
				}
			}
			t.Logf("4000 seeds: %v, %d unknown outcomes", count, unknowns)
			assert.Greater(t, count[VerdictOK], 1000)
			assert.Greater(t, count[VerdictViolated], 200)
			assert.Greater(t, unknowns, 1000)
		})
	}
}

// The evidence stands by itself: the core and the cut prefix are violated, and
// no single operation of the core can be weakened further.
func TestEvidenceIsViolatedByBruteForce(t *testing.T) {
	violated, smaller := 0, 0
	for seed := range uint64(3000) {
		g := newGenerator("txnkv", seed)
		h := load(t, "txnkv", g.history(7))
		r := Check(context.Background(), TxnKV(), h, Options{})
		if r.Verdict != VerdictViolated {
			continue
		}
		violated++
		v := r.Violation
		require.Empty(t, v.Limited)
		require.False(t, bruteForce(plainOf(v.Core)), "seed %d: core", seed)
		require.False(t, bruteForce(plainOf(v.Operations)), "seed %d: operations", seed)
		before := prefixUntil(h.Operations, v.Culprit.Ended-1)
		require.True(t, bruteForce(plainOf(before)), "seed %d: the culprit is not the first", seed)
		for _, p := range v.Prefixes {
			require.True(t, legalOrder(TxnKV(), p), "seed %d: a prefix is no order", seed)
			require.Less(t, len(p), len(v.Operations))
		}
		if len(v.Core) < len(v.Operations) {
			smaller++
		}
		s := &shrinker{ctx: context.Background(), m: TxnKV()}
		for i := range v.Core {
			for _, w := range []way{{remove: true}, {blind: true}, {forget: true}} {
				_, ok := s.weaken(v.Core, i, 1, w)
				require.False(t, ok, "seed %d: core can do without operation %d", seed, v.Core[i].ID)
			}
		}
	}
	t.Logf("%d violated, core smaller in %d", violated, smaller)
	assert.Greater(t, violated, 300)
	assert.Greater(t, smaller, 100)
}

func legalOrder(m Model, ops []Operation) bool {
	state := m.Init()
	for i, o := range ops {
		for _, later := range ops[i+1:] {
			if later.Outcome == Return && later.Ended < o.Invoked {
				return false
			}
		}
		legal, next := m.Step(state, o.Op, o.Result)
		if !legal {
			return false
		}
		state = next
	}
	return true
}

// The steps of shrinking never make a violation out of nothing (views).
func TestWeakeningKeepsLinearizable(t *testing.T) {
	weakened := 0
	for seed := range uint64(4000) {
		g := newGenerator("txnkv", seed)
		plains := g.history(6)
		if !bruteForce(plains) {
			continue
		}
		var ops []Operation
		for _, o := range load(t, "txnkv", plains).Operations {
			if o.Outcome != Fail {
				ops = append(ops, o)
			}
		}
		if len(ops) == 0 {
			continue
		}
		for k, o := range ops { // a third of them see nothing
			if o.Outcome == Return && g.rng.IntN(3) == 0 {
				if op, result, ok := (txnKV{}).Blind(o.Op, o.Result); ok {
					ops[k].Op, ops[k].Result = op, result
					weakened++
				}
			}
		}
		require.True(t, bruteForce(plainOf(ops)), "seed %d: blind", seed)
		i := g.rng.IntN(len(ops))
		n := 1 + g.rng.IntN(len(ops)-i)
		out := (&shrinker{m: TxnKV()}).removable(ops, i, n)
		var left []Operation
		for k, o := range ops {
			switch {
			case k < i || k >= i+n:
				left = append(left, o)
			case !out[k-i]:
				left = append(left, forget(o, ""))
			default:
				weakened++
			}
		}
		require.True(t, bruteForce(plainOf(left)), "seed %d: %v became %v", seed, plains, plainOf(left))
		require.True(t, bruteForce(plainOf(prefixUntil(ops, g.rng.Int64N(12)))), "seed %d: cut", seed)
	}
	assert.Greater(t, weakened, 1000)
}

// txn is a line of the tables below: a transaction of client c from one time
// to another, with result "unknown", "fail", or JSON.
type txn struct {
	client     string
	from, to   int64
	op, result string
}

func txns(t testing.TB, table []txn) *History {
	var h []plain
	for i, x := range table {
		p := plain{id: uint64(i), client: x.client, invoked: x.from, ended: x.to, outcome: Return, op: x.op, result: x.result}
		if x.result == "unknown" || x.result == "fail" {
			p.outcome = Kind(x.result)
		}
		h = append(h, p)
	}
	return load(t, "txnkv", h)
}

const committed = `{"outcome":"committed"}`

// Each corrupted history is the anomaly of its name, beside the same history
// as a correct system makes it.
func TestAnomalies(t *testing.T) {
	tests := []struct {
		name string
		bad  []txn
		good string // the last result that makes it right
		core int    // operations left when shrunk
	}{
		{"stale read", []txn{
			{"c1", 0, 10, `{"write":{"x":"1"}}`, committed},
			{"c1", 20, 30, `{"write":{"x":"2"}}`, committed},
			{"c2", 40, 50, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
		}, `{"outcome":"committed","reads":{"x":"2"}}`, 3},
		{"lost update", []txn{
			{"c1", 0, 30, `{"compare":{"x":""},"write":{"x":"1"}}`, committed},
			{"c2", 0, 30, `{"compare":{"x":""},"write":{"x":"2"}}`, committed},
		}, `{"outcome":"aborted","reason":"compare","failed":{"x":"1"}}`, 2},
		{"dirty read of an aborted transaction", []txn{
			{"c1", 0, 30, `{"write":{"x":"1"}}`, `{"outcome":"aborted","reason":"conflict"}`},
			{"c2", 10, 20, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
		}, `{"outcome":"committed","reads":{"x":""}}`, 1},
		{"dirty read of a failed operation", []txn{
			{"c1", 0, 30, `{"write":{"x":"1"}}`, "fail"},
			{"c2", 40, 50, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
		}, `{"outcome":"committed","reads":{"x":""}}`, 1},
		{"fractured read", []txn{
			{"c1", 0, 30, `{"write":{"x":"1","y":"1"}}`, committed},
			{"c2", 10, 20, `{"read":["x","y"]}`, `{"outcome":"committed","reads":{"x":"1","y":""}}`},
		}, `{"outcome":"committed","reads":{"x":"1","y":"1"}}`, 2},
		{"fractured read of an unknown write", []txn{
			{"c1", 0, 5, `{"write":{"x":"1","y":"1"}}`, "unknown"},
			{"c2", 10, 20, `{"read":["x","y"]}`, `{"outcome":"committed","reads":{"x":"1","y":""}}`},
		}, `{"outcome":"committed","reads":{"x":"1","y":"1"}}`, 2},
		{"an unknown write seen and then not", []txn{
			{"c1", 0, 5, `{"write":{"x":"1"}}`, "unknown"},
			{"c2", 10, 20, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
			{"c2", 30, 40, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":""}}`},
		}, `{"outcome":"committed","reads":{"x":"1"}}`, 3},
		{"write skew", []txn{
			{"c1", 0, 30, `{"compare":{"x":""},"write":{"y":"1"}}`, committed},
			{"c2", 0, 30, `{"compare":{"y":""},"write":{"x":"1"}}`, committed},
		}, `{"outcome":"aborted","reason":"compare","failed":{"y":"1"}}`, 2},
		{"long fork", []txn{
			{"c1", 0, 50, `{"write":{"x":"1"}}`, committed},
			{"c2", 0, 50, `{"write":{"y":"1"}}`, committed},
			{"c3", 10, 40, `{"read":["x","y"]}`, `{"outcome":"committed","reads":{"x":"1","y":""}}`},
			{"c4", 10, 40, `{"read":["x","y"]}`, `{"outcome":"committed","reads":{"x":"","y":"1"}}`},
		}, `{"outcome":"committed","reads":{"x":"1","y":"1"}}`, 4},
		{"a compare that failed on what was never there", []txn{
			{"c1", 0, 10, `{"write":{"x":"1"}}`, committed},
			{"c2", 20, 30, `{"compare":{"x":"2"},"write":{"x":"3"}}`, `{"outcome":"aborted","reason":"compare","failed":{"x":"7"}}`},
		}, `{"outcome":"aborted","reason":"compare","failed":{"x":"1"}}`, 1},
		{"a compare that failed on a match", []txn{
			{"c1", 0, 10, `{"write":{"x":"1"}}`, committed},
			{"c2", 20, 30, `{"compare":{"x":"1"},"write":{"x":"3"}}`, `{"outcome":"aborted","reason":"compare","failed":{"x":"1"}}`},
		}, committed, 2},
		{"a retry applied again over a later write", []txn{
			{"c1", 0, 5, `{"compare":{"x":""},"write":{"x":"1"}}`, committed},
			{"c2", 10, 15, `{"compare":{"x":"1"},"write":{"x":"2"}}`, committed},
			{"c2", 20, 25, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"1"}}`},
		}, `{"outcome":"committed","reads":{"x":"2"}}`, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := Check(context.Background(), TxnKV(), txns(t, test.bad), Options{})
			require.Equal(t, VerdictViolated, r.Verdict, r.Reason)
			assert.Len(t, r.Violation.Core, test.core)
			assert.NotEmpty(t, r.Reason)
			test.bad[len(test.bad)-1].result = test.good
			r = Check(context.Background(), TxnKV(), txns(t, test.bad), Options{})
			assert.Equal(t, VerdictOK, r.Verdict, r.Reason)
		})
	}
}

// Closed intervals: operations that share an instant are concurrent, and one
// nanosecond makes the difference.
func TestTiesAreConcurrent(t *testing.T) {
	h := []txn{
		{"c1", 10, 20, `{"write":{"x":"1"}}`, committed},
		{"c2", 20, 30, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":""}}`},
	}
	assert.Equal(t, VerdictOK, Check(context.Background(), TxnKV(), txns(t, h), Options{}).Verdict)
	h[1].from = 21
	assert.Equal(t, VerdictViolated, Check(context.Background(), TxnKV(), txns(t, h), Options{}).Verdict)
}

func TestUnknownVerdicts(t *testing.T) {
	check := func(h []txn) Result { return Check(context.Background(), TxnKV(), txns(t, h), Options{}) }
	r := check(nil)
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.Equal(t, "nothing to check: none of 0 operations returned a result", r.Reason)
	r = check([]txn{{"c1", 0, 10, `{"write":{"x":"1"}}`, "unknown"}, {"c2", 0, 10, `{"read":["x"]}`, "fail"}})
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.Equal(t, "nothing to check: none of 2 operations returned a result", r.Reason)
	r = check([]txn{{"c1", 0, 10, `{"write":{"x":"1"}}`, `{"outcome":"aborted","reason":"timeout"}`}})
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.Contains(t, r.Reason, "nothing to check")
	r = Check(context.Background(), KV(), txns(t, nil), Options{})
	assert.Equal(t, "expected a history of the model kv, found one of txnkv", r.Reason)
}

// hard is a history that no search is quick to refute: n concurrent writes of
// values that all were read, and a read at the end of what nobody wrote.
func hard(t testing.TB, n int) *History {
	var h []txn
	for i := range n {
		h = append(h, txn{fmt.Sprintf("w%d", i), 0, 1000, fmt.Sprintf(`{"write":{"x":"%d"}}`, i), committed},
			txn{fmt.Sprintf("r%d", i), 0, 1000, `{"read":["x"]}`, fmt.Sprintf(`{"outcome":"committed","reads":{"x":"%d"}}`, i)})
	}
	h = append(h, txn{"last", 2000, 2001, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"never"}}`})
	return txns(t, h)
}

// A limit gives unknown with its reason, never ok and never violated.
func TestLimits(t *testing.T) {
	h := hard(t, 20)
	r := Check(context.Background(), TxnKV(), h, Options{Timeout: 20 * time.Millisecond})
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.Equal(t, "time limit of 20ms reached in 1 of 1 partitions, the first of 41 operations", r.Reason)

	r = Check(context.Background(), TxnKV(), h, Options{MemoryMax: 1 << 20})
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.Equal(t, "memory limit of 1048576 bytes reached in 1 of 1 partitions, the first of 41 operations", r.Reason)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r = Check(ctx, TxnKV(), h, Options{})
	assert.Equal(t, VerdictUnknown, r.Verdict)
	assert.True(t, strings.HasPrefix(r.Reason, "context canceled"), r.Reason)

	// The control: without a limit, the same form of history is violated.
	r = Check(context.Background(), TxnKV(), hard(t, 4), Options{})
	assert.Equal(t, VerdictViolated, r.Verdict)
	assert.Len(t, r.Violation.Core, 1)
}

// Unknown writes that nobody saw cost nothing, however many there are.
func TestUnseenUnknownsArePruned(t *testing.T) {
	var h []txn
	for i := range 200 {
		h = append(h, txn{fmt.Sprintf("u%d", i), 0, 1, fmt.Sprintf(`{"compare":{"x":"u%d"},"write":{"x":"u%d"}}`, i, i+1), "unknown"})
	}
	h = append(h, txn{"w", 10, 20, `{"write":{"x":"1"}}`, committed},
		txn{"r", 30, 40, `{"read":["x"]}`, `{"outcome":"committed","reads":{"x":"2"}}`})
	r := Check(context.Background(), TxnKV(), txns(t, h), Options{MemoryMax: 1 << 16})
	assert.Equal(t, VerdictViolated, r.Verdict, r.Reason)
	assert.Equal(t, 200, r.Pruned)
}

// Keys that no transaction joins are searched apart; one that joins them
// makes one partition of them.
func TestPartitions(t *testing.T) {
	h := []txn{
		{"c1", 0, 10, `{"write":{"x":"1"}}`, committed},
		{"c2", 0, 10, `{"write":{"y":"1"}}`, committed},
		{"c3", 0, 10, `{"write":{"z":"1"}}`, committed},
	}
	assert.Equal(t, 3, Check(context.Background(), TxnKV(), txns(t, h), Options{}).Partitions)
	h = append(h, txn{"c4", 0, 10, `{"read":["x","z"]}`, `{"outcome":"committed","reads":{"x":"","z":"1"}}`})
	r := Check(context.Background(), TxnKV(), txns(t, h), Options{})
	assert.Equal(t, 2, r.Partitions)
	assert.Equal(t, VerdictOK, r.Verdict)
}

// The result does not depend on which goroutine was faster.
func TestDeterministic(t *testing.T) {
	for seed := range uint64(50) {
		g := newGenerator("txnkv", seed)
		h := load(t, "txnkv", g.history(12))
		a := Check(context.Background(), TxnKV(), h, Options{})
		b := Check(context.Background(), TxnKV(), h, Options{})
		require.Equal(t, a, b, "seed %d", seed)
	}
}

// The hash of a map is that of its cells, however it came to hold them.
func TestCellMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	m, plainMap := &cellMap{}, map[string]string{}
	for range 2000 {
		c := Cell{string(rune('a' + rng.IntN(6))), []string{"", "1", "2"}[rng.IntN(3)]}
		before := m
		copied := *m
		m = m.with([]Cell{c})
		require.Equal(t, copied, *before, "with changed its receiver")
		if plainMap[c.Key] = c.Value; c.Value == "" {
			delete(plainMap, c.Key)
		}
		fresh := (&cellMap{}).with(cells(plainMap))
		require.True(t, TxnKV().Equal(fresh, m), "%v, expected %v", m, plainMap)
		require.Equal(t, fresh.hash, m.hash)
	}
}
