package linearizability

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/anishathalye/porcupine"
)

// run makes a linearizable history of n transactions by 8 clients on pairs of
// 10 keys, as a run of a correct system would. One outcome in unknownOneIn is
// unknown (0: none); half of those took effect.
func run(b *testing.B, n, unknownOneIn int) *History {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	g := &generator{rng: rng}
	state := map[string]string{}
	free := make([]int64, 8)
	var h []plain
	for i := range n {
		// The points of linearization are at 100, 200, ...; the intervals
		// around them reach over those of other clients.
		point := int64(100 * (i + 1))
		c := i % len(free)
		p := plain{id: uint64(i), client: fmt.Sprintf("c%d", c), outcome: Return}
		p.invoked = max(free[c]+1, point-rng.Int64N(300))
		p.ended = point + rng.Int64N(300)
		free[c] = p.ended
		x, y := fmt.Sprintf("k%d", rng.IntN(5)), fmt.Sprintf("k%d", 5+rng.IntN(5))
		op := map[string]any{"read": []string{x, y}}
		if rng.IntN(2) == 0 {
			op["write"] = map[string]string{x: fmt.Sprint(i), y: fmt.Sprint(i)}
			op["compare"] = map[string]string{x: state[x]}
		}
		p.op = mustMarshal(op)
		var parsed anyOp
		mustUnmarshal(p.op, &parsed)
		if unknownOneIn > 0 && rng.IntN(unknownOneIn) == 0 {
			p.outcome = Unknown
			if rng.IntN(2) == 0 {
				g.result(state, parsed)
			}
		} else {
			p.result = mustMarshal(g.result(state, parsed))
		}
		h = append(h, p)
	}
	return load(b, "txnkv", h)
}

func perSecond(b *testing.B, n int) {
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		h := run(b, n, 0)
		b.Run(fmt.Sprintf("ops=%d/lockstep", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r := Check(context.Background(), TxnKV(), h, Options{}); r.Verdict != VerdictOK {
					b.Fatal(r.Reason)
				}
			}
			perSecond(b, n)
		})
		b.Run(fmt.Sprintf("ops=%d/porcupine", n), func(b *testing.B) {
			b.ReportAllocs()
			ops, model := porcupineOps(h.Operations), porcupineModel(TxnKV())
			for b.Loop() {
				if !porcupine.CheckOperations(model, ops) {
					b.Fatal("violated")
				}
			}
			perSecond(b, n)
		})
		unknown := run(b, n, 200)
		b.Run(fmt.Sprintf("ops=%d/unknown=0.5%%", n), func(b *testing.B) {
			b.ReportAllocs()
			pruned := 0
			for b.Loop() {
				r := Check(context.Background(), TxnKV(), unknown, Options{})
				if r.Verdict != VerdictOK {
					b.Fatal(r.Reason)
				}
				pruned = r.Pruned
			}
			b.ReportMetric(float64(pruned), "pruned")
			perSecond(b, n)
		})
	}
}

// What explaining a violation costs: a stale read at the end of the run.
func BenchmarkExplain(b *testing.B) {
	const n = 1000
	h := run(b, n, 0)
	for i := n - 1; ; i-- {
		o := &h.Operations[i]
		if r, ok := o.Result.(txnResult); ok && r.committed && r.reads[0].Value != "" && r.reads[0].Value != "0" {
			reads := append([]Cell(nil), r.reads...)
			reads[0].Value = "0"
			r.reads = reads
			o.Result = r
			break
		}
	}
	core := 0
	for b.Loop() {
		r := Check(context.Background(), TxnKV(), h, Options{})
		if r.Verdict != VerdictViolated {
			b.Fatal(r.Verdict, r.Reason)
		}
		core = len(r.Violation.Core)
	}
	b.ReportMetric(float64(core), "core-ops")
}
