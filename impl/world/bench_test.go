package world_test

import (
	"hash/maphash"
	"testing"

	"github.com/lockstep-go/lockstep/impl/world"
)

// BenchmarkTransitions is what an explorer does for each transition, breadth
// first over a bounded world: copy, apply, hash, and look the state up.
func BenchmarkTransitions(b *testing.B) {
	bounds := world.Bounds{Timeouts: 2, PartialSyncs: 1, Drops: 1, Duplicates: 1, Crashes: 1, Copies: 2}
	b.ReportAllocs()
	states := 0
	for done := 0; done < b.N; {
		root := newWorld(b, world.Options{Clients: clients(), Bounds: &bounds})
		root.Remember(world.NewMemo(1 << 20))
		seen := map[world.Hash]bool{}
		queue := []*world.World{root}
		var choices []world.Choice
		next := new(world.World)
		for len(queue) > 0 && done < b.N && len(seen) < 200_000 {
			w := queue[0]
			queue = queue[1:]
			choices = w.AppendChoices(choices[:0])
			for _, c := range choices {
				w.CopyTo(next)
				if _, err := next.Apply(c); err != nil {
					b.Fatal(err)
				}
				if h := next.Hash(); !seen[h] {
					seen[h] = true
					kept := new(world.World)
					next.CopyTo(kept)
					queue = append(queue, kept)
				}
				done++
			}
		}
		states += len(seen)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "transitions/s")
	b.ReportMetric(float64(states)/float64(b.N), "states/transition")
}

// BenchmarkTransitionsWithoutMemo is the same by what the memo spares: every
// step is taken, and every world encoded whole.
func BenchmarkTransitionsWithoutMemo(b *testing.B) {
	bounds := world.Bounds{Timeouts: 2, PartialSyncs: 1, Drops: 1, Duplicates: 1, Crashes: 1, Copies: 2}
	seed := maphash.MakeSeed()
	b.ReportAllocs()
	states := 0
	for done := 0; done < b.N; {
		root := newWorld(b, world.Options{Clients: clients(), Bounds: &bounds})
		seen := map[uint64]bool{}
		queue := []*world.World{root}
		var choices []world.Choice
		var enc []byte
		for len(queue) > 0 && done < b.N && len(seen) < 200_000 {
			w := queue[0]
			queue = queue[1:]
			choices = w.AppendChoices(choices[:0])
			for _, c := range choices {
				next := w.Clone()
				if _, err := next.Apply(c); err != nil {
					b.Fatal(err)
				}
				enc = next.AppendState(enc[:0])
				if h := maphash.Bytes(seed, enc); !seen[h] {
					seen[h] = true
					queue = append(queue, next)
				}
				done++
			}
		}
		states += len(seen)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "transitions/s")
	b.ReportMetric(float64(states)/float64(b.N), "states/transition")
}

// BenchmarkApply is Clone, Apply and AppendState of one delivery.
func BenchmarkApply(b *testing.B) {
	w := newWorld(b, world.Options{})
	apply(b, w, `invoke c1/1 @p {"add":1}`, "sync p")
	c := w.Choices()[0]
	var enc []byte
	b.ReportAllocs()
	for b.Loop() {
		next := w.Clone()
		if _, err := next.Apply(c); err != nil {
			b.Fatal(err)
		}
		enc = next.AppendState(enc[:0])
	}
}
