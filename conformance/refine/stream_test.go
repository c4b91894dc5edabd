package refine_test

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/conformance/refine"
	"github.com/lockstep-go/lockstep/conformance/trace"
)

func reader(events []trace.Event) func() (trace.Event, error) {
	i := -1
	return func() (trace.Event, error) {
		if i++; i >= len(events) {
			return trace.Event{}, io.EOF
		}
		return events[i], nil
	}
}

// A trace that is read event by event gets the verdict of its slices, true and
// corrupted.
func TestStreamsAreJudgedAsTheirSlices(t *testing.T) {
	spec := twoPhase(t)
	var g refine.Engine
	rng := rand.New(rand.NewPCG(5, 5))
	verdicts := map[refine.Verdict]int{}
	for seed := range uint64(40) {
		events := walkEvents(t, seed, 300)
		if seed%2 == 1 { // a value, an action or an argument is not what it was
			e := &events[rng.IntN(len(events))]
			switch rng.IntN(3) {
			case 0:
				e.Local = maps.Clone(e.Local)
				if e.Local == nil || e.Slice == "" {
					continue
				}
				e.Local["durable"] = int64(rng.IntN(3))
			case 1:
				if e.Slice != "" {
					e.Action = []string{"RecvYes", "RecvNo", "RecvAck", "Sync", "RecvCommit"}[rng.IntN(5)]
				}
			case 2:
				if len(e.Args) > 0 {
					e.Args = []any{"p2"}
				}
			}
		}
		s, err := trace.Slices(header, events)
		require.NoError(t, err)
		whole, err := g.Validate(t.Context(), spec, s)
		require.NoError(t, err)
		streamed, err := g.ValidateEvents(t.Context(), spec, header, reader(events))
		require.NoError(t, err)
		require.Equal(t, whole.Verdict, streamed.Verdict, "seed %d: %s, and %s", seed, whole.Reason, streamed.Reason)
		require.Equal(t, whole.Slices, streamed.Slices)
		require.Equal(t, whole.Distinct, streamed.Distinct, "seed %d", seed)
		require.Len(t, streamed.Rejected, len(whole.Rejected))
		for i, r := range whole.Rejected {
			require.Equal(t, r.Slice.Name, streamed.Rejected[i].Slice.Name)
			require.Equal(t, r.Event, streamed.Rejected[i].Event)
			require.Equal(t, r.Reason, streamed.Rejected[i].Reason)
		}
		verdicts[whole.Verdict]++
	}
	require.Greater(t, verdicts[refine.OK], 10)
	require.Greater(t, verdicts[refine.Violated], 5)
}

// write writes a file a node.
func write(t testing.TB, events []trace.Event) []string {
	t.Helper()
	dir := t.TempDir()
	writers := map[string]*trace.Writer{}
	var names []string
	for _, e := range events {
		w := writers[e.Node]
		if w == nil {
			name := filepath.Join(dir, e.Node)
			f, err := os.Create(name)
			require.NoError(t, err)
			t.Cleanup(func() { _ = f.Close() })
			h := header
			h.Node = e.Node
			w, err = trace.NewWriter(f, h)
			require.NoError(t, err)
			writers[e.Node] = w
			names = append(names, name)
		}
		require.NoError(t, w.Write(e))
	}
	return names
}

func TestFilesAreJudged(t *testing.T) {
	var g refine.Engine
	events := walkEvents(t, 1, 400)
	h, r, err := g.ValidateFiles(t.Context(), twoPhase(t), nil, write(t, events)...)
	require.NoError(t, err)
	require.Equal(t, "TwoPhase", h.Spec)
	require.Equal(t, refine.OK, r.Verdict, r.Reason)
	require.Greater(t, r.Slices, 3)

	// What is rejected comes with the events of its slice.
	at := slices.IndexFunc(events, func(e trace.Event) bool { return e.Action == "RecvCommit" && e.Local["pstate"] != nil })
	events[at].Local = maps.Clone(events[at].Local)
	events[at].Local["pstate"] = "aborted"
	_, r, err = g.ValidateFiles(t.Context(), twoPhase(t), nil, write(t, events)...)
	require.NoError(t, err)
	require.Equal(t, refine.Violated, r.Verdict)
	require.Len(t, r.Rejected, 1)
	rej := r.Rejected[0]
	require.Equal(t, events[at].Slice, rej.Slice.Name)
	require.Equal(t, "RecvCommit", rej.Slice.Events[rej.Explained].Action)
	require.Contains(t, rej.Reason, `pstate["`)
	require.Contains(t, rej.Reason, `= "committed", found "aborted"`)

	_, _, err = g.ValidateFiles(t.Context(), twoPhase(t), nil, filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// One file of all nodes, not in the order of what happened, is put in order.
func TestAFileOutOfOrderIsJudged(t *testing.T) {
	events := walkEvents(t, 2, 300)
	slices.SortStableFunc(events, func(a, b trace.Event) int {
		if a.Node < b.Node {
			return 1
		}
		if a.Node > b.Node {
			return -1
		}
		return 0
	})
	name := filepath.Join(t.TempDir(), "all")
	f, err := os.Create(name)
	require.NoError(t, err)
	defer f.Close()
	w, err := trace.NewWriter(f, header)
	require.NoError(t, err)
	for _, e := range events {
		require.NoError(t, w.Write(e))
	}
	var g refine.Engine
	_, r, err := g.ValidateFiles(t.Context(), twoPhase(t), nil, name)
	require.NoError(t, err)
	require.Equal(t, refine.OK, r.Verdict, r.Reason)
}

// again repeats a trace under other names of slices, as a long run does.
type again struct {
	events []trace.Event
	round  int
	i      int
	left   int
	end    func()
}

func (a *again) next() (trace.Event, error) {
	if a.left == 0 {
		a.end()
		return trace.Event{}, io.EOF
	}
	a.left--
	if a.i == len(a.events) {
		a.i = 0
		a.round++
	}
	e := a.events[a.i]
	a.i++
	if e.Slice != "" {
		e.Slice = fmt.Sprintf("%s.%d", e.Slice, a.round)
	}
	return e, nil
}

// Events of transactions that go the same ways again and again, of 1,000 to
// 1,000,000 events: the time for one and the memory for all should not grow.
func BenchmarkValidate(b *testing.B) {
	var events []trace.Event
	for seed := range uint64(8) {
		for _, e := range walkEvents(b, 100+seed, 400) {
			if e.Slice != "" { // a recovery would be one of all later slices
				e.Slice = fmt.Sprintf("%d.%s", seed, e.Slice)
				events = append(events, e)
			}
		}
	}
	spec := twoPhase(b)
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for b.Loop() {
				var g refine.Engine
				a := again{events: events, left: n, end: func() { // all that is kept is reachable now
					runtime.GC()
					runtime.ReadMemStats(&after)
				}}
				r, err := g.ValidateEvents(b.Context(), spec, header, a.next)
				if err != nil || r.Events < n {
					b.Fatal(err, r.Events)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-live")
		})
	}
}
