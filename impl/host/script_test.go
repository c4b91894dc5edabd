package host_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/host/ports"
	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/wal"
)

// script is a protocol whose nodes do what a test says.
type script map[protocol.NodeID]func(now time.Duration, in protocol.Input) protocol.Output

func (script) Name() string { return "script" }

func (s script) Nodes() []protocol.NodeID {
	var ids []protocol.NodeID
	for id := range s {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (s script) NewNode(id protocol.NodeID) (protocol.Node, error) {
	return scripted{s[id]}, nil
}

func (script) DecodePayload(b []byte) (protocol.Payload, error) {
	if len(b) > 0 && b[0] == '!' {
		return nil, errors.New("expected no exclamation")
	}
	return text(b), nil
}

func (script) DecodeOp(b json.RawMessage) (protocol.Op, error) {
	var s string
	err := json.Unmarshal(b, &s)
	return s, err
}

func (script) Server(int) protocol.NodeID { return "a" }

// scripted is a node of a script.
type scripted struct {
	step func(time.Duration, protocol.Input) protocol.Output
}

func (n scripted) Step(now time.Duration, in protocol.Input) protocol.Output {
	if n.step == nil {
		return protocol.Output{}
	}
	return n.step(now, in)
}
func (n scripted) Clone() protocol.Node          { return n }
func (n scripted) AppendState(b []byte) []byte   { return b }
func (n scripted) AppendDurable(b []byte) []byte { return b }

type text string

func (t text) AppendBinary(b []byte) ([]byte, error) { return append(b, t...), nil }
func (t text) String() string                        { return string(t) }

// cluster runs the nodes of a protocol on loopback.
type cluster struct {
	t         testing.TB
	protocol  protocol.Protocol
	addresses map[protocol.NodeID]string // between nodes
	clients   map[protocol.NodeID]string // for clients
	dirs      map[protocol.NodeID]string
	change    func(*host.Config) // of each configuration, if it is set
	http      *http.Client

	mu      sync.Mutex
	changed *sync.Cond
	seen    map[protocol.NodeID][]protocol.Observation // of all incarnations
	sent    map[protocol.MessageID]bool
	running map[protocol.NodeID]*running
}

type running struct {
	cancel context.CancelFunc
	done   chan struct{}
	err    error // once done
}

func newCluster(t testing.TB, p protocol.Protocol, change func(*host.Config)) *cluster {
	c := &cluster{t: t, protocol: p, change: change, http: &http.Client{Transport: &http.Transport{}},
		addresses: map[protocol.NodeID]string{}, clients: map[protocol.NodeID]string{}, dirs: map[protocol.NodeID]string{},
		seen: map[protocol.NodeID][]protocol.Observation{}, running: map[protocol.NodeID]*running{}, sent: map[protocol.MessageID]bool{}}
	c.changed = sync.NewCond(&c.mu)
	block, err := ports.Take(2 * len(p.Nodes()))
	require.NoError(t, err)
	for i, id := range p.Nodes() {
		c.addresses[id], c.clients[id] = block.Address(2*i), block.Address(2*i+1)
		c.dirs[id] = t.TempDir()
	}
	t.Cleanup(func() {
		defer block.Release()
		for id := range c.running {
			_ = c.stop(id)
		}
	})
	return c
}

// freeAddress is one that nobody listened on just now.
func freeAddress(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return l.Addr().String()
}

func (c *cluster) config(id protocol.NodeID) host.Config {
	cfg := host.Config{Protocol: c.protocol, ID: id, Listen: c.addresses[id], HTTP: c.clients[id], Dir: c.dirs[id],
		Peers: map[protocol.NodeID]string{}, Seed: 1, Observer: c.observe}
	for peer, a := range c.addresses {
		if peer != id {
			cfg.Peers[peer] = a
		}
	}
	if c.change != nil {
		c.change(&cfg)
	}
	return cfg
}

// start runs a node, or all.
func (c *cluster) start(ids ...protocol.NodeID) {
	c.t.Helper()
	if len(ids) == 0 {
		ids = c.protocol.Nodes()
	}
	for _, id := range ids {
		h, err := host.New(c.config(id))
		require.NoError(c.t, err)
		ctx, cancel := context.WithCancel(context.Background())
		r := &running{cancel: cancel, done: make(chan struct{})}
		c.running[id] = r
		go func() {
			defer close(r.done)
			r.err = h.Run(ctx)
			c.changed.Broadcast()
		}()
	}
}

// stop stops a node, if it runs, and returns what Run returned.
func (c *cluster) stop(id protocol.NodeID) error {
	r := c.running[id]
	r.cancel()
	return c.wait(id)
}

// wait waits for Run to return by itself.
func (c *cluster) wait(id protocol.NodeID) error {
	r := c.running[id]
	<-r.done
	r.cancel()
	c.http.CloseIdleConnections() // the next incarnation does not answer on them
	return r.err
}

func (c *cluster) observe(o protocol.Observation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	// A message is seen to leave before it is seen to come, unless it comes
	// from a test's own connection.
	if r, ok := o.Input.(protocol.Receive); ok && len(c.seen[r.Message.From]) > 0 {
		assert.True(c.t, c.sent[o.Received], "message %q was seen to leave before", o.Received)
	}
	for _, id := range o.Sent {
		c.sent[id] = true
	}
	c.seen[o.ID] = append(c.seen[o.ID], o)
	c.changed.Broadcast()
}

// until waits for an observation of a node, past those seen before.
func (c *cluster) until(id protocol.NodeID, what func(protocol.Observation) bool) protocol.Observation {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		if i := slices.IndexFunc(c.seen[id], what); i >= 0 {
			return c.seen[id][i]
		}
		c.changed.Wait()
	}
}

// doUntil sends a client's requests to a node until another is seen to do
// something that must follow from one of them.
func (c *cluster) doUntil(id protocol.NodeID, client, op string, at protocol.NodeID, what func(protocol.Observation) bool) {
	c.t.Helper()
	for seq := uint64(1); ; seq++ {
		_, err := c.do(id, client, seq, op)
		require.NoError(c.t, err)
		c.mu.Lock()
		there := slices.ContainsFunc(c.seen[at], what)
		c.mu.Unlock()
		if there {
			return
		}
	}
}

func received(m string) func(protocol.Observation) bool {
	return func(o protocol.Observation) bool {
		r, ok := o.Input.(protocol.Receive)
		return ok && r.Message.Payload.String() == m
	}
}

// do sends a request to a node.
func (c *cluster) do(id protocol.NodeID, client string, seq uint64, op any) (json.RawMessage, error) {
	return (&host.Client{HTTP: c.http}).Do(context.Background(), c.clients[id], protocol.RequestID{Client: client, Seq: seq}, op)
}

// gateFS lets fsyncs of files through while its gate is open.
type gateFS struct {
	wal.FS
	gate *gate
}

type gate struct {
	mu      sync.Mutex
	changed *sync.Cond
	closed  bool
	waiting int
}

func newGate() *gate {
	g := &gate{}
	g.changed = sync.NewCond(&g.mu)
	return g
}

func (g *gate) set(closed bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = closed
	g.changed.Broadcast()
}

// awaitWaiting waits until an fsync waits.
func (g *gate) awaitWaiting() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.waiting == 0 {
		g.changed.Wait()
	}
}

