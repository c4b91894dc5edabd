package host_test

import (
	"encoding/binary"
	"encoding/json"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// frame builds a frame by hand, as the package comment has it.
func frame(body func(w *protocol.Writer)) []byte {
	var w protocol.Writer
	body(&w)
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(w.B))), w.B...)
}

func hello(magic string, version uint64, name, from, to string) []byte {
	return frame(func(w *protocol.Writer) {
		w.String(magic)
		w.Uint(version)
		w.String(name)
		w.String(from)
		w.String(to)
	})
}

func message(clock []uint64, payload string) []byte {
	return frame(func(w *protocol.Writer) {
		w.Uint(1)
		w.Uint(1)
		w.Uint(uint64(len(clock)))
		for _, k := range clock {
			w.Uint(k)
		}
		w.String(payload)
	})
}

// Whatever comes on a connection costs that connection and nothing else.
func TestGarbageClosesItsConnectionOnly(t *testing.T) {
	p := script{"a": nil, "b": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok {
			return protocol.Output{Messages: []protocol.Message{{From: "b", To: "a", Payload: text(r.Op.(string))}}}
		}
		return protocol.Output{}
	}, "c": nil}
	c := newCluster(t, p, func(cfg *host.Config) { cfg.FrameBytesMax = 1000 })
	c.start("a", "b")
	send := func(op string) {
		go func() { _, _ = c.do("b", op, 1, op) }() // it gets no reply
		c.until("a", received(op))
	}
	send("before")

	good := hello("lockstep", 1, "script", "c", "a")
	accepted := string(frame(func(w *protocol.Writer) { w.String("") }))
	for name, x := range map[string]struct {
		first, then []byte
		answer      string // contained in what comes back
	}{
		"noise":                 {first: []byte("GET / HTTP/1.1\r\n\r\n")},
		"oversized first frame": {first: []byte{0, 1, 0, 0}},
		"huge first frame":      {first: []byte{255, 255, 255, 255, 1, 2, 3}},
		"other magic":           {first: hello("lockstop", 1, "script", "c", "a")},
		"other version":         {first: hello("lockstep", 2, "script", "c", "a")},
		"other protocol":        {hello("lockstep", 1, "paxos", "c", "a"), nil, `found protocol "paxos", expected "script"`},
		"to another node":       {hello("lockstep", 1, "script", "c", "b"), nil, `found a connection to node "b"`},
		"from nobody":           {hello("lockstep", 1, "script", "mallory", "a"), nil, `found a connection from node "mallory"`},
		"from itself":           {hello("lockstep", 1, "script", "a", "a"), nil, `found a connection from node "a"`},
		"oversized message":     {good, []byte{0, 0, 3, 233}, accepted},
		"empty message":         {good, []byte{0, 0, 0, 0}, accepted},
		"clock too short":       {good, message([]uint64{0, 0}, "evil"), accepted},
		"clock too long":        {good, message([]uint64{0, 0, 0, 0}, "evil"), accepted},
		"payload of no kind":    {good, message([]uint64{0, 0, 1}, "!evil"), accepted},
		"more than a message": {good, frame(func(w *protocol.Writer) {
			w.B = append(w.B, message([]uint64{0, 0, 1}, "evil")[4:]...)
			w.Byte(0)
		}), accepted},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", c.addresses["a"])
			require.NoError(t, err)
			defer conn.Close()
			_, err = conn.Write(append(x.first, x.then...))
			require.NoError(t, err)
			got := readAll(t, conn) // to the end: the other side closed it
			if x.answer == "" {
				assert.Empty(t, got)
			} else if len(got) > 0 { // a reset may overtake the answer
				assert.Contains(t, string(got), x.answer)
			}
		})
	}
	t.Run("good", func(t *testing.T) { // the control: this one is taken
		conn, err := net.Dial("tcp", c.addresses["a"])
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Write(append(good, message([]uint64{0, 0, 1}, "from c")...))
		require.NoError(t, err)
		o := c.until("a", received("from c"))
		assert.Equal(t, protocol.MessageID("c.1.1"), o.Received)
	})
	t.Run("knows too much", func(t *testing.T) {
		conn, err := net.Dial("tcp", c.addresses["a"])
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Write(append(good, message([]uint64{1 << 60, 0, 1}, "from the future")...))
		require.NoError(t, err)
		_, err = conn.Write(message([]uint64{0, 0, 2}, "after it"))
		require.NoError(t, err)
		c.until("a", received("after it"))
	})

	send("after")
	status, err := (&host.Client{}).Status(t.Context(), c.clients["b"])
	require.NoError(t, err)
	assert.True(t, status.Peers[0].Connected)
	require.NoError(t, c.stop("a"))
	for _, o := range c.seen["a"] {
		assert.NotContains(t, o.Input.String(), "evil")
		assert.NotContains(t, o.Input.String(), "future")
	}
}

