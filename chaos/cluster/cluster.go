package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/impl/host/ports"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// Cluster is the running nodes and the network between them. Its methods may
// be called from many goroutines.
type Cluster struct {
	config  Config
	log     *slog.Logger
	nodes   []*node
	network *network
	ports   *ports.Block
	spawner *spawner
	abort   func() bool // stops watching the context of Start

	mu      sync.Mutex
	stopped bool
	stop    sync.Once
	stopErr error
	exits   []Exit

	watchers sync.WaitGroup
}

// node is one node; its fields after the addresses are the Cluster's mu's.
type node struct {
	id           protocol.NodeID
	listen, http string

	proc        *process // of the latest start
	incarnation int
}

// Exit is a node's process that ended without having been told to.
type Exit struct {
	Node        protocol.NodeID
	Incarnation int
	Reason      string // such as "exit status 2"
	Log         string // the last lines of what it wrote to its standard error
}

func (e Exit) String() string {
	return fmt.Sprintf("node %s (start %d) ended on its own: %s; its last words:\n%s", e.Node, e.Incarnation, e.Reason, e.Log)
}

// Start starts the nodes, and the proxies between them, and does not wait for
// them to answer: see Ready. When ctx ends, every process is killed; Stop must
// be called all the same.
func Start(ctx context.Context, config Config) (*Cluster, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	config.Nodes = slices.Clone(config.Nodes)
	if config.Grace == 0 {
		config.Grace = 10 * time.Second
	}
	c := &Cluster{config: config, log: config.Logger}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if c.ports, err = ports.Take(2 * len(config.Nodes)); err != nil {
		return nil, err
	}
	for i, id := range config.Nodes {
		c.nodes = append(c.nodes, &node{id: id, listen: c.ports.Address(2 * i), http: c.ports.Address(2*i + 1)})
		if err = os.MkdirAll(config.dataPath(id), 0o755); err != nil {
			c.ports.Release()
			return nil, err
		}
	}
	if c.network, err = newNetwork(c.nodes); err != nil {
		c.ports.Release()
		return nil, err
	}
	c.spawner = newSpawner()
	c.abort = context.AfterFunc(ctx, c.killAll)
	for _, n := range c.nodes {
		if err := c.Restart(n.id); err != nil {
			c.killAll()
			_ = c.Stop(ctx)
			return nil, err
		}
	}
	return c, nil
}

// Restart starts a node that is down; one that runs is killed first.
func (c *Cluster) Restart(id protocol.NodeID) error {
	n, err := c.node(id)
	if err != nil {
		return err
	}
	if err := c.Kill(id); err != nil && !errors.Is(err, ErrDown) {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return fmt.Errorf("cluster: start %s: the cluster has stopped", id)
	}
	if n.proc != nil && n.proc.running() {
		return nil // somebody else has
	}
	var peers []string
	for _, m := range c.nodes {
		if m != n {
			peers = append(peers, string(m.id)+"="+c.network.address(n.id, m.id))
		}
	}
	n.incarnation++
	env := c.config.Env
	if len(c.config.Failpoints) > 0 {
		env = append(slices.Clone(env), c.config.failpointsEnv())
	}
	args := c.config.command(n, strings.Join(peers, ","))
	p, err := c.spawner.spawn(args, env, c.config.logPath(id, "stdout"), c.config.logPath(id, "stderr"))
	if err != nil {
		return fmt.Errorf("cluster: node %s: %w", id, err)
	}
	n.proc = p
	c.log.Info("started", "node", id, "pid", p.cmd.Process.Pid, "incarnation", n.incarnation)
	incarnation := n.incarnation
	c.watchers.Go(func() { c.watch(id, p, incarnation) })
	return nil
}

// watch notes an end that nobody asked for. A process that we meant to kill may
// have ended on its own just before, which its status shows.
func (c *Cluster) watch(id protocol.NodeID, p *process, incarnation int) {
	<-p.exited
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.told == stop || p.told == kill && p.killed() || len(p.armed) > 0 {
		return
	}
	reason := "exit status 0"
	if p.err != nil {
		reason = p.err.Error()
	}
	c.exits = append(c.exits, Exit{id, incarnation, reason, tail(c.config.logPath(id, "stderr"), 4096)})
	c.log.Error("ended on its own", "node", id, "incarnation", incarnation, "reason", reason)
}

// ErrDown says that the node is not running.
var ErrDown = errors.New("the node is not running")

// Kill ends a node's process with SIGKILL and reaps it.
func (c *Cluster) Kill(id protocol.NodeID) error {
	var p *process
	err := c.signal(id, "killed", func(n *node) error {
		p = n.proc
		p.told = kill
		return p.cmd.Process.Kill()
	})
	if err == nil {
		<-p.exited
	}
	return err
}

// Pause stops a node's process with SIGSTOP: it keeps its sockets, and says
// nothing.
func (c *Cluster) Pause(id protocol.NodeID) error {
	return c.signal(id, "paused", func(n *node) error { return n.proc.pause() })
}

// Resume lets a paused node go on.
func (c *Cluster) Resume(id protocol.NodeID) error {
	return c.signal(id, "resumed", func(n *node) error { return n.proc.resume() })
}

func (c *Cluster) signal(id protocol.NodeID, what string, do func(n *node) error) error {
	n, err := c.node(id)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if n.proc == nil || !n.proc.running() {
		return fmt.Errorf("cluster: node %s: %w", id, ErrDown)
	}
	err = do(n)
	if errors.Is(err, os.ErrProcessDone) {
		err = ErrDown
	}
	if err != nil {
		return fmt.Errorf("cluster: node %s: %w", id, err)
	}
	c.log.Info(what, "node", id)
	return nil
}

