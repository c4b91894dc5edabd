package trace

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a node records after it has received a message happened after what the
// sender had recorded before it sent, and two nodes that say nothing to each
// other know nothing of each other.
func TestNodesKeepVectorClocks(t *testing.T) {
	node := func(name string) (*Node, *bytes.Buffer) {
		var b bytes.Buffer
		w, err := NewWriter(&b, Header{Spec: "S", Node: name})
		require.NoError(t, err)
		return NewNode(name, w), &b
	}
	a, aText := node("a")
	b, bText := node("b")
	require.NoError(t, a.Event(Event{Action: "A1"}))
	require.NoError(t, b.Event(Event{Action: "B1"}))
	text, err := json.Marshal(a.Stamp()) // it travels
	require.NoError(t, err)
	require.NoError(t, a.Event(Event{Action: "A2"}))
	var s Stamp
	require.NoError(t, json.Unmarshal(text, &s))
	b.Receive(s)
	require.NoError(t, b.Event(Event{Action: "B2"}))
	b.Receive(Stamp{"a": 1}) // an old one takes nothing back
	require.NoError(t, b.Event(Event{Action: "B3"}))

	read := func(text *bytes.Buffer) []Event {
		_, events, err := readAll(text.String())
		require.NoError(t, err)
		return events
	}
	ea, eb := read(aText), read(bText)
	require.Equal(t, map[string]uint64{"a": 2}, ea[1].Clock)
	require.Equal(t, map[string]uint64{"b": 1}, eb[0].Clock)
	require.Equal(t, map[string]uint64{"a": 1, "b": 2}, eb[1].Clock)
	require.Equal(t, map[string]uint64{"a": 1, "b": 3}, eb[2].Clock)
	merged, err := Merge(ea, eb)
	require.NoError(t, err)
	var order []string
	for _, e := range merged {
		order = append(order, e.Action)
	}
	require.Equal(t, []string{"A1", "A2", "B1", "B2", "B3"}, order)

	require.Error(t, a.Event(Event{}), "an event has an action")
	stamp := a.Stamp()
	stamp["a"] = 99 // a stamp is the receiver's own
	require.Equal(t, uint64(3), a.Stamp()["a"])
}
