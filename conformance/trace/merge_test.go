package trace

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// history makes a random run of nodes that step and send each other messages.
// Some steps take no action and some take two: the first leave no event, and
// the second two events of one clock.
func history(rng *rand.Rand, nodes, steps int) map[string][]Event {
	names := make([]string, nodes)
	clocks := map[string]map[string]uint64{}
	files := map[string][]Event{}
	for i := range names {
		names[i] = fmt.Sprint("n", i)
		clocks[names[i]] = map[string]uint64{}
	}
	var flying []map[string]uint64
	for range steps {
		n := names[rng.IntN(nodes)]
		c := clocks[n]
		if len(flying) > 0 && rng.IntN(2) == 0 {
			for m, k := range flying[rng.IntN(len(flying))] {
				c[m] = max(c[m], k)
			}
		}
		c[n]++
		for range rng.IntN(3) {
			files[n] = append(files[n], Event{Node: n, Seq: uint64(len(files[n]) + 1), Clock: maps.Clone(c), Action: "A"})
		}
		if rng.IntN(2) == 0 {
			flying = append(flying, maps.Clone(c))
		}
	}
	return files
}

// before is the definition: e happened before f when it is an earlier event of
// the same node, or when f's node had heard of e's step.
func before(e, f Event) bool {
	if e.Node == f.Node {
		return e.Seq < f.Seq
	}
	return e.Clock[e.Node] <= f.Clock[e.Node]
}

// checkOrder compares every pair.
func checkOrder(merged []Event) error {
	for i, f := range merged {
		for _, e := range merged[i+1:] {
			if before(e, f) {
				return fmt.Errorf("%s stands behind %s and happened before it", e, f)
			}
		}
	}
	return nil
}

func split(files map[string][]Event) [][]Event {
	var list [][]Event
	for _, n := range slices.Sorted(maps.Keys(files)) {
		list = append(list, files[n])
	}
	return list
}

func TestMergeKeepsHappensBefore(t *testing.T) {
	swapped := 0
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 1))
		files := split(history(rng, 1+rng.IntN(5), 40))
		merged, err := Merge(files...)
		require.NoError(t, err, "seed %d", seed)
		require.NoError(t, checkOrder(merged), "seed %d", seed)
		total := 0
		for _, f := range files {
			total += len(f)
		}
		require.Len(t, merged, total, "seed %d", seed)

		// The order of the files does not matter, nor does merging again.
		rng.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		other, err := Merge(files...)
		require.NoError(t, err)
		require.Equal(t, merged, other, "seed %d", seed)
		other, err = Merge(merged)
		require.NoError(t, err)
		require.Equal(t, merged, other, "seed %d", seed)

		// The control: a pair swapped across a causal edge is seen.
		for i := range len(merged) - 1 {
			if before(merged[i], merged[i+1]) {
				wrong := slices.Clone(merged)
				wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
				require.Error(t, checkOrder(wrong))
				swapped++
				break
			}
		}
	}
	require.Greater(t, swapped, 100)
}

func TestMergeRefuses(t *testing.T) {
	e := func(n string, seq uint64, clock map[string]uint64) Event {
		return Event{Node: n, Seq: seq, Clock: clock, Action: "A"}
	}
	type c = map[string]uint64
	for _, x := range []struct {
		name  string
		files [][]Event
		want  string
	}{
		{"a contradiction", [][]Event{
			{e("a", 1, c{"a": 1}), e("a", 2, c{"a": 2, "b": 1})},
			{e("b", 1, c{"b": 1, "a": 2})},
		}, "the vector clocks contradict each other after 1 of 3 events: each next event is said to happen after another"},
		{"a lost event", [][]Event{{e("a", 1, c{"a": 1}), e("a", 3, c{"a": 3})}}, "expected event 2 of node a, found event 3"},
		{"swapped events", [][]Event{{e("a", 1, c{"a": 1}), e("a", 3, c{"a": 3}), e("a", 2, c{"a": 2})}}, "expected event 2 of node a, found event 3"},
		{"a file twice", [][]Event{{e("a", 1, c{"a": 1})}, {e("a", 1, c{"a": 1})}}, "expected event 2 of node a, found event 1"},
	} {
		_, err := Merge(x.files...)
		require.EqualError(t, err, x.want, x.name)
	}
	merged, err := Merge()
	require.NoError(t, err)
	require.Empty(t, merged)
}