func (c *Cluster) node(id protocol.NodeID) (*node, error) {
	for _, n := range c.nodes {
		if n.id == id {
			return n, nil
		}
	}
	return nil, fmt.Errorf("cluster: found the node id %q, expected one of %v", id, c.config.Nodes)
}

// Cut loses all that from sends to to, either of which may be Clients, until
// Heal. Connections stay open.
func (c *Cluster) Cut(from, to protocol.NodeID) error {
	c.log.Info("cut", "from", from, "to", to)
	return c.network.cut(link{from, to})
}

// Slow delays what from sends to to, in whole milliseconds, until Heal or a
// delay of 0.
func (c *Cluster) Slow(from, to protocol.NodeID, delay time.Duration) error {
	c.log.Info("slowed", "from", from, "to", to, "delay", delay)
	return c.network.slow(link{from, to}, delay)
}

// Heal undoes Cut and Slow from from to to. Connections that have lost bytes
// to a cut are broken.
func (c *Cluster) Heal(from, to protocol.NodeID) error {
	c.log.Info("healed", "from", from, "to", to)
	return c.network.heal(link{from, to})
}

// HealAll heals every link.
func (c *Cluster) HealAll() error { return c.network.healAll() }

// Address is where clients reach a node: a host and port that speak HTTP, by
// way of the proxy of the link from Clients.
func (c *Cluster) Address(id protocol.NodeID) string {
	return c.network.address(Clients, id)
}

// Exits returns the processes that have ended on their own so far.
func (c *Cluster) Exits() []Exit {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.exits)
}

// Running reports whether the node's process is there, paused or not.
func (c *Cluster) Running(id protocol.NodeID) bool {
	n, err := c.node(id)
	if err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return n.proc != nil && n.proc.running()
}

// ended reports whether the node's process ends within d.
func (c *Cluster) ended(id protocol.NodeID, d time.Duration) bool {
	n, err := c.node(id)
	if err != nil {
		return false
	}
	c.mu.Lock()
	p := n.proc
	c.mu.Unlock()
	late := time.NewTimer(d)
	defer late.Stop()
	select {
	case <-p.exited:
		return true
	case <-late.C:
		return false
	}
}

// Ready waits until the nodes, all of them if none is named, answer HTTP at
// their own addresses, whatever they answer. It fails when one of them is not
// running.
func (c *Cluster) Ready(ctx context.Context, ids ...protocol.NodeID) error {
	if len(ids) == 0 {
		ids = c.config.Nodes
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for _, id := range ids {
		n, err := c.node(id)
		if err != nil {
			return err
		}
		for {
			if answers(ctx, client, n.http) {
				break
			}
			if ctx.Err() == nil && !c.Running(id) {
				return fmt.Errorf("cluster: node %s: %w; its last words:\n%s", id, ErrDown, tail(c.config.logPath(id, "stderr"), 4096))
			}
			select {
			case <-poll.C:
			case <-ctx.Done():
				return fmt.Errorf("cluster: node %s does not answer at %s: %w", id, n.http, ctx.Err())
			}
		}
	}
	return nil
}

func answers(ctx context.Context, client *http.Client, address string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/", nil)
	if err != nil {
		return false
	}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return true
}

// Stop ends every node and the network. Nodes are asked to (SIGTERM), and
// killed when they have not done so within Grace or ctx has ended; that, and
// any that ended other than with status 0, is the error. No process is left,
// whatever it returns. Calls after the first return the same.
func (c *Cluster) Stop(ctx context.Context) error {
	c.stop.Do(func() {
		ctx, cancel := context.WithTimeout(ctx, c.config.Grace)
		defer cancel()
		c.mu.Lock()
		c.stopped = true
		var running []*node
		for _, n := range c.nodes {
			if n.proc != nil && n.proc.running() {
				n.proc.told = max(n.proc.told, stop)
				running = append(running, n)
			}
		}
		c.mu.Unlock()

		var errs []error
		for _, n := range running {
			_ = n.proc.resume()    // a paused process would not see the signal
			_ = n.proc.terminate() // it may have gone since
		}
		for _, n := range running {
			select {
			case <-n.proc.exited:
			case <-ctx.Done():
				errs = append(errs, fmt.Errorf("cluster: node %s had to be killed: it did not stop within %v", n.id, c.config.Grace))
				_ = n.proc.cmd.Process.Kill()
				<-n.proc.exited
				continue
			}
			if n.proc.err != nil && n.proc.told == stop {
				errs = append(errs, fmt.Errorf("cluster: node %s: %w when it was told to stop; its last words:\n%s",
					n.id, n.proc.err, tail(c.config.logPath(n.id, "stderr"), 4096)))
			}
		}
		c.abort()
		c.watchers.Wait()
		c.spawner.close()
		c.network.close()
		c.ports.Release()
		c.stopErr = errors.Join(errs...)
	})
	return c.stopErr
}

// killAll ends every process now.
func (c *Cluster) killAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.nodes {
		if n.proc != nil && n.proc.running() {
			n.proc.told = kill
			_ = n.proc.cmd.Process.Kill()
		}
	}
}

// tail returns the last lines of a file, at most size bytes of them.
func tail(path string, size int64) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	if s, err := f.Stat(); err == nil && s.Size() > size {
		_, _ = f.Seek(-size, io.SeekEnd)
	}
	text, _ := io.ReadAll(io.LimitReader(f, size))
	return strings.TrimSpace(string(text))
}
