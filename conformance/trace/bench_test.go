package trace

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// typical makes n events such as those of two-phase commit at four nodes.
func typical(n int) []Event {
	rng := rand.New(rand.NewPCG(1, 9))
	clocks := [4]map[string]uint64{}
	for i := range clocks {
		clocks[i] = map[string]uint64{}
	}
	events := make([]Event, n)
	for i := range events {
		k := rng.IntN(4)
		node := []string{"c", "p1", "p2", "p3"}[k]
		for m, x := range clocks[rng.IntN(4)] {
			clocks[k][m] = max(clocks[k][m], x)
		}
		clocks[k][node]++
		c := make(map[string]uint64, 4)
		for m, x := range clocks[k] {
			c[m] = x
		}
		events[i] = Event{
			Node: node, Clock: c, Slice: fmt.Sprint("1.", i/20), Action: "RecvPrepare", Args: []any{node},
			Local: map[string]any{"log": []any{"prepared"}, "durable": int64(0), "pstate": "prepared", "up": true},
			Recv:  fmt.Sprint(i), Sent: []string{fmt.Sprint(i + 1)},
		}
	}
	return events
}

const benchEvents = 2000

func BenchmarkWrite(b *testing.B) {
	events := typical(benchEvents)
	b.ReportAllocs()
	var size int64
	for b.Loop() {
		var out bytes.Buffer
		w, err := NewWriter(&out, Header{Spec: "TwoPhase", Sliced: true})
		require.NoError(b, err)
		for _, e := range events {
			if err := w.Write(e); err != nil {
				b.Fatal(err)
			}
		}
		_, size = w.Size()
	}
	perEvent(b)
	b.ReportMetric(float64(size)/benchEvents, "bytes/event")
}

func BenchmarkRead(b *testing.B) {
	var out bytes.Buffer
	w, err := NewWriter(&out, Header{Spec: "TwoPhase", Sliced: true})
	require.NoError(b, err)
	for _, e := range typical(benchEvents) {
		require.NoError(b, w.Write(e))
	}
	text := out.String()
	b.ReportAllocs()
	for b.Loop() {
		if _, events, err := readAll(text); err != nil || len(events) != benchEvents {
			b.Fatal(err)
		}
	}
	perEvent(b)
}

func BenchmarkMerge(b *testing.B) {
	seq := map[string]uint64{}
	files := map[string][]Event{}
	for _, e := range typical(benchEvents) {
		seq[e.Node]++
		e.Seq = seq[e.Node]
		files[e.Node] = append(files[e.Node], e)
	}
	list := split(files)
	b.ReportAllocs()
	for b.Loop() {
		if merged, err := Merge(list...); err != nil || len(merged) != benchEvents {
			b.Fatal(err)
		}
	}
	perEvent(b)
}

func perEvent(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
}
