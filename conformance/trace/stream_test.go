package trace

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// filesOf writes events to files: file of an event's node.
func filesOf(t testing.TB, events []Event, file map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	writers := map[string]*Writer{}
	var names []string
	for _, e := range events {
		name := file[e.Node]
		w := writers[name]
		if w == nil {
			path := filepath.Join(dir, name)
			f, err := os.Create(path)
			require.NoError(t, err)
			t.Cleanup(func() { _ = f.Close() })
			h := Header{Spec: "S", Sliced: true}
			if len(name) == len(e.Node) {
				h.Node = e.Node
			}
			w, err = NewWriter(f, h)
			require.NoError(t, err)
			writers[name] = w
			names = append(names, path)
		}
		require.NoError(t, w.Write(e))
	}
	return names
}

func stream(names ...string) (events []Event, err error) {
	s, err := Open(names...)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	for {
		e, err := s.Read()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return events, err
		}
		events = append(events, e)
	}
}

// causal checks that the events are those of the files, each node's in its
// order, and each after all that happened before it.
func causal(t *testing.T, want, got []Event) {
	t.Helper()
	require.Len(t, got, len(want))
	seq := map[string]uint64{}
	last := map[string]uint64{} // own entry of the last event of each node
	own := map[string]map[uint64]bool{}
	for _, e := range want {
		if own[e.Node] == nil {
			own[e.Node] = map[uint64]bool{}
		}
		own[e.Node][e.Clock[e.Node]] = true
	}
	for _, e := range got {
		require.Equal(t, seq[e.Node]+1, e.Seq, e.Node)
		seq[e.Node]++
		last[e.Node] = e.Clock[e.Node]
		for n, k := range e.Clock {
			for x := range own[n] {
				if n != e.Node && x <= k {
					require.GreaterOrEqual(t, last[n], x, "%s comes before event %d of %s, which happened before it", e, x, n)
				}
			}
		}
	}
}

func TestStreamIsCausal(t *testing.T) {
	for name, file := range map[string]map[string]string{
		"a file a node": {"c": "c", "p1": "p1", "p2": "p2", "p3": "p3"},
		"two files":     {"c": "one", "p1": "two", "p2": "one", "p3": "two"},
		"mixed":         {"c": "c", "p1": "others", "p2": "others", "p3": "others"},
		"one file":      {"c": "all", "p1": "all", "p2": "all", "p3": "all"},
	} {
		t.Run(name, func(t *testing.T) {
			events := numbered(typical(400))
			got, err := stream(filesOf(t, events, file)...)
			require.NoError(t, err)
			causal(t, events, got)
		})
	}
}

// numbered numbers the events of each node from 1, as a Writer does.
func numbered(events []Event) []Event {
	seq := map[string]uint64{}
	for i := range events {
		seq[events[i].Node]++
		events[i].Seq = seq[events[i].Node]
	}
	return events
}

func TestStreamRefuses(t *testing.T) {
	all := map[string]string{"c": "all", "p1": "all", "p2": "all", "p3": "all"}
	events := numbered(typical(200))

	// The control: a file whose events do not stand in their order.
	byNode := map[string][]Event{}
	for _, e := range events {
		byNode[e.Node] = append(byNode[e.Node], e)
	}
	var shuffled []Event
	for _, n := range []string{"p3", "c", "p2", "p1"} {
		shuffled = append(shuffled, byNode[n]...)
	}
	_, err := stream(filesOf(t, shuffled, all)...)
	require.ErrorIs(t, err, ErrOrder)

	own := map[string]string{"c": "c", "p1": "p1", "p2": "p2", "p3": "p3"}
	names := filesOf(t, events, own)
	_, err = stream(append(names, names[0])...)
	assert.ErrorContains(t, err, "expected no event of node")

	// Clocks that contradict each other.
	a := Event{Node: "a", Clock: map[string]uint64{"a": 1, "b": 1}, Slice: "s", Action: "A"}
	b := Event{Node: "b", Clock: map[string]uint64{"a": 1, "b": 1}, Slice: "s", Action: "B"}
	_, err = stream(filesOf(t, []Event{a, b}, map[string]string{"a": "a", "b": "b"})...)
	assert.ErrorContains(t, err, "contradict")
	_, err = stream()
	assert.Error(t, err)
	_, err = stream(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// What a Stream holds does not grow with the trace.
func TestStreamHoldsLittle(t *testing.T) {
	own := map[string]string{"c": "c", "p1": "p1", "p2": "p2", "p3": "p3"}
	s, err := Open(filesOf(t, numbered(typical(4000)), own)...)
	require.NoError(t, err)
	defer s.Close()
	for n := 0; ; n++ {
		_, err := s.Read()
		if errors.Is(err, io.EOF) {
			require.Equal(t, 4000, n)
			return
		}
		require.NoError(t, err)
		for _, f := range s.files {
			require.LessOrEqual(t, f.held, 1, fmt.Sprint(n))
		}
	}
}
