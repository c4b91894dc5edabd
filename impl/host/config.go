package host

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
	"github.com/lockstep-go/lockstep/impl/wal"
)

// Config says which node to run and where. Protocol, ID, Listen, HTTP, Dir and
// an address for each other node are required.
type Config struct {
	Protocol protocol.Protocol
	ID       protocol.NodeID

	// Listen is the TCP address on which the other nodes reach this one, HTTP
	// that on which clients do. Port 0 picks a free one.
	Listen, HTTP string

	// Listener and HTTPListener are listened on instead, if they are set.
	Listener, HTTPListener net.Listener

	// Peers holds the address of each other node.
	Peers map[protocol.NodeID]string

	// AllowRemote allows addresses to listen on that are not loopback ones.
	AllowRemote bool

	// Dir is the node's directory. It is created when it is missing, holds
	// the log and the node's identity, and serves one process at a time.
	Dir string

	// FS is the file system of Dir; wal.OS{} if it is nil.
	FS wal.FS

	// Log are the log's sizes.
	Log wal.Options

	// Logger gets what happens; nothing is logged if it is nil.
	Logger *slog.Logger

	// Observer is told of every step, if it is set. Those of one node come
	// one at a time.
	Observer protocol.Observer

	// Seed picks the times of timers within their ranges, and the delays
	// between attempts to connect.
	Seed uint64

	// RequestWait is how long a client waits for a reply; 10s if it is 0.
	RequestWait time.Duration

	// FrameBytesMax bounds a frame between nodes, BodyBytesMax a client's
	// request; 4 MiB and 1 MiB if they are 0. A message that does not fit
	// into a frame is lost, and logged.
	FrameBytesMax, BodyBytesMax int

	// QueueMessages and QueueBytes bound the queue to each peer; 4096 messages
	// and 16 MiB if they are 0.
	QueueMessages, QueueBytes int
}

// Limits that need no adjusting.
const (
	connectionsMax    = 64              // that others may have open to us
	heldStepsMax      = 4096            // whose output waits for the disk, before no more input is taken
	inboxEvents       = 256             // that wait for the node
	handshakeBytesMax = 4 << 10         // of the first frame and its answer
	handshakeWait     = 5 * time.Second // for each of dial, first frame and answer
	writeWait         = 5 * time.Second // before a connection counts as dead
	backoffMin        = 10 * time.Millisecond
	backoffMax        = time.Second
	stopWait          = 5 * time.Second // for clients to take their answers
)

func (c Config) withDefaults() (Config, error) {
	if c.Protocol == nil {
		return c, errors.New("host: no protocol")
	}
	if nodes := c.Protocol.Nodes(); !slices.Contains(nodes, c.ID) {
		return c, fmt.Errorf("host: found node %q, expected one of %v of protocol %s", c.ID, nodes, c.Protocol.Name())
	} else {
		for _, n := range nodes {
			if addr, ok := c.Peers[n]; n == c.ID {
				continue
			} else if !ok {
				return c, fmt.Errorf("host: found no address of node %s, expected one for each of %v but %s", n, nodes, c.ID)
			} else if _, _, err := net.SplitHostPort(addr); err != nil {
				return c, fmt.Errorf("host: node %s: found address %q, expected host:port: %w", n, addr, err)
			}
		}
		for n := range c.Peers {
			if !slices.Contains(nodes, n) {
				return c, fmt.Errorf("host: found an address of node %q, expected only %v", n, nodes)
			}
		}
	}
	if c.Dir == "" {
		return c, errors.New("host: no directory")
	}
	if c.FS == nil {
		c.FS = wal.OS{}
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.RequestWait == 0 {
		c.RequestWait = 10 * time.Second
	}
	for _, d := range []struct {
		name string
		v    *int
		def  int
	}{
		{"FrameBytesMax", &c.FrameBytesMax, 4 << 20},
		{"BodyBytesMax", &c.BodyBytesMax, 1 << 20},
		{"QueueMessages", &c.QueueMessages, 4096},
		{"QueueBytes", &c.QueueBytes, 16 << 20},
	} {
		if *d.v < 0 {
			return c, fmt.Errorf("host: found %s %d, expected none below 0", d.name, *d.v)
		}
		if *d.v == 0 {
			*d.v = d.def
		}
	}
	return c, nil
}

// listen listens on l if it is set, else on the address.
func (c Config) listen(what, address string, l net.Listener) (net.Listener, error) {
	if l != nil {
		address = l.Addr().String()
	}
	hostname, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("host: %s: found address %q, expected host:port such as 127.0.0.1:7000: %w", what, address, err)
	}
	if ip := net.ParseIP(hostname); !c.AllowRemote && hostname != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("host: %s: found address %q, expected a loopback address such as 127.0.0.1; anyone on the network could use another, which must be allowed", what, address)
	}
	if l != nil {
		return l, nil
	}
	if l, err = net.Listen("tcp", address); err != nil {
		return nil, fmt.Errorf("host: %s: %w", what, err)
	}
	return l, nil
}