func (g *gate) pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting++
	g.changed.Broadcast()
	for g.closed {
		g.changed.Wait()
	}
	g.waiting--
}

func (f gateFS) Create(name string) (wal.File, error) {
	file, err := f.FS.Create(name)
	return gateFile{file, f.gate}, err
}

type gateFile struct {
	wal.File
	gate *gate
}

func (f gateFile) Sync() error {
	f.gate.pass()
	return f.File.Sync()
}

// failingFS fails all writes, in part, once it has room for no more bytes.
type failingFS struct {
	wal.FS
	room *int
	err  error
}

func (f failingFS) Create(name string) (wal.File, error) {
	file, err := f.FS.Create(name)
	return failingFile{file, f}, err
}

type failingFile struct {
	wal.File
	fs failingFS
}

func (f failingFile) Write(b []byte) (int, error) {
	n := min(len(b), *f.fs.room)
	*f.fs.room -= n
	if _, err := f.File.Write(b[:n]); err != nil {
		return 0, err
	}
	if n < len(b) {
		return n, fmt.Errorf("write: %w", f.fs.err)
	}
	return n, nil
}

// readAll reads a connection to its end.
func readAll(t testing.TB, conn net.Conn) []byte {
	b, err := io.ReadAll(conn)
	if err != nil {
		var reset *net.OpError // the other side closed with input unread
		require.ErrorAs(t, err, &reset)
	}
	return b
}
