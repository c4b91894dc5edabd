package cluster

import (
	"fmt"
	"sync"
	"time"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// link is one direction between two nodes.
type link struct{ from, to protocol.NodeID }

func (l link) String() string { return string(l.from) + "->" + string(l.to) }

// network is a fault proxy for each pair of a node (or the clients) that
// connects and a node that listens.
type network struct {
	proxies map[link]*proxy // from is who connects; never changed

	mu     sync.Mutex
	faulty map[link]direction // the links that are cut or slow
}

// newNetwork starts the proxies. Their upstreams need not listen yet.
func newNetwork(nodes []*node) (*network, error) {
	w := &network{proxies: map[link]*proxy{}, faulty: map[link]direction{}}
	open := func(l link, upstream string) error {
		p, err := startProxy(upstream)
		if err != nil {
			return fmt.Errorf("cluster: proxy of the link %v: %w", l, err)
		}
		w.proxies[l] = p
		return nil
	}
	for _, to := range nodes {
		err := open(link{Clients, to.id}, to.http)
		for _, from := range nodes {
			if err == nil && from != to {
				err = open(link{from.id, to.id}, to.listen)
			}
		}
		if err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

// address is where from connects to reach to.
func (w *network) address(from, to protocol.NodeID) string {
	return w.proxies[link{from, to}].address()
}

// cut makes the link a black hole.
func (w *network) cut(l link) error {
	return w.change(l, func(d *direction) { d.cut = true })
}

// slow delays what travels on the link, in place of any delay before.
func (w *network) slow(l link, d time.Duration) error {
	return w.change(l, func(s *direction) { s.delay = d })
}

// heal undoes cut and slow.
func (w *network) heal(l link) error {
	return w.change(l, func(d *direction) { *d = direction{} })
}

func (w *network) healAll() error {
	w.mu.Lock()
	var faulty []link
	for l := range w.faulty {
		faulty = append(faulty, l)
	}
	w.mu.Unlock()
	for _, l := range faulty {
		if err := w.heal(l); err != nil {
			return err
		}
	}
	return nil
}

// change sets the state of all that carries the link's bytes: the connections
// that the sender has opened, and the way back on those that the receiver has.
func (w *network) change(l link, edit func(*direction)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	there, here := w.proxies[l], w.proxies[link{l.to, l.from}]
	if there == nil && here == nil {
		return fmt.Errorf("cluster: there is no link %v", l)
	}
	d := w.faulty[l]
	edit(&d)
	if there != nil {
		there.set(forth, d)
	}
	if here != nil {
		here.set(back, d)
	}
	if d == (direction{}) {
		delete(w.faulty, l)
	} else {
		w.faulty[l] = d
	}
	return nil
}

func (w *network) close() {
	for _, p := range w.proxies {
		p.close()
	}
}
