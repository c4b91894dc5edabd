package host

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// accept takes connections from other nodes until the listener is closed.
func (h *Host) accept(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := h.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		} else if err != nil {
			// Out of file descriptors, say: others may be closed meanwhile.
			h.logger.Warn("accept failed", "error", err.Error())
			select {
			case <-ctx.Done():
				return
			case <-time.After(backoffMin):
			}
			continue
		}
		if !h.addConn(conn) {
			h.logger.Warn("connection refused: too many", "from", conn.RemoteAddr().String(), "connections_max", connectionsMax)
			_ = conn.Close()
			continue
		}
		wg.Go(func() {
			defer h.removeConn(conn)
			from, err := h.receive(conn)
			if err != nil && ctx.Err() == nil {
				h.logger.Warn("connection closed", "from", conn.RemoteAddr().String(), "peer", string(from), "error", err.Error())
			}
		})
	}
}

func (h *Host) addConn(c net.Conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.done:
		return false
	default:
	}
	if len(h.conns) >= connectionsMax {
		return false
	}
	h.conns[c] = true
	return true
}

func (h *Host) removeConn(c net.Conn) {
	_ = c.Close()
	h.mu.Lock()
	delete(h.conns, c)
	h.mu.Unlock()
}

// closeConns closes the connections from others. None is added once h.done is
// closed.
func (h *Host) closeConns() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns {
		_ = c.Close()
	}
}

// receive hands the node what comes on a connection, until it ends or is wrong.
func (h *Host) receive(conn net.Conn) (from protocol.NodeID, err error) {
	r := bufio.NewReaderSize(conn, 64<<10)
	_ = conn.SetDeadline(time.Now().Add(handshakeWait))
	b, err := readFrame(r, handshakeBytesMax)
	if err != nil {
		return "", fmt.Errorf("first frame: %w", err)
	}
	hi, err := readHello(b)
	if err != nil {
		return "", err
	}
	refusal := h.refuse(hi)
	if _, err := conn.Write(appendAnswer(nil, refusal)); err != nil {
		return hi.from, err
	}
	if refusal != "" {
		return hi.from, errors.New(refusal)
	}
	_ = conn.SetDeadline(time.Time{})
	for {
		b, err := readFrame(r, h.cfg.FrameBytesMax)
		if err == io.EOF {
			return hi.from, nil
		} else if err != nil {
			return hi.from, err
		}
		e, err := readEnvelope(h.cfg.Protocol, len(h.nodes), b)
		if err != nil {
			return hi.from, err
		}
		in := protocol.Receive{Message: protocol.Message{From: hi.from, To: h.cfg.ID, Payload: e.payload}}
		select {
		case h.inbox <- event{input: in, id: e.id(hi.from), clock: e.clock}:
		case <-h.done:
			return hi.from, nil
		}
	}
}

// refuse says why we do not talk to someone who says hello, if we do not.
func (h *Host) refuse(hi hello) string {
	switch name := h.cfg.Protocol.Name(); {
	case hi.protocol != name:
		return fmt.Sprintf("found protocol %.40q, expected %q", hi.protocol, name)
	case hi.to != h.cfg.ID:
		return fmt.Sprintf("found a connection to node %.40q, expected one to %q", hi.to, h.cfg.ID)
	case hi.from == h.cfg.ID || !slices.Contains(h.nodes, hi.from):
		return fmt.Sprintf("found a connection from node %.40q, expected another of %v", hi.from, h.nodes)
	}
	return ""
}
