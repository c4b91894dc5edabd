package cluster

import (
	"net"
	"sync"
	"time"
)

// proxy carries TCP connections to upstream, and fails each of their two
// directions as it is told: a cut direction swallows what enters it, a slow
// one delivers late. Telling it never waits for a connection, however full its
// buffers are; that is why this is not github.com/Shopify/toxiproxy, whose
// links (in v2.5.0) wait for a receiver that has stopped reading, for ever.
type proxy struct {
	upstream string
	listener net.Listener
	work     sync.WaitGroup

	mu     sync.Mutex
	closed bool
	pairs  map[*pair]bool
	change chan struct{} // closed, and replaced, when a direction changes
	forth  direction     // from who connects to who listens
	back   direction
}

// direction is the state of one direction of all connections of a proxy.
type direction struct {
	cut   bool
	delay time.Duration
}

// pair is one connection through the proxy.
type pair struct {
	client, server net.Conn
	done           chan struct{}
	once           sync.Once
	lost           [2]bool // by direction: it swallowed something; guarded by proxy.mu
}

// Directions, as indices of pair.lost.
const (
	forth = iota
	back
)

// chunk is what was read at once, and when. An empty one is the end of the
// stream.
type chunk struct {
	data []byte
	read time.Time
}

func startProxy(upstream string) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{upstream: upstream, listener: l, pairs: map[*pair]bool{}, change: make(chan struct{})}
	p.work.Go(p.accept)
	return p, nil
}

func (p *proxy) address() string { return p.listener.Addr().String() }

func (p *proxy) direction(which int) *direction {
	if which == forth {
		return &p.forth
	}
	return &p.back
}

// set changes a direction. Where it is no longer cut, the connections that
// have swallowed something break: a stream cannot go on with a hole in it.
func (p *proxy) set(which int, d direction) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*p.direction(which) = d
	close(p.change)
	p.change = make(chan struct{})
	if d.cut {
		return
	}
	for c := range p.pairs {
		if c.lost[which] {
			c.close()
		}
	}
}

// close breaks all connections and waits for them to be gone.
func (p *proxy) close() {
	p.mu.Lock()
	p.closed = true
	for c := range p.pairs {
		c.close()
	}
	p.mu.Unlock()
	p.listener.Close()
	p.work.Wait()
}

func (c *pair) close() {
	c.once.Do(func() {
		close(c.done)
		c.client.Close()
		c.server.Close()
	})
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return // closed
		}
		p.work.Go(func() { p.connect(client) })
	}
}

func (p *proxy) connect(client net.Conn) {
	server, err := net.DialTimeout("tcp", p.upstream, time.Second)
	if err != nil {
		client.Close()
		return
	}
	c := &pair{client: client, server: server, done: make(chan struct{})}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		c.close()
		return
	}
	p.pairs[c] = true
	p.mu.Unlock()
	var both sync.WaitGroup
	for which, ends := range [2][2]net.Conn{{client, server}, {server, client}} {
		queue := make(chan chunk, 256)
		both.Go(func() { p.read(c, which, ends[0], queue) })
		both.Go(func() { p.write(c, which, ends[1], queue) })
	}
	both.Wait()
	p.mu.Lock()
	delete(p.pairs, c)
	p.mu.Unlock()
}

// read takes what enters a direction.
func (p *proxy) read(c *pair, which int, from net.Conn, queue chan<- chunk) {
	for {
		buf := make([]byte, 16<<10)
		n, err := from.Read(buf)
		now := time.Now()
		for _, k := range []chunk{{buf[:n], now}, {nil, now}} {
			if len(k.data) == 0 && (err == nil || k.data != nil) {
				continue // nothing was read, or the stream goes on
			}
			select {
			case queue <- k:
			case <-c.done:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// write delivers it, when it is time, unless the direction is cut by then. A
// change of the delay is a change for what is under way, too.
func (p *proxy) write(c *pair, which int, to net.Conn, queue <-chan chunk) {
	for {
		var k chunk
		select {
		case k = <-queue:
		case <-c.done:
			return
		}
		cut, ok := p.ripen(c, which, k)
		if !ok {
			return
		}
		if cut {
			continue // the end of the stream is swallowed too
		}
		if k.data == nil {
			c.close()
			return
		}
		if _, err := to.Write(k.data); err != nil {
			c.close()
			return
		}
	}
}

// ripen waits until a chunk may arrive, and says whether it is swallowed
// instead, or false if the connection is gone before.
func (p *proxy) ripen(c *pair, which int, k chunk) (cut, ok bool) {
	for {
		p.mu.Lock()
		d, change := *p.direction(which), p.change
		wait := time.Until(k.read.Add(d.delay))
		if d.cut {
			c.lost[which] = true
		}
		p.mu.Unlock()
		if d.cut || wait <= 0 {
			return d.cut, true
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-change:
			t.Stop()
		case <-c.done:
			t.Stop()
			return false, false
		}
	}
}