// describe lists the events of each slice, with what they changed.
func describe(list []Slice) []string {
	var out []string
	for _, s := range list {
		text := fmt.Sprintf("%s %v:", s.Name, s.Constants)
		for _, e := range s.Events {
			text += fmt.Sprintf(" %s.%s", e.Node, e.Action)
			if e.Local != nil || e.Vars != nil {
				text += fmt.Sprint(e.Local, e.Vars)
			}
			if e.Slices != nil || e.Slice != s.Name {
				text += "!" // an event of a slice names it, and no other
			}
		}
		out = append(out, text)
	}
	return out
}

func TestSlices(t *testing.T) {
	on := func(node, slice, action string) Event { return Event{Node: node, Slice: slice, Action: action} }
	recovered := func(node string, slices map[string]Change) Event {
		return Event{Node: node, Action: "Recover", Slices: slices}
	}
	begin := on("c", "1", "Begin")
	begin.Constants = map[string]any{"P": Set{"p"}, "C": "own"}
	changed := map[string]Change{
		"1": {Local: map[string]any{"log": int64(1)}},
		"2": {Vars: map[string]any{"x": true}},
		"9": {Vars: map[string]any{"x": false}},
	}
	got, err := Slices(Header{Sliced: true, Constants: map[string]any{"C": "c", "D": "d"}}, []Event{
		recovered("p", nil), // before anything began
		begin,
		on("c", "2", "Begin"),
		on("p", "1", "Prepare"),
		recovered("q", changed), // takes part in slice 2, later
		recovered("p", changed), // takes part in both
		on("q", "2", "Prepare"),
		recovered("z", changed), // takes part in none
		on("p", "2", "Commit"),
		on("p", "1", "Commit"),
		on("c", "3", "Begin"),
		recovered("p", changed), // after the last event of both
	})
	require.NoError(t, err)
	require.Equal(t, []string{
		"1 map[C:own D:d P:[p]]: c.Begin p.Prepare p.Recovermap[log:1] map[] p.Commit",
		"2 map[C:c D:d]: c.Begin q.Recovermap[] map[x:true] p.Recovermap[] map[x:true] q.Prepare p.Commit",
		"3 map[C:c D:d]: c.Begin",
	}, describe(got))

	whole := []Event{{Node: "a", Action: "A", Local: map[string]any{"x": int64(1)}}}
	got, err = Slices(Header{Constants: map[string]any{"C": "c"}}, whole)
	require.NoError(t, err)
	require.Equal(t, []Slice{{Constants: map[string]any{"C": "c"}, Events: whole}}, got)

	again := on("p", "1", "Prepare")
	again.Constants = map[string]any{"P": Set{"q"}}
	_, err = Slices(Header{Sliced: true}, []Event{begin, again})
	require.EqualError(t, err, "slice 1: expected constants on its first event only, found them on p #0 1: Prepare()")
	_, err = Slices(Header{}, []Event{begin})
	require.EqualError(t, err, `event c #0 1: Begin(): expected no "slice", since the header does not say "sliced", found "1"`)
}

// Slices agrees with the definition, event by event, on random runs.
func TestSlicesAgainstDefinition(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 2))
		var events []Event
		for i := range 40 {
			e := Event{Node: fmt.Sprint("n", rng.IntN(3)), Seq: uint64(i), Action: "A"}
			if rng.IntN(4) > 0 {
				e.Slice = fmt.Sprint(rng.IntN(5))
			}
			events = append(events, e)
		}
		got, err := Slices(Header{Sliced: true}, events)
		require.NoError(t, err)
		for _, s := range got {
			first, last := -1, -1
			nodes := map[string]bool{}
			for i, e := range events {
				if e.Slice == s.Name {
					if first < 0 {
						first = i
					}
					last = i
					nodes[e.Node] = true
				}
			}
			var want, found []uint64
			for i, e := range events[first : last+1] {
				if e.Slice == s.Name || e.Slice == "" && nodes[e.Node] {
					want = append(want, uint64(first+i))
				}
			}
			for _, e := range s.Events {
				found = append(found, e.Seq)
			}
			require.Equal(t, want, found, "seed %d slice %s", seed, s.Name)
		}
	}
}
