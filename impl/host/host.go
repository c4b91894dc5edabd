package host

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/wal"
)

// Host runs one node.
type Host struct {
	cfg    Config
	nodes  []protocol.NodeID
	self   int // place in nodes
	logger *slog.Logger

	listener, httpListener net.Listener
	log                    *wal.Log
	server                 *http.Server
	peers                  []*peer // by the place in nodes; nil at self

	inbox  chan event
	wake   chan struct{} // the log has records to sync
	synced chan syncResult
	done   chan struct{} // closed when the node takes no more input

	mu      sync.Mutex
	started bool
	waiting map[protocol.RequestID][]chan any // for the reply
	conns   map[net.Conn]bool                 // that others have opened to us

	// The rest belongs to the goroutine that steps the node.
	node     protocol.Node
	records  [][]byte // for Start
	identity identity
	origin   time.Time // of the node's clock
	timers   *timers
	clock    []uint64 // vector clock, by the place in nodes; replaced, never written in place
	sent     uint64   // messages that left, in this incarnation
	appended uint64   // position of the last record appended
	durable  uint64   // position of the last durable one
	held     []held
	toSelf   []event
}

// event is what the stepping goroutine handles: an input, or a call.
type event struct {
	input protocol.Input
	id    protocol.MessageID // of the message received
	clock []uint64           // and its sender's
	call  func()
}

// held is what one step holds back until the record at position is durable.
type held struct {
	position uint64
	messages []protocol.Message
	replies  []protocol.Reply
}

type syncResult struct {
	position uint64
	err      error
}

// New listens on the node's addresses, opens its directory and recovers its
// log. It fails on a bad configuration, an address in use, a directory of
// another node or in use, and a damaged log, having started nothing.
func New(c Config) (*Host, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	node, err := c.Protocol.NewNode(c.ID)
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	listener, err := c.listen("listen", c.Listen, c.Listener)
	if err != nil {
		return nil, err
	}
	httpListener, err := c.listen("http", c.HTTP, c.HTTPListener)
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	id, log, found, err := openNode(c)
	if err != nil {
		_ = listener.Close()
		_ = httpListener.Close()
		return nil, err
	}

	h := &Host{
		cfg: c, nodes: c.Protocol.Nodes(),
		logger:   c.Logger.With("node", string(c.ID)),
		listener: listener, httpListener: httpListener,
		log:      log,
		inbox:    make(chan event, inboxEvents),
		wake:     make(chan struct{}, 1),
		synced:   make(chan syncResult),
		done:     make(chan struct{}),
		waiting:  map[protocol.RequestID][]chan any{},
		conns:    map[net.Conn]bool{},
		node:     node,
		records:  found.Records,
		identity: id,
	}
	h.self = slices.Index(h.nodes, c.ID)
	h.clock = make([]uint64, len(h.nodes))
	h.clock[h.self] = id.StepsMax - stepsReserved // what the incarnation before had reserved
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(c.ID))
	h.timers = newTimers(c.Seed ^ seed.Sum64())
	h.peers = make([]*peer, len(h.nodes))
	for i, n := range h.nodes {
		if i != h.self {
			h.peers[i] = newPeer(h, n, c.Peers[n], c.Seed^seed.Sum64()^uint64(i+1)<<32)
		}
	}
	h.server = &http.Server{
		Handler:           h.handler(),
		ReadHeaderTimeout: handshakeWait,
		ReadTimeout:       c.RequestWait + handshakeWait,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(h.logger.Handler(), slog.LevelDebug),
	}
	if found.Cut != nil {
		h.logger.Warn("log had a torn tail", "cut", found.Cut.String())
	}
	h.logger.Info("node opened", "protocol", c.Protocol.Name(), "incarnation", id.Incarnation, "records", len(found.Records),
		"listen", listener.Addr().String(), "http", httpListener.Addr().String())
	return h, nil
}

// Addr is the address on which other nodes reach this one.
func (h *Host) Addr() net.Addr { return h.listener.Addr() }

// HTTPAddr is the address on which clients reach it.
func (h *Host) HTTPAddr() net.Addr { return h.httpListener.Addr() }

// Close gives up a host that was not run.
func (h *Host) Close() error {
	if !h.start() {
		return errors.New("host: Close after Run, expected it before, or ctx to be done")
	}
	return errors.Join(h.listener.Close(), h.httpListener.Close(), h.log.Close())
}

func (h *Host) start() (first bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	first = !h.started
	h.started = true
	return first
}

// Run runs the node until ctx is done, which is no error, or until the node
// cannot go on: its log failed, it is fatally wrong, or its HTTP server
// failed. A stop lets the fsync that is due finish, sends what it releases to
// the clients, refuses further requests and closes everything.
func (h *Host) Run(ctx context.Context) error {
	if !h.start() {
		return errors.New("host: Run a second time, expected it once")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	httpFailed := make(chan error, 1)
	var wg, serving sync.WaitGroup
	wg.Go(func() { h.accept(ctx) })
	wg.Go(h.syncLog)
	for _, p := range h.peers {
		if p != nil {
			wg.Go(func() { p.run(ctx) })
		}
	}
	serving.Go(func() {
		if err := h.server.Serve(h.httpListener); !errors.Is(err, http.ErrServerClosed) {
			httpFailed <- fmt.Errorf("http: %w", err)
			cancel()
		}
	})

	err := h.loop(ctx)
	select {
	case herr := <-httpFailed:
		err = errors.Join(err, herr)
	default:
	}
	if err != nil {
		h.logger.Error("node stops", "error", err.Error())
	} else {
		h.logger.Info("node stops")
	}
	cancel()
	close(h.done)
	close(h.wake)
	_ = h.listener.Close()
	h.closeConns()
	stop, stopped := context.WithTimeout(context.Background(), stopWait)
	defer stopped()
	if h.server.Shutdown(stop) != nil {
		_ = h.server.Close()
	}
	serving.Wait()
	wg.Wait()
	if cerr := h.log.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("host: node %s: %w", h.cfg.ID, err)
	}
	return nil
}