// A message too large for a frame is lost; what comes after it is not.
func TestOversizedMessageIsLostAlone(t *testing.T) {
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok {
			return protocol.Output{
				Messages: []protocol.Message{
					{From: "a", To: "b", Payload: text(make([]byte, 2000))},
					{From: "a", To: "b", Payload: text("small")}},
				Replies: []protocol.Reply{{ID: r.ID}}}
		}
		return protocol.Output{}
	}, "b": nil}
	c := newCluster(t, p, func(cfg *host.Config) { cfg.FrameBytesMax = 1000 })
	c.start()
	_, err := c.do("a", "c", 1, "go")
	require.NoError(t, err)
	o := c.until("b", received("small"))
	assert.Equal(t, protocol.MessageID("a.1.2"), o.Received)
}

// A peer that is away gets what the queue still holds when it comes back.
func TestReconnects(t *testing.T) {
	p := script{"a": func(now time.Duration, in protocol.Input) protocol.Output {
		if r, ok := in.(protocol.Request); ok {
			return protocol.Output{
				Messages: []protocol.Message{{From: "a", To: "b", Payload: text(r.Op.(string))}},
				Replies:  []protocol.Reply{{ID: r.ID}}}
		}
		return protocol.Output{}
	}, "b": nil}
	c := newCluster(t, p, func(cfg *host.Config) { cfg.QueueMessages = 3 })
	c.start("a")
	ops := []string{"one", "two", "three", "four", "five"}
	for i, op := range ops {
		_, err := c.do("a", "c", uint64(i+1), op)
		require.NoError(t, err)
	}
	status, err := (&host.Client{}).Status(t.Context(), c.clients["a"])
	require.NoError(t, err)
	assert.Equal(t, []host.PeerStatus{{Node: "b", Address: c.addresses["b"], Queued: 3, Dropped: 2}}, status.Peers)

	c.start("b")
	c.until("b", received("five"))
	require.NoError(t, c.stop("b"))
	var got []string
	for _, o := range c.seen["b"] {
		if r, ok := o.Input.(protocol.Receive); ok {
			got = append(got, r.Message.Payload.String())
		}
	}
	assert.Equal(t, ops[2:], got, "the oldest were dropped")

	_, err = c.do("a", "c", 6, "six")
	require.NoError(t, err)
	// It may be lost with the old connection, if a has not noticed its end.
	c.start("b")
	c.doUntil("a", "d", "again", "b", received("again"))
}

func TestStatusIsWhatItSays(t *testing.T) {
	c := newCluster(t, script{"a": nil, "b": nil}, nil)
	c.start("a")
	status, err := (&host.Client{}).Status(t.Context(), c.clients["a"])
	require.NoError(t, err)
	b, err := json.Marshal(status)
	require.NoError(t, err)
	assert.JSONEq(t, `{"node":"a","protocol":"script","incarnation":1,"steps":1,"appended":0,"durable":0,"held":0,
		"slices":0,"failpoints":`+failpointsCompiled()+`,
		"peers":[{"node":"b","address":"`+c.addresses["b"]+`","connected":false,"queued":0,"dropped":0}]}`, string(b))
}
