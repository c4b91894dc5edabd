package host

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/impl/failpoint"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// peer is another node, as we send to it.
type peer struct {
	h       *Host
	id      protocol.NodeID
	address string
	logger  *slog.Logger
	rng     *rand.Rand

	mu        sync.Mutex
	queue     [][]byte // frames, oldest first
	bytes     int      // in them
	dropped   uint64   // frames that the queue had no room for
	connected bool
	ready     chan struct{} // the queue may hold something
}

func newPeer(h *Host, id protocol.NodeID, address string, seed uint64) *peer {
	return &peer{h: h, id: id, address: address, logger: h.logger.With("peer", string(id)),
		rng: rand.New(rand.NewPCG(seed, 2)), ready: make(chan struct{}, 1)}
}

// send queues a message, in place of the oldest ones if there is no room. It
// never waits.
func (p *peer) send(e envelope) {
	frame := e.appendTo(nil)
	if n := len(frame) - 4; n > p.h.cfg.FrameBytesMax {
		p.logger.Error("message lost: its frame is too large", "message", string(e.id(p.h.cfg.ID)), "bytes", n, "bytes_max", p.h.cfg.FrameBytesMax)
		return
	}
	p.mu.Lock()
	first := p.dropped == 0
	p.queue = append(p.queue, frame)
	p.bytes += len(frame)
	for len(p.queue) > p.h.cfg.QueueMessages || len(p.queue) > 1 && p.bytes > p.h.cfg.QueueBytes {
		p.bytes -= len(p.queue[0])
		p.queue[0] = nil
		p.queue = p.queue[1:]
		p.dropped++
	}
	first = first && p.dropped > 0
	p.mu.Unlock()
	if first {
		p.logger.Warn("queue is full: its oldest messages are lost", "messages_max", p.h.cfg.QueueMessages, "bytes_max", p.h.cfg.QueueBytes)
	}
	select {
	case p.ready <- struct{}{}:
	default:
	}
}

// take empties the queue.
func (p *peer) take() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := p.queue
	p.queue, p.bytes = nil, 0
	return q
}

// run connects and sends, until ctx is done.
func (p *peer) run(ctx context.Context) {
	backoff := backoffMin
	failing := false
	for ctx.Err() == nil {
		conn, err := p.connect(ctx)
		if err == nil {
			p.logger.Info("connected", "address", p.address)
			backoff, failing = backoffMin, false
			p.setConnected(true)
			err = p.deliver(ctx, conn)
			p.setConnected(false)
			_ = conn.Close()
		}
		if ctx.Err() != nil {
			return
		}
		if !failing { // the first failure of a row only
			p.logger.Warn("no connection", "address", p.address, "error", err.Error())
		}
		failing = true
		// Half of it is random, so that nodes do not dial in step.
		wait := time.NewTimer(backoff/2 + time.Duration(p.rng.Int64N(int64(backoff/2)+1)))
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-wait.C:
		}
		backoff = min(2*backoff, backoffMax)
	}
}

func (p *peer) setConnected(c bool) {
	p.mu.Lock()
	p.connected = c
	p.mu.Unlock()
}

// connect dials and shakes hands.
func (p *peer) connect(ctx context.Context) (net.Conn, error) {
	d := net.Dialer{Timeout: handshakeWait}
	conn, err := d.DialContext(ctx, "tcp", p.address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	refusal := ""
	_ = conn.SetDeadline(time.Now().Add(handshakeWait))
	_, err = conn.Write(hello{p.h.cfg.Protocol.Name(), p.h.cfg.ID, p.id}.appendTo(nil))
	if err == nil {
		var b []byte
		if b, err = readFrame(conn, handshakeBytesMax); err == nil {
			refusal, err = readAnswer(b)
		}
	}
	if err == nil && refusal != "" {
		err = fmt.Errorf("refused: %.200q", refusal)
	} else if err != nil {
		err = fmt.Errorf("handshake: %w", err)
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	_ = conn.SetDeadline(time.Time{})
	return conn, nil
}

// deliver sends what comes into the queue, until the connection fails.
func (p *peer) deliver(ctx context.Context, conn net.Conn) error {
	// The other side sends nothing more, so that a read ends with the connection.
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		var b [1]byte
		_, _ = conn.Read(b[:])
	}()
	defer func() {
		_ = conn.Close()
		<-closed
	}()
	w := bufio.NewWriterSize(conn, 64<<10)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-closed:
			return fmt.Errorf("the other side closed the connection")
		case <-p.ready:
		}
		for _, frame := range p.take() {
			_ = conn.SetWriteDeadline(time.Now().Add(writeWait))
			if err := sendFrame(w, frame); err != nil {
				return err
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}

func sendFrame(w *bufio.Writer, frame []byte) (err error) {
	failpoint.Inject("before-send", func(v failpoint.Value) {
		if v != nil {
			err = fmt.Errorf("failpoint before-send: %v", v)
		}
	})
	if err != nil {
		return err
	}
	if _, err := w.Write(frame); err != nil {
		return err
	}
	failpoint.Inject("after-send", func(v failpoint.Value) {
		if v != nil {
			if err = w.Flush(); err == nil { // sent, and then the connection breaks
				err = fmt.Errorf("failpoint after-send: %v", v)
			}
		}
	})
	return err
}
