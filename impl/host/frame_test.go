package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

type payload string

func (p payload) AppendBinary(b []byte) ([]byte, error) { return append(b, p...), nil }
func (p payload) String() string                        { return string(p) }

// wire is a protocol of which only the payloads matter here.
type wire struct{}

func (wire) Name() string                                     { return "wire" }
func (wire) Nodes() []protocol.NodeID                         { return []protocol.NodeID{"a", "b"} }
func (wire) NewNode(protocol.NodeID) (protocol.Node, error)   { return nil, errors.New("none") }
func (wire) DecodePayload(b []byte) (protocol.Payload, error) { return payload(b), nil }
func (wire) DecodeOp(json.RawMessage) (protocol.Op, error)    { return nil, nil }
func (wire) Server(int) protocol.NodeID                       { return "a" }

func TestFramesOneAfterTheOther(t *testing.T) {
	b := hello{"p", "a", "b"}.appendTo(nil)
	b = appendAnswer(b, "no")
	e := envelope{3, 7, []uint64{1, 1 << 63}, payload("x")}
	b = e.appendTo(b)
	r := bytes.NewReader(b)

	f, err := readFrame(r, 100)
	require.NoError(t, err)
	h, err := readHello(f)
	require.NoError(t, err)
	assert.Equal(t, hello{"p", "a", "b"}, h)
	f, err = readFrame(r, 100)
	require.NoError(t, err)
	refusal, err := readAnswer(f)
	require.NoError(t, err)
	assert.Equal(t, "no", refusal)
	f, err = readFrame(r, 100)
	require.NoError(t, err)
	got, err := readEnvelope(wire{}, 2, f)
	require.NoError(t, err)
	assert.Equal(t, e, got)
	assert.Equal(t, protocol.MessageID("a.3.7"), got.id("a"))
	_, err = readFrame(r, 100)
	assert.Equal(t, io.EOF, err)
}

func TestFrameErrors(t *testing.T) {
	for in, want := range map[string]string{
		"\x00":                 "found the end within a frame's length",
		"\x00\x00\x00\x05abcd": "found the end after 4 bytes of a frame, expected 5",
		"\x00\x00\x00\x0b":     "found a frame of 11 bytes, expected at most 10",
		"\xff\xff\xff\xff":     "found a frame of 4294967295 bytes, expected at most 10",
	} {
		_, err := readFrame(bytes.NewReader([]byte(in)), 10)
		assert.EqualError(t, err, want)
	}
}

// A frame that claims much and holds little costs little.
func TestClaimedLengthAllocatesNothing(t *testing.T) {
	claim := []byte{0x3f, 0xff, 0xff, 0xff, 'x'}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		_, err := readFrame(bytes.NewReader(claim), 1<<30)
		require.Error(t, err)
	}
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}

// FuzzFrames reads what another node may send as each kind of frame. What is
// accepted must be what is written for it.
func FuzzFrames(f *testing.F) {
	f.Add(hello{"p", "a", "b"}.appendTo(nil))
	f.Add(appendAnswer(nil, "no"))
	f.Add(envelope{3, 7, []uint64{1, 1 << 63}, payload("x")}.appendTo(nil))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		const bytesMax = 1 << 10
		r := bytes.NewReader(b)
		body, err := readFrame(r, bytesMax)
		if err != nil {
			return
		}
		require.LessOrEqual(t, len(body), bytesMax)
		whole := b[:len(b)-r.Len()]
		if h, err := readHello(body); err == nil {
			require.Equal(t, whole, h.appendTo(nil))
		}
		if a, err := readAnswer(body); err == nil {
			require.Equal(t, whole, appendAnswer(nil, a))
		}
		if e, err := readEnvelope(wire{}, 2, body); err == nil {
			require.Equal(t, whole, e.appendTo(nil))
		}
	})
}

func TestTimers(t *testing.T) {
	arm := func(name string, min, max time.Duration) protocol.Timer {
		return protocol.Timer{Name: name, Min: min, Max: max}
	}
	ts := newTimers(1)
	_, ok := ts.next()
	assert.False(t, ok)
	ts.set(10, arm("late", 30, 30))
	ts.set(10, arm("early", 5, 5))
	ts.set(10, arm("same", 5, 5))
	ts.set(10, arm("gone", 1, 1))
	ts.set(10, protocol.Timer{Name: "gone", Cancel: true})
	ts.set(10, protocol.Timer{Name: "never there", Cancel: true})
	ts.set(12, arm("late", 1, 1)) // replaces the other
	at, ok := ts.next()
	assert.True(t, ok)
	assert.EqualValues(t, 13, at)
	_, ok = ts.fire(12)
	assert.False(t, ok)
	var fired []string
	for {
		name, ok := ts.fire(100)
		if !ok {
			break
		}
		fired = append(fired, name)
	}
	assert.Equal(t, []string{"late", "early", "same"}, fired)

	// Within the range, both ends included, and the same for the same seed.
	times := func(seed uint64) (at []time.Duration) {
		ts := newTimers(seed)
		for range 200 {
			ts.set(0, arm("t", 3, 5))
			d, _ := ts.next()
			at = append(at, d)
		}
		return at
	}
	seen := map[time.Duration]bool{}
	for _, d := range times(7) {
		seen[d] = true
	}
	assert.Equal(t, map[time.Duration]bool{3: true, 4: true, 5: true}, seen)
	assert.Equal(t, times(7), times(7))
	assert.NotEqual(t, times(7), times(8))
}

func TestQueueDropsTheOldest(t *testing.T) {
	h := &Host{cfg: Config{ID: "a", FrameBytesMax: 1000, QueueMessages: 4, QueueBytes: 1000}, logger: slog.New(slog.DiscardHandler)}
	p := newPeer(h, "b", "", 1)
	send := func(number uint64, size int) {
		p.send(envelope{1, number, nil, payload(make([]byte, size))})
	}
	numbers := func() (n []uint64) {
		for _, f := range p.take() {
			e, err := readEnvelope(wire{}, 0, f[4:])
			require.NoError(t, err)
			n = append(n, e.number)
		}
		return n
	}
	for i := range uint64(6) {
		send(i+1, 10)
	}
	assert.Equal(t, []uint64{3, 4, 5, 6}, numbers())
	assert.EqualValues(t, 2, p.dropped)
	send(7, 10)
	send(8, 600)
	send(9, 600)
	assert.Equal(t, []uint64{9}, numbers(), "bounded in bytes too")
	send(10, 2000)
	assert.Empty(t, numbers(), "too large for a frame")
	assert.Empty(t, numbers())
	assert.Zero(t, p.bytes)
}
